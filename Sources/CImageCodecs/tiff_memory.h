// A TIFF in memory as libtiff sees it, and what libtiff says about it.
#ifndef TIFF_MEMORY_H
#define TIFF_MEMORY_H

#include "CImageCodecs.h"

#include <tiffio.h>

struct tiff_codec {
    const uint8_t *data;
    size_t size;
    uint64_t position;
    TIFF *tiff;
    int has_read;  ///< whether the first directory was handed out
    codec_status status;  ///< of the first thing that went wrong since it was last cleared
    char message[CODEC_MESSAGE_SIZE];
};

/// Opens codec->data; NULL where it is no TIFF, with codec->status and codec->message saying why.
TIFF *tiff_memory_open(tiff_codec *codec);

/// Keeps the first fault.
void tiff_note(tiff_codec *codec, codec_status status, const char *text);

#endif
