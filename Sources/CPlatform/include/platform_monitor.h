#pragma once

/// A mutex with a condition whose waits go by the monotonic clock: setting the time of day neither ends nor stretches them.
typedef struct platform_monitor platform_monitor;

/// NULL when there is no memory.
platform_monitor *_Nullable platform_monitor_create(void);
void platform_monitor_destroy(platform_monitor *_Nonnull monitor);
void platform_monitor_lock(platform_monitor *_Nonnull monitor);
void platform_monitor_unlock(platform_monitor *_Nonnull monitor);
void platform_monitor_broadcast(platform_monitor *_Nonnull monitor);

/// Lets go of the lock, waits for a broadcast, and takes the lock again.
///
/// \param until seconds of CLOCK_MONOTONIC
/// \returns 0, or 1 when the time is over
int platform_monitor_wait(platform_monitor *_Nonnull monitor, double until);
