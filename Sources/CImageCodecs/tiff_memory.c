#include "tiff_memory.h"

#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// One allocation of libtiff's: above the largest strip of a page within the limits, below the worker's memory.
#define MAXIMUM_ALLOCATION ((tmsize_t)1 << 30)

void tiff_note(tiff_codec *codec, codec_status status, const char *text) {
    if (codec->status != CODEC_OK) return;
    codec->status = status;
    codec_say(codec->message, text);
}

static int has_any(const char *text, const char *const *parts) {
    for (; *parts; parts++) {
        if (strstr(text, *parts)) return 1;
    }
    return 0;
}

/// libtiff tells its errors apart by words only.
static codec_status status_of_error(const char *text) {
    static const char *const no_memory[] = {"emory", "No space", "alloc", NULL};
    static const char *const early_end[] = {
        "ead error", "an not read", "annot read", "ailed to read", "remature", "Not enough data", "eek error", NULL};
    static const char *const unsupported[] = {"not configured", "not supported", "Sorry", "not implemented", NULL};
    if (has_any(text, no_memory)) return CODEC_NO_MEMORY;
    if (has_any(text, early_end)) return CODEC_TRUNCATED;
    return has_any(text, unsupported) ? CODEC_UNSUPPORTED : CODEC_CORRUPT;
}

static void on_error(tiff_codec *codec, const char *format, va_list values) {
    char text[CODEC_MESSAGE_SIZE];
    vsnprintf(text, sizeof text, format, values);
    tiff_note(codec, status_of_error(text), text);
}

/// Of the warnings only those count after which part of the picture is missing or invented.
static void on_warning(tiff_codec *codec, const char *format, va_list values) {
    static const char *const early_end[] = {"Premature", "premature", NULL};
    static const char *const damage[] = {"Corrupt JPEG data: bad", NULL};
    char text[CODEC_MESSAGE_SIZE];
    vsnprintf(text, sizeof text, format, values);
    if (has_any(text, early_end)) tiff_note(codec, CODEC_TRUNCATED, text);
    if (has_any(text, damage)) tiff_note(codec, CODEC_CORRUPT, text);
}

static tmsize_t read_bytes(thandle_t handle, void *out, tmsize_t count) {
    tiff_codec *codec = handle;
    if (count <= 0 || codec->position >= codec->size) return 0;
    size_t left = codec->size - (size_t)codec->position;
    size_t part = (size_t)count < left ? (size_t)count : left;
    memcpy(out, codec->data + codec->position, part);
    codec->position += part;
    return (tmsize_t)part;
}

static tmsize_t write_nothing(thandle_t handle, void *bytes, tmsize_t count) {
    (void)handle, (void)bytes, (void)count;
    return -1;
}

static toff_t seek(thandle_t handle, toff_t offset, int origin) {
    tiff_codec *codec = handle;
    switch (origin) {
    case SEEK_CUR: codec->position += offset; break;
    case SEEK_END: codec->position = codec->size + offset; break;
    default: codec->position = offset; break;
    }
    return codec->position;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t size_of(thandle_t handle) {
    return ((tiff_codec *)handle)->size;
}

/// The bytes are in memory already; libtiff only reads what it maps.
static int map(thandle_t handle, void **base, toff_t *size) {
    tiff_codec *codec = handle;
    *base = (void *)codec->data;
    *size = codec->size;
    return 1;
}

static void unmap(thandle_t handle, void *base, toff_t size) {
    (void)handle, (void)base, (void)size;
}

// r: read; O: strip tables are read as they are needed, since each page may point to one as large as the file.
static const char *const mode = "rO";
static const char *const name = "page";

#if TIFFLIB_VERSION >= 20221213  // 4.5

static int on_reentrant_error(TIFF *tiff, void *codec, const char *module, const char *format, va_list values) {
    (void)tiff, (void)module;
    on_error(codec, format, values);
    return 1;
}

static int on_reentrant_warning(TIFF *tiff, void *codec, const char *module, const char *format, va_list values) {
    (void)tiff, (void)module;
    on_warning(codec, format, values);
    return 1;
}

TIFF *tiff_memory_open(tiff_codec *codec) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, MAXIMUM_ALLOCATION);
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_reentrant_error, codec);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_reentrant_warning, codec);
    TIFF *tiff = TIFFClientOpenExt(
        name, mode, codec, read_bytes, write_nothing, seek, close_nothing, size_of, map, unmap, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

#else

static void on_global_error(thandle_t codec, const char *module, const char *format, va_list values) {
    (void)module;
    if (codec) on_error(codec, format, values);
}

static void on_global_warning(thandle_t codec, const char *module, const char *format, va_list values) {
    (void)module;
    if (codec) on_warning(codec, format, values);
}

/// Before 4.5 the handlers are the process's, and nothing but the process bounds the memory.
TIFF *tiff_memory_open(tiff_codec *codec) {
    TIFFSetErrorHandler(NULL);
    TIFFSetWarningHandler(NULL);
    TIFFSetErrorHandlerExt(on_global_error);
    TIFFSetWarningHandlerExt(on_global_warning);
    return TIFFClientOpen(
        name, mode, codec, read_bytes, write_nothing, seek, close_nothing, size_of, map, unmap);
}

#endif
