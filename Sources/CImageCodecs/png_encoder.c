#include "CImageCodecs.h"
#include "message.h"

#include <png.h>
#include <setjmp.h>

typedef struct {
    codec_write write;
    void *context;
    codec_status status;
    char *message;
    png_structp png;
    png_infop info;
} encoder_state;

static void on_error(png_structp png, png_const_charp text) {
    encoder_state *state = png_get_error_ptr(png);
    // A picture in memory has nothing else that could go wrong.
    state->status = CODEC_NO_MEMORY;
    codec_say(state->message, text);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png, (void)text;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
    encoder_state *state = png_get_io_ptr(png);
    if (!state->write(state->context, bytes, count)) png_error(png, "the encoded picture could not be kept");
}

static void flush(png_structp png) {
    (void)png;
}

static void run(encoder_state *state, const uint8_t *rgb, uint32_t width, uint32_t height) {
    if (setjmp(png_jmpbuf(state->png))) return;
    png_set_write_fn(state->png, state, write_bytes, flush);
    png_set_user_limits(state->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(
        state->png, state->info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
        PNG_FILTER_TYPE_BASE);
    png_write_info(state->png, state->info);
    for (uint32_t y = 0; y < height; y++) png_write_row(state->png, rgb + (size_t)y * width * 3);
    png_write_end(state->png, state->info);
}

codec_status png_codec_encode(
    const uint8_t *rgb, uint32_t width, uint32_t height, codec_write write, void *context, char *message) {
    encoder_state state = {.write = write, .context = context, .status = CODEC_OK, .message = message};
    message[0] = 0;
    state.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    if (state.png) state.info = png_create_info_struct(state.png);
    if (state.info) {
        run(&state, rgb, width, height);
    } else {
        state.status = CODEC_NO_MEMORY;
        codec_say(message, "libpng could not start");
    }
    png_destroy_write_struct(&state.png, &state.info);
    return state.status;
}
