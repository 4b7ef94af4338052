// The pixels of the TIFF directory at hand.
#ifndef TIFF_PIXELS_H
#define TIFF_PIXELS_H

#include "tiff_memory.h"

/// Decodes the current directory; what goes wrong is noted in the codec.
void tiff_pixels_decode(tiff_codec *codec, const codec_header *header, uint8_t *pixels, size_t pixels_size);

#endif
