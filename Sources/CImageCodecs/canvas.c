#include "canvas.h"

#include <stdlib.h>
#include <string.h>

/// Origin and steps for an orientation (TIFF 6.0, tag 274): which corner the stored picture begins at, and whether its
/// rows run down the page.
static void lay_out(codec_canvas *canvas, uint8_t *pixels, int orientation) {
    ptrdiff_t width = canvas->width, height = canvas->height;
    int rows_run_down = orientation >= 5;
    ptrdiff_t line = 3 * (rows_run_down ? height : width);
    canvas->step_x = rows_run_down ? line : 3;
    canvas->step_y = rows_run_down ? 3 : line;
    int starts_at_right_end = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    int starts_at_last_row = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    canvas->first_pixel = pixels;
    if (starts_at_right_end) {
        canvas->first_pixel += (width - 1) * canvas->step_x;
        canvas->step_x = -canvas->step_x;
    }
    if (starts_at_last_row) {
        canvas->first_pixel += (height - 1) * canvas->step_y;
        canvas->step_y = -canvas->step_y;
    }
}

codec_status canvas_open(
    codec_canvas *canvas, const codec_header *header, int channels, uint32_t band_rows, uint8_t *pixels,
    size_t pixels_size) {
    memset(canvas, 0, sizeof *canvas);
    size_t line = (size_t)header->width * 3;
    if (line == 0 || pixels_size % line != 0 || pixels_size / line != header->height) return CODEC_CORRUPT;
    canvas->width = header->width;
    canvas->height = header->height;
    canvas->channels = channels;
    canvas->band_rows = band_rows < header->height ? band_rows : header->height;
    lay_out(canvas, pixels, header->orientation);
    if (channels == 3 && header->orientation == 1) return CODEC_OK;
    canvas->band = calloc((size_t)canvas->band_rows * (size_t)channels, header->width);
    return canvas->band ? CODEC_OK : CODEC_NO_MEMORY;
}

void canvas_close(codec_canvas *canvas) {
    free(canvas->band);
    canvas->band = NULL;
}

uint8_t *canvas_row(const codec_canvas *canvas, uint32_t y) {
    if (!canvas->band) return canvas->first_pixel + (ptrdiff_t)y * canvas->step_y;
    return canvas->band + (size_t)(y - canvas->band_start) * canvas->width * (size_t)canvas->channels;
}

/// Puts one sample of a transparent pixel on white: rounded to nearest, as Pillow's paste with a mask does.
static uint8_t on_white(unsigned sample, unsigned alpha) {
    unsigned sum = sample * alpha + 255 * (255 - alpha) + 128;
    return (uint8_t)((sum + (sum >> 8)) >> 8);
}

static void flatten(uint8_t *pixels, size_t count) {
    const uint8_t *from = pixels;
    for (size_t i = 0; i < count; i++, from += 4, pixels += 3) {
        unsigned alpha = from[3];
        pixels[0] = on_white(from[0], alpha);
        pixels[1] = on_white(from[1], alpha);
        pixels[2] = on_white(from[2], alpha);
    }
}

static void put(uint8_t *to, const uint8_t *from) {
    to[0] = from[0];
    to[1] = from[1];
    to[2] = from[2];
}

static void put_band(const codec_canvas *canvas, uint32_t rows) {
    size_t line = (size_t)canvas->width * 3;
    if (canvas->channels == 4) flatten(canvas->band, (size_t)rows * canvas->width);
    uint8_t *start = canvas->first_pixel + (ptrdiff_t)canvas->band_start * canvas->step_y;
    if (canvas->step_x == 3) {
        for (uint32_t y = 0; y < rows; y++) {
            memcpy(start + (ptrdiff_t)y * canvas->step_y, canvas->band + y * line, line);
        }
        return;
    }
    for (uint32_t x = 0; x < canvas->width; x++) {
        uint8_t *to = start + (ptrdiff_t)x * canvas->step_x;
        const uint8_t *from = canvas->band + (size_t)x * 3;
        for (uint32_t y = 0; y < rows; y++, to += canvas->step_y, from += line) put(to, from);
    }
}

void canvas_complete_row(codec_canvas *canvas, uint32_t y) {
    uint32_t rows = y - canvas->band_start + 1;
    if (rows < canvas->band_rows && y + 1 < canvas->height) return;
    if (canvas->band) put_band(canvas, rows);
    canvas->band_start = y + 1;
}
