#include "tiff_jbig.h"

// The header of a bi-level image entity (ITU-T T.82, 6.2.2): planes, then width and height.
enum { header_size = 20, planes_at = 2, width_at = 4, height_at = 8 };

static uint32_t big_endian(const uint8_t *bytes, const unsigned char *bit_order) {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) value = value << 8 | bit_order[bytes[i]];
    return value;
}

int tiff_jbig_is_sound(const tiff_codec *codec) {
    TIFF *tiff = codec->tiff;
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFIsTiled(tiff) ? TIFFTAG_TILEWIDTH : TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFIsTiled(tiff) ? TIFFTAG_TILELENGTH : TIFFTAG_IMAGELENGTH, &height);
    uint16_t order = FILLORDER_MSB2LSB;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_FILLORDER, &order);
    // libtiff has it the other way round for JBIG.
    const unsigned char *bit_order = TIFFGetBitRevTable(order == FILLORDER_MSB2LSB);
    uint32_t count = TIFFIsTiled(tiff) ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t offset = TIFFGetStrileOffset(tiff, i);
        if (offset > codec->size || codec->size - offset < header_size) return 0;
        const uint8_t *data = codec->data + offset;
        if (bit_order[data[planes_at]] != 1 || big_endian(data + width_at, bit_order) > width
            || big_endian(data + height_at, bit_order) > height) {
            return 0;
        }
    }
    return 1;
}
