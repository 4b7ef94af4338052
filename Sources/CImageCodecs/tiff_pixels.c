#include "tiff_pixels.h"

#include "canvas.h"
#include "tiff_jbig.h"

#include <stdlib.h>
#include <string.h>

/// What the fourth byte of libtiff's pixels means.
typedef enum {
    alpha_none,           ///< nothing
    alpha_straight,       ///< transparency; the colours are as stored
    alpha_premultiplied,  ///< transparency; the colours are multiplied by it already
} alpha_kind;

/// libtiff multiplies colours by their alpha, but not grey; and it takes a fourth sample that nobody explains for
/// alpha, which would make pictures with an unused byte white.
static alpha_kind alpha_of(const TIFFRGBAImage *image) {
    uint16_t count = 0, *kinds = NULL;
    TIFFGetFieldDefaulted(image->tif, TIFFTAG_EXTRASAMPLES, &count, &kinds);
    if (!image->alpha || count == 0 || !kinds || kinds[0] == EXTRASAMPLE_UNSPECIFIED) return alpha_none;
    int is_grey = image->photometric == PHOTOMETRIC_MINISBLACK || image->photometric == PHOTOMETRIC_MINISWHITE;
    int is_straight = is_grey && image->isContig && kinds[0] == EXTRASAMPLE_UNASSALPHA;
    return is_straight ? alpha_straight : alpha_premultiplied;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/// libtiff's pixels as a row of a canvas: RGBA for straight alpha, else RGB on white.
static void convert(const uint32_t *from, uint8_t *to, uint32_t width, alpha_kind alpha) {
    for (uint32_t x = 0; x < width; x++) {
        uint32_t pixel = from[x];
        unsigned white = alpha == alpha_premultiplied ? 255 - TIFFGetA(pixel) : 0;
        *to++ = (uint8_t)least(TIFFGetR(pixel) + white, 255);
        *to++ = (uint8_t)least(TIFFGetG(pixel) + white, 255);
        *to++ = (uint8_t)least(TIFFGetB(pixel) + white, 255);
        if (alpha == alpha_straight) *to++ = (uint8_t)TIFFGetA(pixel);
    }
}

/// Rows that are decoded together: whole strips or rows of tiles, which libtiff would else decode from their start for
/// each part. 0 for tiles far larger than the picture, which only an attack has.
static uint32_t band_rows(TIFF *tiff, const codec_header *header) {
    enum { fewest = 16, largest_tile = 1 << 24 };
    uint32_t rows = header->height;
    if (TIFFIsTiled(tiff)) {
        uint32_t tile_width = 0, tile_height = 0;
        TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &tile_width);
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &tile_height);
        uint64_t pixels = (uint64_t)tile_width * tile_height;
        if (pixels > largest_tile && pixels > (uint64_t)header->width * header->height) return 0;
        rows = tile_height;
    } else {
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows);
    }
    if (rows == 0 || rows >= header->height) return header->height;
    uint32_t strips = rows < fewest ? (fewest + rows - 1) / rows : 1;
    return rows * strips < header->height ? rows * strips : header->height;
}

static void decode_bands(
    tiff_codec *codec, TIFFRGBAImage *image, codec_canvas *canvas, uint32_t rows, alpha_kind alpha) {
    uint32_t *band = calloc((size_t)rows * canvas->width, sizeof *band);
    if (!band) tiff_note(codec, CODEC_NO_MEMORY, "out of memory");
    for (uint32_t y = 0; band && y < canvas->height; y += rows) {
        uint32_t count = least(rows, canvas->height - y);
        image->row_offset = (int)y;
        if (!TIFFRGBAImageGet(image, band, canvas->width, count)) {
            tiff_note(codec, CODEC_CORRUPT, "a strip or tile cannot be decoded");
        }
        if (codec->status != CODEC_OK) break;
        for (uint32_t row = 0; row < count; row++) {
            convert(band + (size_t)row * canvas->width, canvas_row(canvas, y + row), canvas->width, alpha);
            canvas_complete_row(canvas, y + row);
        }
    }
    free(band);
}

/// 16-bit samples lose their low byte, as those of PNG do; libtiff would round.
static void keep_high_byte(TIFFRGBAImage *image) {
    for (uint32_t value = 0; image->Bitdepth16To8 && value <= UINT16_MAX; value++) {
        image->Bitdepth16To8[value] = (uint8_t)(value >> 8);
    }
}

static void decode_image(
    tiff_codec *codec, TIFFRGBAImage *image, const codec_header *header, uint8_t *pixels, size_t pixels_size) {
    enum { canvas_band = 16 };
    uint16_t compression = COMPRESSION_NONE;
    TIFFGetFieldDefaulted(image->tif, TIFFTAG_COMPRESSION, &compression);
    if (compression == COMPRESSION_JBIG && !tiff_jbig_is_sound(codec)) {
        tiff_note(codec, CODEC_CORRUPT, "its JBIG data do not fit the page");
        return;
    }
    uint32_t rows = band_rows(image->tif, header);
    if (rows == 0) {
        tiff_note(codec, CODEC_CORRUPT, "its tiles are far larger than the picture");
        return;
    }
    keep_high_byte(image);
    // The canvas turns the picture.
    image->orientation = image->req_orientation = ORIENTATION_TOPLEFT;
    alpha_kind alpha = alpha_of(image);
    codec_canvas canvas;
    codec_status status =
        canvas_open(&canvas, header, alpha == alpha_straight ? 4 : 3, canvas_band, pixels, pixels_size);
    if (status == CODEC_OK) decode_bands(codec, image, &canvas, rows, alpha);
    else tiff_note(codec, status, status == CODEC_NO_MEMORY ? "out of memory" : "the pixel buffer does not fit");
    canvas_close(&canvas);
}

void tiff_pixels_decode(tiff_codec *codec, const codec_header *header, uint8_t *pixels, size_t pixels_size) {
    char reason[1024] = "";
    TIFFRGBAImage image;
    if (!TIFFRGBAImageOK(codec->tiff, reason) || !TIFFRGBAImageBegin(&image, codec->tiff, 1, reason)) {
        tiff_note(codec, CODEC_UNSUPPORTED, strncmp(reason, "Sorry, ", 7) == 0 ? reason + 7 : reason);
        return;
    }
    if (image.width == header->width && image.height == header->height) {
        decode_image(codec, &image, header, pixels, pixels_size);
    } else {
        tiff_note(codec, CODEC_CORRUPT, "the page is not the one whose header was read");
    }
    TIFFRGBAImageEnd(&image);
}
