// Runs one piece of PDF work in a forked child with a time and a memory limit.
#ifndef CHILD_PROCESS_H
#define CHILD_PROCESS_H

#include "CPoppler.h"

/// Memory shared between parent and child; a payload follows the header.
typedef struct {
    int finished;
    pdf_status status;
    int page_count;
    char message[PDF_MESSAGE_SIZE];
    _Alignas(64) uint8_t payload[];
} child_result;

/// Maps a result with room for `payload_size` bytes, or gives NULL.
child_result *child_result_create(size_t payload_size);
void child_result_free(child_result *result, size_t payload_size);

/// Writes `text`, cut to fit, and returns `status`.
pdf_status child_result_fail(child_result *result, pdf_status status, const char *text);

/// Calls `work` in a child process and waits for it; returns the status that it left in `result`, or how it ended.
pdf_status run_in_child(
    child_result *result, pdf_budget budget, pdf_status (*work)(child_result *result, const void *context),
    const void *context);

#endif
