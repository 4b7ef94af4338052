#include "CPoppler.h"
#include "child_process.h"

#include <cairo.h>
#include <poppler.h>
#include <string.h>

// Functions that take a child_result run in the child process: they free nothing, the process ends.

typedef struct {
    const void *data;
    size_t size;
    int page;
    int width;
    int height;
    int maximum_pages;
} pdf_task;

static PopplerDocument *open_document(child_result *result, const pdf_task *task) {
    GError *error = NULL;
    GBytes *bytes = g_bytes_new_static(task->data, task->size);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    if (document) return document;
    int encrypted = error && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
    result->status = encrypted ? PDF_ENCRYPTED : PDF_DAMAGED;
    child_result_fail(result, result->status, error ? error->message : "unknown error");
    return NULL;
}

static pdf_status inspect(child_result *result, const void *context) {
    const pdf_task *task = context;
    PopplerDocument *document = open_document(result, task);
    if (!document) return result->status;
    int count = poppler_document_get_n_pages(document);
    result->page_count = count < 0 ? 0 : count;
    if (count > task->maximum_pages) return child_result_fail(result, PDF_TOO_MANY_PAGES, "too many pages");
    pdf_page_size *sizes = (pdf_page_size *)(void *)result->payload;
    for (int index = 0; index < count; index++) {
        PopplerPage *page = poppler_document_get_page(document, index);
        if (!page) continue;
        poppler_page_get_size(page, &sizes[index].width, &sizes[index].height);
        g_object_unref(page);
    }
    return PDF_OK;
}

/// Draws the page on a transparent surface, then puts white paper under it: a page is an isolated group
/// (ISO 32000-1, 11.4.7), so blend modes must not see the paper.
static cairo_status_t draw(PopplerPage *page, cairo_surface_t *surface, int width, int height) {
    double points_wide = 0, points_high = 0;
    poppler_page_get_size(page, &points_wide, &points_high);
    if (!(points_wide > 0) || !(points_high > 0)) return CAIRO_STATUS_INVALID_SIZE;

    cairo_t *context = cairo_create(surface);
    cairo_scale(context, width / points_wide, height / points_high);
    poppler_page_render(page, context);
    cairo_status_t status = cairo_status(context);
    if (status != CAIRO_STATUS_SUCCESS) return status;

    context = cairo_create(surface);
    cairo_set_operator(context, CAIRO_OPERATOR_DEST_OVER);
    cairo_set_source_rgb(context, 1, 1, 1);
    cairo_paint(context);
    status = cairo_status(context);
    cairo_surface_flush(surface);
    return status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status(surface);
}

/// ARGB32 words, all opaque by now, to RGB bytes.
static void copy_rgb(cairo_surface_t *surface, int width, int height, uint8_t *rgb) {
    const uint8_t *pixels = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++) {
        const uint8_t *row = pixels + (size_t)y * stride;
        for (int x = 0; x < width; x++, rgb += 3) {
            uint32_t word;
            memcpy(&word, row + 4 * (size_t)x, sizeof word);
            rgb[0] = (uint8_t)(word >> 16);
            rgb[1] = (uint8_t)(word >> 8);
            rgb[2] = (uint8_t)word;
        }
    }
}

static pdf_status render(child_result *result, const void *context) {
    const pdf_task *task = context;
    PopplerDocument *document = open_document(result, task);
    if (!document) return result->status;
    PopplerPage *page = NULL;
    if (task->page >= 0 && task->page < poppler_document_get_n_pages(document)) {
        page = poppler_document_get_page(document, task->page);
    }
    if (!page) return child_result_fail(result, PDF_NO_SUCH_PAGE, "the page object cannot be read");
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, task->width, task->height);
    cairo_status_t status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS) status = draw(page, surface, task->width, task->height);
    if (status != CAIRO_STATUS_SUCCESS) {
        return child_result_fail(result, PDF_RENDER_FAILED, cairo_status_to_string(status));
    }
    copy_rgb(surface, task->width, task->height, result->payload);
    return PDF_OK;
}

/// Takes over message and payload, then releases the result.
static pdf_status finish(
    child_result *result, size_t payload_size, pdf_status status, void *payload, size_t used, char *message) {
    result->message[PDF_MESSAGE_SIZE - 1] = 0;
    memcpy(message, result->message, PDF_MESSAGE_SIZE);
    if (status == PDF_OK) memcpy(payload, result->payload, used);
    child_result_free(result, payload_size);
    return status;
}

static pdf_status no_memory(char *message) {
    strcpy(message, "no memory is left");
    return PDF_NO_PROCESS;
}

pdf_status pdf_inspect(
    const void *data, size_t size, pdf_budget budget, int maximum_pages, int *page_count, pdf_page_size *sizes,
    char *message) {
    pdf_task task = {.data = data, .size = size, .maximum_pages = maximum_pages};
    size_t payload_size = (size_t)maximum_pages * sizeof *sizes;
    *page_count = 0;
    child_result *result = child_result_create(payload_size);
    if (!result) return no_memory(message);
    pdf_status status = run_in_child(result, budget, inspect, &task);
    // The child parsed a stranger's file and shares this memory: read its number once, and check it.
    int count = result->page_count;
    if (status == PDF_OK && (count < 0 || count > maximum_pages)) {
        status = child_result_fail(result, PDF_CRASHED, "the PDF library damaged its result");
    }
    *page_count = count;
    size_t used = status == PDF_OK ? (size_t)count * sizeof *sizes : 0;
    return finish(result, payload_size, status, sizes, used, message);
}

pdf_status pdf_render_page(
    const void *data, size_t size, pdf_budget budget, int page, int width, int height, uint8_t *rgb, char *message) {
    pdf_task task = {.data = data, .size = size, .page = page, .width = width, .height = height};
    size_t payload_size = 3 * (size_t)width * (size_t)height;
    child_result *result = child_result_create(payload_size);
    if (!result) return no_memory(message);
    pdf_status status = run_in_child(result, budget, render, &task);
    return finish(result, payload_size, status, rgb, payload_size, message);
}
