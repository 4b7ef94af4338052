#define _GNU_SOURCE
#include "platform_monitor.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct platform_monitor {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
};

platform_monitor *platform_monitor_create(void) {
    platform_monitor *monitor = malloc(sizeof *monitor);
    if (!monitor) return NULL;
    pthread_mutex_init(&monitor->mutex, NULL);
    pthread_cond_init(&monitor->condition, NULL);
    return monitor;
}

void platform_monitor_destroy(platform_monitor *monitor) {
    pthread_cond_destroy(&monitor->condition);
    pthread_mutex_destroy(&monitor->mutex);
    free(monitor);
}

void platform_monitor_lock(platform_monitor *monitor) { pthread_mutex_lock(&monitor->mutex); }

void platform_monitor_unlock(platform_monitor *monitor) { pthread_mutex_unlock(&monitor->mutex); }

void platform_monitor_broadcast(platform_monitor *monitor) { pthread_cond_broadcast(&monitor->condition); }

int platform_monitor_wait(platform_monitor *monitor, double until) {
    double seconds = floor(until);
    struct timespec time = {(time_t)seconds, (long)((until - seconds) * 1e9)};
    return pthread_cond_clockwait(&monitor->condition, &monitor->mutex, CLOCK_MONOTONIC, &time) == ETIMEDOUT;
}
