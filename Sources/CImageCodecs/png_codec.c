#include "CImageCodecs.h"
#include "canvas.h"
#include "message.h"
#include "png_chunks.h"

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
    codec_header header;
    codec_canvas canvas;
} png_state;

static void fail(png_state *state, codec_status status, const char *text) {
    if (state->status != CODEC_OK) return;
    state->status = status;
    codec_say(state->message, text);
}

static void on_error(png_structp png, png_const_charp text) {
    fail(png_get_error_ptr(png), CODEC_CORRUPT, text);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png, (void)text;
}

/// libpng tells a refused allocation from other errors by words only.
static png_voidp allocate(png_structp png, png_alloc_size_t size) {
    void *memory = malloc(size);
    if (!memory) fail(png_get_mem_ptr(png), CODEC_NO_MEMORY, "out of memory");
    return memory;
}

static void release(png_structp png, png_voidp memory) {
    (void)png;
    free(memory);
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

static void read_info(png_state *state) {
    png_structp png = state->png;
    png_set_read_fn(png, state, read_bytes);
    // By default a damaged tRNS chunk would be dropped, and the transparency with it.
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    // Only IHDR, PLTE, tRNS, IDAT and IEND: text and colour profiles may unpack to any size.
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    // The caller refuses what has too many pixels, and says so.
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_read_info(png, state->info);
    state->header.width = png_get_image_width(png, state->info);
    state->header.height = png_get_image_height(png, state->info);
}

/// Asks for 8-bit RGB or RGBA whatever the file holds; returns the number of channels.
static int request_rgb(png_state *state) {
    int has_alpha = (png_get_color_type(state->png, state->info) & PNG_COLOR_MASK_ALPHA)
        || png_get_valid(state->png, state->info, PNG_INFO_tRNS);
    png_set_expand(state->png);
    png_set_strip_16(state->png);
    png_set_gray_to_rgb(state->png);
    return has_alpha ? 4 : 3;
}

static void decode_rows(png_state *state, uint8_t *pixels, size_t pixels_size) {
    enum { band = 16 };
    int channels = request_rgb(state);
    int passes = png_set_interlace_handling(state->png);
    png_read_update_info(state->png, state->info);
    if (png_get_rowbytes(state->png, state->info) != (size_t)state->header.width * (size_t)channels) {
        png_error(state->png, "the rows do not fit the header");
    }
    // Each pass adds to the rows that the earlier ones left.
    uint32_t band_rows = passes > 1 ? state->header.height : band;
    codec_status status =
        canvas_open(&state->canvas, &state->header, channels, band_rows, pixels, pixels_size);
    if (status != CODEC_OK) {
        const char *text = status == CODEC_NO_MEMORY ? "out of memory" : "the pixel buffer does not fit the header";
        fail(state, status, text);
        png_error(state->png, text);
    }
    for (int pass = 1; pass <= passes; pass++) {
        for (uint32_t y = 0; y < state->header.height; y++) {
            png_read_row(state->png, canvas_row(&state->canvas, y), NULL);
            if (pass == passes) canvas_complete_row(&state->canvas, y);
        }
    }
    png_read_end(state->png, NULL);
}

/// With `pixels` NULL only the header is read.
static void run(png_state *state, uint8_t *pixels, size_t pixels_size) {
    if (setjmp(png_jmpbuf(state->png))) return;
    read_info(state);
    if (pixels) decode_rows(state, pixels, pixels_size);
}

static codec_status start(
    const uint8_t *data, size_t size, codec_header *header, uint8_t *pixels, size_t pixels_size, char *message) {
    png_state state = {.data = data, .size = size, .status = CODEC_OK, .message = message};
    message[0] = 0;
    png_chunks_read(data, size, &state.header);
    state.png = png_create_read_struct_2(
        PNG_LIBPNG_VER_STRING, &state, on_error, on_warning, &state, allocate, release);
    if (state.png) state.info = png_create_info_struct(state.png);
    if (state.info) run(&state, pixels, pixels_size);
    else fail(&state, CODEC_NO_MEMORY, "libpng could not start");
    png_destroy_read_struct(&state.png, &state.info, NULL);
    canvas_close(&state.canvas);
    *header = state.header;
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
