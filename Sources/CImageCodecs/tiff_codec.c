#include "CImageCodecs.h"
#include "message.h"
#include "tiff_directories.h"
#include "tiff_memory.h"
#include "tiff_pixels.h"

#include <stdlib.h>

static void clear(tiff_codec *codec) {
    codec->status = CODEC_OK;
    codec->message[0] = 0;
}

/// Hands over what was noted since `clear`.
static codec_status outcome(const tiff_codec *codec, char *message) {
    codec_say(message, codec->message);
    return codec->status;
}

codec_status tiff_codec_open(
    const uint8_t *data, size_t size, tiff_codec **codec, uint32_t *directory_count, char *message) {
    *codec = NULL;
    codec_status status = tiff_directories_count(data, size, directory_count, message);
    if (status != CODEC_OK) return status;
    tiff_codec *opened = calloc(1, sizeof *opened);
    if (!opened) {
        codec_say(message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    opened->data = data;
    opened->size = size;
    opened->tiff = tiff_memory_open(opened);
    if (opened->tiff) {
        *codec = opened;
        return CODEC_OK;
    }
    tiff_note(opened, CODEC_CORRUPT, "libtiff cannot open it");
    status = outcome(opened, message);
    free(opened);
    return status;
}

void tiff_codec_close(tiff_codec *codec) {
    if (!codec) return;
    TIFFClose(codec->tiff);
    free(codec);
}

static double dots_per_inch(TIFF *tiff, uint32_t tag) {
    float resolution = 0;
    uint16_t unit = RESUNIT_INCH;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    if (!TIFFGetField(tiff, tag, &resolution) || !(resolution > 0)) return 0;
    return unit == RESUNIT_INCH ? resolution : unit == RESUNIT_CENTIMETER ? resolution * 2.54 : 0;
}

static int is_auxiliary(TIFF *tiff) {
    uint32_t kind = 0;
    uint16_t old_kind = 0;
    if (TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind)) {
        return (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
    }
    return TIFFGetField(tiff, TIFFTAG_OSUBFILETYPE, &old_kind) && old_kind == OFILETYPE_REDUCEDIMAGE;
}

static void read_page(TIFF *tiff, tiff_page *page) {
    codec_header header = {.orientation = 1};
    uint16_t orientation = 1;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &header.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &header.height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    if (orientation >= 1 && orientation <= 8) header.orientation = orientation;
    header.dpi_x = dots_per_inch(tiff, TIFFTAG_XRESOLUTION);
    header.dpi_y = dots_per_inch(tiff, TIFFTAG_YRESOLUTION);
    page->header = header;
    page->offset = TIFFCurrentDirOffset(tiff);
    page->is_auxiliary = is_auxiliary(tiff);
}

codec_status tiff_codec_read_next(tiff_codec *codec, tiff_page *page, char *message) {
    clear(codec);
    // Opening the file has read the first directory.
    if (codec->has_read && !TIFFReadDirectory(codec->tiff)) {
        tiff_note(codec, CODEC_CORRUPT, "a page's directory cannot be read");
        return outcome(codec, message);
    }
    clear(codec);
    codec->has_read = 1;
    read_page(codec->tiff, page);
    return outcome(codec, message);
}

codec_status tiff_codec_decode(
    tiff_codec *codec, const tiff_page *page, uint8_t *pixels, size_t pixels_size, char *message) {
    clear(codec);
    if (!TIFFSetSubDirectory(codec->tiff, page->offset)) {
        tiff_note(codec, CODEC_CORRUPT, "the page's directory cannot be read");
        return outcome(codec, message);
    }
    clear(codec);
    tiff_pixels_decode(codec, &page->header, pixels, pixels_size);
    return outcome(codec, message);
}
