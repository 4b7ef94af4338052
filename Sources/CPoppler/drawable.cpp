#include "drawable.h"
#include "complaints.h"

#include <climits>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <cpp/poppler-document.h>
#include <cpp/poppler-image.h>
#include <cpp/poppler-page-renderer.h>
#include <cpp/poppler-page.h>

struct drawable {
    std::unique_ptr<poppler::document> document;
};

drawable *drawable_open(const void *data, size_t size, const char *password) {
    if (size > INT_MAX) return nullptr;
    try {
        std::string secret = password ? password : "";
        std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
            static_cast<const char *>(data), static_cast<int>(size), secret, secret));
        if (!document || document->is_locked()) return nullptr;
        return new drawable{std::move(document)};
    } catch (const std::exception &) {
        return nullptr;
    }
}

void drawable_close(drawable *document) {
    delete document;
}

int drawable_rotation(drawable *document, int index) {
    try {
        std::unique_ptr<poppler::page> page(document->document->create_page(index));
        if (!page) return 0;
        switch (page->orientation()) {
            case poppler::page::landscape: return 90;
            case poppler::page::upside_down: return 180;
            case poppler::page::seascape: return 270;
            default: return 0;
        }
    } catch (const std::exception &) {
        return 0;
    }
}

static poppler::image draw(
    drawable *document, int index, double horizontal_resolution, double vertical_resolution, int x, int y, int width,
    int height) {
    std::unique_ptr<poppler::page> page(document->document->create_page(index));
    if (!page) return poppler::image();
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_rgb24);
    renderer.set_render_hint(poppler::page_renderer::antialiasing);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    return renderer.render_page(page.get(), horizontal_resolution, vertical_resolution, x, y, width, height);
}

pdf_status drawable_draw(
    drawable *document, int page, double horizontal_resolution, double vertical_resolution, int x, int y, int width,
    int height, uint8_t *rgb, char *message) {
    try {
        poppler::image image =
            draw(document, page, horizontal_resolution, vertical_resolution, x, y, width, height);
        if (!image.is_valid() || image.width() != width || image.height() != height) {
            return pdf_fail(PDF_RENDER_FAILED, "poppler gives no picture of it", message);
        }
        size_t row = 3 * static_cast<size_t>(width);
        size_t stride = static_cast<size_t>(image.bytes_per_row());
        const char *pixels = image.const_data();
        for (size_t y = 0; y < static_cast<size_t>(height); y++) memcpy(rgb + y * row, pixels + y * stride, row);
        return PDF_OK;
    } catch (const std::bad_alloc &) {
        return pdf_fail(PDF_NO_MEMORY, "no memory is left", message);
    } catch (const std::exception &fault) {
        return pdf_fail(PDF_RENDER_FAILED, fault.what(), message);
    }
}
