#include "CImageCodecs.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// The state lives in the caller of the function that calls setjmp, so that its fields keep their values after a
// longjmp without being volatile.
typedef struct {
    const uint8_t *data;
    size_t size;
    size_t position;
    codec_status status;
    char *message;
    png_structp png;
    png_infop info;
    png_bytep *rows;
} png_state;

static void fail(png_state *state, codec_status status, const char *text) {
    if (state->status != CODEC_OK) return;
    state->status = status;
    size_t length = strnlen(text, CODEC_MESSAGE_SIZE - 1);
    memcpy(state->message, text, length);
    state->message[length] = 0;
}

static void on_error(png_structp png, png_const_charp text) {
    fail(png_get_error_ptr(png), CODEC_CORRUPT, text);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png, (void)text;
}

static void read_bytes(png_structp png, png_bytep out, size_t count) {
    png_state *state = png_get_io_ptr(png);
    if (count > state->size - state->position) {
        fail(state, CODEC_TRUNCATED, "the data end early");
        png_error(png, "the data end early");
    }
    memcpy(out, state->data + state->position, count);
    state->position += count;
}

/// Asks for 8-bit RGB or RGBA whatever the file holds; returns the number of channels.
static int request_rgb(png_structp png, png_infop info) {
    int has_alpha =
        (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_interlace_handling(png);
    return has_alpha ? 4 : 3;
}

static void decode_rows(png_state *state, uint32_t height, uint8_t *pixels, size_t pixels_size, int channels) {
    png_read_update_info(state->png, state->info);
    size_t stride = png_get_rowbytes(state->png, state->info);
    if (stride != (size_t)png_get_image_width(state->png, state->info) * (size_t)channels
        || pixels_size / stride != height || pixels_size % stride != 0) {
        png_error(state->png, "the pixel buffer does not fit the header");
    }
    state->rows = calloc(height, sizeof *state->rows);
    if (!state->rows) png_error(state->png, "out of memory");
    for (uint32_t y = 0; y < height; y++) state->rows[y] = pixels + (size_t)y * stride;
    png_read_image(state->png, state->rows);
    png_read_end(state->png, NULL);
}

/// With `pixels` NULL only the header is read.
static void run(png_state *state, codec_header *header, uint8_t *pixels, size_t pixels_size) {
    if (setjmp(png_jmpbuf(state->png))) return;
    png_set_read_fn(state->png, state, read_bytes);
    // By default a damaged tRNS chunk would be dropped, and the transparency with it.
    png_set_crc_action(state->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_read_info(state->png, state->info);
    header->width = png_get_image_width(state->png, state->info);
    header->height = png_get_image_height(state->png, state->info);
    header->channels = request_rgb(state->png, state->info);
    if (pixels) decode_rows(state, header->height, pixels, pixels_size, header->channels);
}

static codec_status start(
    const uint8_t *data, size_t size, codec_header *header, uint8_t *pixels, size_t pixels_size, char *message) {
    png_state state = {.data = data, .size = size, .status = CODEC_OK, .message = message};
    message[0] = 0;
    state.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    if (state.png) state.info = png_create_info_struct(state.png);
    if (state.info) run(&state, header, pixels, pixels_size);
    else fail(&state, CODEC_CORRUPT, "libpng could not start");
    png_destroy_read_struct(&state.png, &state.info, NULL);
    free(state.rows);
    return state.status;
}

codec_status png_codec_read_header(const uint8_t *data, size_t size, codec_header *header, char *message) {
    return start(data, size, header, NULL, 0, message);
}

codec_status png_codec_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size, char *message) {
    codec_header header;
    return start(data, size, &header, pixels, pixels_size, message);
}
