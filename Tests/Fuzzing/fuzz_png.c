#include "fuzz_picture.h"

#include <zlib.h>

typedef struct {
    const uint8_t *data;
    size_t size;
} input;

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum_size);

static uint32_t big_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/// Mends the checksums of two files in three: with wrong ones nothing behind them would be tried.
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum_size, unsigned seed) {
    enum { signature = 8, frame = 12 };
    size = LLVMFuzzerMutate(data, size, maximum_size);
    if (seed % 3 == 0) return size;
    for (size_t place = signature; place + frame <= size;) {
        size_t length = big_endian(data + place);
        if (length > size - place - frame) break;
        uint32_t sum = (uint32_t)crc32(0, data + place + 4, (uInt)length + 4);
        uint8_t *end = data + place + 8 + length;
        for (int i = 0; i < 4; i++) end[i] = (uint8_t)(sum >> (24 - 8 * i));
        place += length + frame;
    }
    return size;
}

static codec_status decode(void *context, uint8_t *pixels, size_t pixels_size, char *message) {
    const input *bytes = context;
    return png_codec_decode(bytes->data, bytes->size, pixels, pixels_size, message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    codec_header header;
    char message[CODEC_MESSAGE_SIZE];
    codec_status status = png_codec_read_header(data, size, &header, message);
    check_words(status, message);
    input bytes = {data, size};
    if (status == CODEC_OK) decode_twice(&header, decode, &bytes);
    return 0;
}
