#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef union {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(int))];
} descriptor_space;

int sandbox_send(int channel, const void *bytes, size_t size, int descriptor) {
    struct iovec part = {(void *)bytes, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    descriptor_space space = {0};
    if (descriptor >= 0) {
        message.msg_control = &space;
        message.msg_controllen = sizeof space;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof descriptor);
        memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    }
    ssize_t sent;
    do sent = sendmsg(channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size ? 0 : -1;
}

/// The one descriptor that a message may bring; a second one is cut off by the kernel, for want of room.
static int received_descriptor(struct msghdr *message) {
    int descriptor = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
        && header->cmsg_len == CMSG_LEN(sizeof descriptor)) {
        memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    }
    return descriptor;
}

ssize_t sandbox_receive(int channel, void *bytes, size_t capacity, int *descriptor) {
    struct iovec part = {bytes, capacity};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    descriptor_space space;
    if (descriptor) {
        // Without room for them, descriptors that the other side sends are dropped by the kernel.
        message.msg_control = &space;
        message.msg_controllen = sizeof space;
        *descriptor = -1;
    }
    ssize_t received;
    do received = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    if (received >= 0 && descriptor) *descriptor = received_descriptor(&message);
    if (received >= 0 && (message.msg_flags & MSG_TRUNC)) {
        if (descriptor && *descriptor >= 0) close(*descriptor);
        errno = EMSGSIZE;
        return -1;
    }
    return received;
}

int sandbox_peek(int channel) {
    char byte;
    ssize_t count = recv(channel, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT);
    if (count < 0) return errno == EAGAIN ? SANDBOX_QUIET : SANDBOX_GONE;
    return count == 0 ? SANDBOX_GONE : SANDBOX_SPEAKING;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int sandbox_wait(int channel, double seconds) {
    double end = now() + seconds;
    for (;;) {
        double left = end - now();
        struct pollfd waited = {.fd = channel, .events = POLLIN};
        int ready = poll(&waited, 1, left <= 0 ? 0 : left > 60 ? 60000 : (int)(left * 1000) + 1);
        if (ready > 0) return 1;
        if ((ready < 0 && errno != EINTR) || left <= 0) return 0;
    }
}
