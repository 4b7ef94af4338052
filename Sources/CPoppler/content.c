#include "pages.h"

#include <cairo.h>
#include <string.h>

static int has_form_fields(pdf_page *page) {
    GList *mappings = poppler_page_get_form_field_mapping(page->content);
    poppler_page_free_form_field_mapping(mappings);
    return mappings != NULL;
}

int pdf_page_read_text(pdf_page *page, pdf_text *text) {
    *text = (pdf_text){0};
    // poppler-glib has the text of form fields only if the page was drawn before, by itself.
    if (has_form_fields(page)) pdf_page_activity(page);
    PopplerRectangle *rectangles = NULL;
    guint count = 0;
    if (!poppler_page_get_text_layout(page->content, &rectangles, &count)) return 0;
    text->characters = poppler_page_get_text(page->content);
    text->boxes = g_try_new(pdf_box, count);
    if (text->characters && text->boxes) {
        text->byte_count = strlen(text->characters);
        text->box_count = count;
        for (guint index = 0; index < count; index++) {
            PopplerRectangle box = rectangles[index];
            text->boxes[index] = (pdf_box){box.x1, box.y1, box.x2, box.y2};
        }
    } else {
        pdf_text_free(text);
    }
    g_free(rectangles);
    return text->characters != NULL;
}

void pdf_text_free(pdf_text *text) {
    g_free(text->characters);
    g_free(text->boxes);
    *text = (pdf_text){0};
}

size_t pdf_page_list_pictures(pdf_page *page, pdf_picture *pictures, size_t capacity) {
    GList *mappings = poppler_page_get_image_mapping(page->content);
    size_t count = 0;
    for (GList *item = mappings; item; item = item->next) count++;
    // poppler puts the last one first.
    size_t index = count;
    for (GList *item = mappings; item; item = item->next) {
        if (--index >= capacity) continue;
        PopplerImageMapping *mapping = item->data;
        PopplerRectangle box = mapping->area;
        pictures[index] = (pdf_picture){{box.x1, box.y1, box.x2, box.y2}, mapping->image_id};
    }
    poppler_page_free_image_mapping(mappings);
    return count;
}

void pdf_page_picture_size(pdf_page *page, int identifier, int *width, int *height) {
    *width = *height = 0;
    cairo_surface_t *surface = poppler_page_get_image(page->content, identifier);
    if (!surface) return;
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        *width = cairo_image_surface_get_width(surface);
        *height = cairo_image_surface_get_height(surface);
    }
    cairo_surface_destroy(surface);
}
