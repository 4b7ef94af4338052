// PDF pages as pixels, through poppler and cairo in child processes. No GLib or cairo type appears here.
#ifndef CPOPPLER_H
#define CPOPPLER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    PDF_OK = 0,
    PDF_ENCRYPTED,       ///< a password is needed
    PDF_DAMAGED,         ///< not a PDF that poppler can read
    PDF_TOO_MANY_PAGES,  ///< more than the caller allows
    PDF_NO_SUCH_PAGE,    ///< the page is missing or its object cannot be read
    PDF_RENDER_FAILED,   ///< cairo stopped drawing
    PDF_TIMED_OUT,       ///< the child process was ended at its time limit
    PDF_CRASHED,         ///< the child process died: a poppler defect or its memory limit
    PDF_NO_PROCESS,      ///< the system gave no process or memory for the child
} pdf_status;

/// What one call may cost its child process.
typedef struct {
    uint32_t seconds;
    uint64_t memory;  ///< bytes beyond what the calling process has mapped
} pdf_budget;

/// Points (1/72 inch); zero where the page cannot be read.
typedef struct {
    double width;
    double height;
} pdf_page_size;

/// Bytes that a message buffer must have, its final NUL included.
#define PDF_MESSAGE_SIZE 256

// poppler cannot be interrupted and aborts on some damaged files, so each call forks a child that opens the PDF, does
// its work within the budget and ends. The parent never enters poppler, GLib or cairo. Calls from several threads are
// safe and run at the same time. On any status but PDF_OK, `message` (PDF_MESSAGE_SIZE bytes) tells the reason.

/// Counts the pages and reads the size of each crop box, after the page's own rotation, into `sizes`, which has room
/// for `maximum_pages`.
pdf_status pdf_inspect(
    const void *data, size_t size, pdf_budget budget, int maximum_pages, int *page_count, pdf_page_size *sizes,
    char *message);

/// Draws the whole page onto white, stretched to exactly width x height pixels (1 to 32767 each), as 8-bit RGB rows
/// without padding: `rgb` has 3 * width * height bytes. `page` counts from 0.
pdf_status pdf_render_page(
    const void *data, size_t size, pdf_budget budget, int page, int width, int height, uint8_t *rgb, char *message);

#ifdef __cplusplus
}
#endif

#endif
