// What the ancillary chunks of a PNG tell.
#ifndef PNG_CHUNKS_H
#define PNG_CHUNKS_H

#include "CImageCodecs.h"

/// Sets orientation and resolution from the chunks eXIf and pHYs, which may stand behind the pixels too.
void png_chunks_read(const uint8_t *data, size_t size, codec_header *header);

#endif
