#include "complaints.h"
#include "pages.h"

#include <stdlib.h>

static PopplerDocument *open_bytes(const void *data, size_t size, const char *password, GError **error) {
    GBytes *bytes = g_bytes_new_static(data, size);
    PopplerDocument *document;
    if (password) {
        // poppler_document_new_from_bytes uses freed memory after a wrong password (poppler 22.12).
        GInputStream *stream = g_memory_input_stream_new_from_bytes(bytes);
        document = poppler_document_new_from_stream(stream, (goffset)size, password, NULL, error);
        g_object_unref(stream);
    } else {
        document = poppler_document_new_from_bytes(bytes, NULL, error);
    }
    g_bytes_unref(bytes);
    return document;
}

static PopplerDocument *open_content(
    const void *data, size_t size, const char *password, pdf_status *status, char *message) {
    GError *error = NULL;
    PopplerDocument *document = open_bytes(data, size, password, &error);
    if (document) return document;
    int encrypted = error && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
    *status = pdf_fail(encrypted ? PDF_ENCRYPTED : PDF_DAMAGED, error ? error->message : "unknown error", message);
    g_clear_error(&error);
    return NULL;
}

pdf_status pdf_document_open(
    const void *data, size_t size, const char *password, pdf_document **document, char *message) {
    *document = calloc(1, sizeof **document);
    if (!*document) return pdf_fail(PDF_NO_MEMORY, "no memory is left", message);
    pdf_status status = PDF_OK;
    (*document)->content = open_content(data, size, password, &status, message);
    if (status == PDF_OK) {
        (*document)->drawable = drawable_open(data, size, password);
        if (!(*document)->drawable) status = pdf_fail(PDF_DAMAGED, "it cannot be opened for drawing", message);
    }
    if (status != PDF_OK) {
        pdf_document_close(*document);
        *document = NULL;
    }
    return status;
}

void pdf_document_close(pdf_document *document) {
    if (document->drawable) drawable_close(document->drawable);
    if (document->content) g_object_unref(document->content);
    free(document);
}

int pdf_document_page_count(pdf_document *document) {
    int count = poppler_document_get_n_pages(document->content);
    return count < 0 ? 0 : count;
}

pdf_page *pdf_page_open(pdf_document *document, int index) {
    if (index < 0 || index >= poppler_document_get_n_pages(document->content)) return NULL;
    PopplerPage *content = poppler_document_get_page(document->content, index);
    if (!content) return NULL;
    pdf_page *page = calloc(1, sizeof *page);
    if (page) {
        *page = (pdf_page){.content = content, .drawable = document->drawable, .index = index};
    } else {
        g_object_unref(content);
    }
    return page;
}

void pdf_page_close(pdf_page *page) {
    g_object_unref(page->content);
    free(page);
}

void pdf_page_size(pdf_page *page, double *width, double *height) {
    *width = *height = 0;
    poppler_page_get_size(page->content, width, height);
}

int pdf_page_rotation(pdf_page *page) {
    return drawable_rotation(page->drawable, page->index);
}
