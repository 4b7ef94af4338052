#include "complaints.h"
#include "pages.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

/// ARGB32 words, premultiplied with alpha, to RGB bytes on white paper.
static void put_on_white(cairo_surface_t *surface, int width, int height, uint8_t *rgb) {
    const uint8_t *pixels = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; y++) {
        const uint8_t *row = pixels + (size_t)y * stride;
        for (int x = 0; x < width; x++, rgb += 3) {
            uint32_t word;
            memcpy(&word, row + 4 * (size_t)x, sizeof word);
            uint32_t paper = 255 - (word >> 24);
            rgb[0] = (uint8_t)((word >> 16) + paper);
            rgb[1] = (uint8_t)((word >> 8) + paper);
            rgb[2] = (uint8_t)(word + paper);
        }
    }
}

static void count_text(cairo_surface_t *observer, cairo_surface_t *target, void *data) {
    (void)observer, (void)target;
    pdf_activity *activity = data;
    activity->text++;
    if (activity->other == 0) activity->leading_text++;
}

static void count_other(cairo_surface_t *observer, cairo_surface_t *target, void *data) {
    (void)observer, (void)target;
    pdf_activity *activity = data;
    activity->other++;
}

/// A surface that draws to `surface` and counts.
static cairo_surface_t *observe(cairo_surface_t *surface, pdf_activity *activity) {
    cairo_surface_t *observer = cairo_surface_create_observer(surface, CAIRO_SURFACE_OBSERVER_NORMAL);
    cairo_surface_observer_add_glyphs_callback(observer, count_text, activity);
    cairo_surface_observer_add_fill_callback(observer, count_other, activity);
    cairo_surface_observer_add_mask_callback(observer, count_other, activity);
    cairo_surface_observer_add_paint_callback(observer, count_other, activity);
    cairo_surface_observer_add_stroke_callback(observer, count_other, activity);
    return observer;
}

static cairo_status_t draw(PopplerPage *page, cairo_surface_t *surface, pdf_region region, int width, int height) {
    double points_wide = 0, points_high = 0;
    poppler_page_get_size(page, &points_wide, &points_high);
    if (!(points_wide > 0) || !(points_high > 0)) return CAIRO_STATUS_INVALID_SIZE;
    cairo_t *context = cairo_create(surface);
    cairo_scale(context, width / region.width, height / region.height);
    cairo_translate(context, -region.x, -region.y);
    cairo_scale(context, region.natural_width / points_wide, region.natural_height / points_high);
    poppler_page_render(page, context);
    cairo_status_t status = cairo_status(context);
    cairo_destroy(context);
    cairo_surface_flush(surface);
    return status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status(surface);
}

/// Draws with cairo, by way of poppler-glib, where annotations were changed.
static pdf_status draw_changed(
    PopplerPage *page, pdf_region region, int width, int height, uint8_t *rgb, char *message) {
    // A page is an isolated group (ISO 32000-1, 11.4.7), so blend modes must not see the paper: it is drawn on a
    // transparent surface.
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_status_t status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS) status = draw(page, surface, region, width, height);
    if (status == CAIRO_STATUS_SUCCESS) put_on_white(surface, width, height, rgb);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS) return PDF_OK;
    return pdf_fail(
        status == CAIRO_STATUS_NO_MEMORY ? PDF_NO_MEMORY : PDF_RENDER_FAILED, cairo_status_to_string(status), message);
}

pdf_status pdf_page_draw(pdf_page *page, pdf_region region, int width, int height, uint8_t *rgb, char *message) {
    double points_wide = 0, points_high = 0;
    poppler_page_get_size(page->content, &points_wide, &points_high);
    if (!(points_wide > 0) || !(points_high > 0)) return pdf_fail(PDF_DAMAGED, "the page has no size", message);
    if (page->is_changed) return draw_changed(page->content, region, width, height, rgb, message);
    double horizontal = width / region.width, vertical = height / region.height;
    return drawable_draw(
        page->drawable, page->index, 72 * region.natural_width * horizontal / points_wide,
        72 * region.natural_height * vertical / points_high, (int)lround(region.x * horizontal),
        (int)lround(region.y * vertical), width, height, rgb, message);
}

pdf_activity pdf_page_activity(pdf_page *page) {
    enum { side = 256 };
    pdf_activity activity = {0};
    pdf_region region = {.natural_width = side, .natural_height = side, .width = side, .height = side};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side);
    cairo_surface_t *observer = observe(surface, &activity);
    draw(page->content, observer, region, side, side);
    cairo_surface_destroy(observer);
    cairo_surface_destroy(surface);
    return activity;
}
