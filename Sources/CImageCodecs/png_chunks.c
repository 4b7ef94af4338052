#include "png_chunks.h"

#include "exif.h"

#include <string.h>

static uint32_t big_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

void png_chunks_read(const uint8_t *data, size_t size, codec_header *header) {
    enum { signature = 8, frame = 12 };  // a chunk's length, name and checksum
    header->orientation = 1;
    header->dpi_x = header->dpi_y = 0;
    exif_facts exif = {0};
    for (size_t place = signature; place + frame <= size;) {
        size_t length = big_endian(data + place);
        const uint8_t *name = data + place + 4, *content = data + place + 8;
        if (length > size - place - frame) break;
        if (memcmp(name, "pHYs", 4) == 0 && length == 9 && content[8] == 1) {  // dots per metre
            header->dpi_x = big_endian(content) * 0.0254;
            header->dpi_y = big_endian(content + 4) * 0.0254;
        } else if (memcmp(name, "eXIf", 4) == 0) {
            exif = exif_read(content, length);
        }
        place += length + frame;
    }
    if (exif.orientation) header->orientation = exif.orientation;
    if (header->dpi_x <= 0 || header->dpi_y <= 0) {
        header->dpi_x = exif.dpi_x;
        header->dpi_y = exif.dpi_y;
    }
}
