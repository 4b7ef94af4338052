#include "CImageCodecs.h"
#include "canvas.h"
#include "exif.h"
#include "message.h"

// jpeglib.h needs FILE and size_t to be declared before it, jerror.h the configuration that jpeglib.h brings.
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>
#include <setjmp.h>
#include <string.h>

// A progressive file may hold any number of scans over the whole picture, each as slow as the first: real encoders
// write about ten.
enum { maximum_scans = 100 };

typedef struct {
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    struct jpeg_decompress_struct decompress;
    jmp_buf jump;
    codec_status status;
    char *message;
    codec_header header;
    codec_canvas canvas;
    exif_facts exif;
    int has_exif;
} jpeg_state;

static codec_status status_of_error(int code) {
    switch (code) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_ARITH_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
        return CODEC_UNSUPPORTED;
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
        return CODEC_TRUNCATED;
    case JERR_OUT_OF_MEMORY:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_CORRUPT;
    }
}

_Noreturn static void leave_saying(j_common_ptr common, codec_status status, const char *text) {
    jpeg_state *state = common->client_data;
    codec_say(state->message, text);
    state->status = status;
    longjmp(state->jump, 1);
}

_Noreturn static void leave(j_common_ptr common, codec_status status) {
    char text[JMSG_LENGTH_MAX];
    common->err->format_message(common, text);
    leave_saying(common, status, text);
}

/// Clearer words than the library's for the two kinds that people do meet.
static void on_error(j_common_ptr common) {
    char text[CODEC_MESSAGE_SIZE];
    int parameter = common->err->msg_parm.i[0];
    switch (common->err->msg_code) {
    case JERR_BAD_PRECISION:
        snprintf(text, sizeof text, "its samples have precision %d bits, not 8", parameter);
        leave_saying(common, CODEC_UNSUPPORTED, text);
    case JERR_SOF_UNSUPPORTED:
        snprintf(
            text, sizeof text, "%s JPEG, frame type 0x%02x",
            parameter == 0xC3 || parameter == 0xCB ? "lossless" : "hierarchical", (unsigned)parameter & 0xFF);
        leave_saying(common, CODEC_UNSUPPORTED, text);
    default:
        leave(common, status_of_error(common->err->msg_code));
    }
}

/// Warnings after which part of the picture is missing or invented end the decoding; harmless ones pass.
static void on_message(j_common_ptr common, int level) {
    if (level >= 0) return;
    switch (common->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
        leave(common, CODEC_TRUNCATED);
#ifdef D_ARITH_CODING_SUPPORTED
    case JWRN_ARITH_BAD_CODE:
#endif
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
        leave(common, CODEC_CORRUPT);
    default:
        common->err->num_warnings++;
    }
}

static void on_output(j_common_ptr common) {
    (void)common;
}

static void on_progress(j_common_ptr common) {
    j_decompress_ptr decompress = (j_decompress_ptr)common;
    if (decompress->input_scan_number > maximum_scans) {
        leave_saying(common, CODEC_CORRUPT, "too many progressive scans");
    }
}

/// Reads EXIF data where they lie: the library would keep a copy of every such segment.
static boolean on_app1(j_decompress_ptr decompress) {
    static const uint8_t name[] = {'E', 'x', 'i', 'f', 0, 0};
    jpeg_state *state = decompress->client_data;
    struct jpeg_source_mgr *source = decompress->src;
    const uint8_t *segment = source->next_input_byte;
    size_t length = source->bytes_in_buffer < 2 ? 0 : (size_t)segment[0] << 8 | segment[1];
    if (length < 2 || length > source->bytes_in_buffer) ERREXIT(decompress, JERR_INPUT_EOF);
    if (!state->has_exif && length >= 2 + sizeof name && memcmp(segment + 2, name, sizeof name) == 0) {
        state->has_exif = 1;
        state->exif = exif_read(segment + 2 + sizeof name, length - 2 - sizeof name);
    }
    source->next_input_byte += length;
    source->bytes_in_buffer -= length;
    return TRUE;
}

static void read_header(jpeg_state *state) {
    j_decompress_ptr decompress = &state->decompress;
    jpeg_set_marker_processor(decompress, JPEG_APP0 + 1, on_app1);
    jpeg_read_header(decompress, TRUE);
    if (decompress->data_precision != 8) ERREXIT1(decompress, JERR_BAD_PRECISION, decompress->data_precision);
    codec_header *header = &state->header;
    header->width = decompress->image_width;
    header->height = decompress->image_height;
    header->orientation = state->exif.orientation ? state->exif.orientation : 1;
    header->dpi_x = state->exif.dpi_x;
    header->dpi_y = state->exif.dpi_y;
    double dots_per_inch = decompress->density_unit == 1 ? 1 : decompress->density_unit == 2 ? 2.54 : 0;
    if (decompress->saw_JFIF_marker && dots_per_inch > 0) {
        header->dpi_x = decompress->X_density * dots_per_inch;
        header->dpi_y = decompress->Y_density * dots_per_inch;
    }
}

static int is_cmyk(const struct jpeg_decompress_struct *decompress) {
    return decompress->jpeg_color_space == JCS_CMYK || decompress->jpeg_color_space == JCS_YCCK;
}

static uint8_t multiply(unsigned a, unsigned b) {
    unsigned t = a * b + 128;
    return (uint8_t)(((t >> 8) + t) >> 8);
}

/// CMYK stored inverted: 255 means no ink, so each colour is its own sample times the black one.
static void rgb_from_cmyk(const JSAMPLE *cmyk, uint8_t *rgb, size_t count) {
    for (size_t x = 0; x < count; x++, cmyk += 4, rgb += 3) {
        unsigned light = cmyk[3];
        for (int channel = 0; channel < 3; channel++) {
            rgb[channel] = (uint8_t)(light - multiply(255u - cmyk[channel], light));
        }
    }
}

static void decode_rows(jpeg_state *state, uint8_t *pixels, size_t pixels_size) {
    enum { band = 16 };
    j_decompress_ptr decompress = &state->decompress;
    int cmyk = is_cmyk(decompress);
    decompress->out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(decompress);
    if (decompress->output_components != (cmyk ? 4 : 3)) ERREXIT(decompress, JERR_CONVERSION_NOTIMPL);

    codec_status status = canvas_open(&state->canvas, &state->header, 3, band, pixels, pixels_size);
    if (status == CODEC_NO_MEMORY) ERREXIT1(decompress, JERR_OUT_OF_MEMORY, 0);
    if (status != CODEC_OK) ERREXIT(decompress, JERR_BUFFER_SIZE);
    JSAMPARRAY ink = NULL;
    if (cmyk) {
        ink = decompress->mem->alloc_sarray(
            (j_common_ptr)decompress, JPOOL_IMAGE, decompress->output_width * 4, 1);
    }
    while (decompress->output_scanline < decompress->output_height) {
        uint32_t y = decompress->output_scanline;
        uint8_t *row = canvas_row(&state->canvas, y);
        jpeg_read_scanlines(decompress, cmyk ? ink : &row, 1);
        if (cmyk) rgb_from_cmyk(ink[0], row, decompress->output_width);
        canvas_complete_row(&state->canvas, y);
    }
    // Reads on to the end-of-image marker: its absence is a truncation too.
    jpeg_finish_decompress(decompress);
}

/// With `pixels` NULL only the header is read.
static void run(jpeg_state *state, const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size) {
    j_decompress_ptr decompress = &state->decompress;
    if (setjmp(state->jump)) return;
    jpeg_create_decompress(decompress);
    decompress->progress = &state->progress;
    jpeg_mem_src(decompress, data, (unsigned long)size);
    read_header(state);
    if (pixels) decode_rows(state, pixels, pixels_size);
}

static codec_status start(
    const uint8_t *data, size_t size, codec_header *header, uint8_t *pixels, size_t pixels_size, char *message) {
    jpeg_state state;
    memset(&state, 0, sizeof state);
    state.message = message;
    message[0] = 0;
    state.decompress.err = jpeg_std_error(&state.errors);
    state.errors.error_exit = on_error;
    state.errors.emit_message = on_message;
    state.errors.output_message = on_output;
    state.progress.progress_monitor = on_progress;
    // jpeg_create_decompress keeps client_data; an error inside it needs the state already.
    state.decompress.client_data = &state;
    run(&state, data, size, pixels, pixels_size);
    jpeg_destroy_decompress(&state.decompress);
    canvas_close(&state.canvas);
    *header = state.header;
    return state.status;
}

codec_status jpeg_codec_read_header(const uint8_t *data, size_t size, codec_header *header, char *message) {
    return start(data, size, header, NULL, 0, message);
}

codec_status jpeg_codec_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size, char *message) {
    codec_header header;
    return start(data, size, &header, pixels, pixels_size, message);
}
