#include "fuzz_picture.h"

typedef struct {
    const uint8_t *data;
    size_t size;
} input;

static codec_status decode(void *context, uint8_t *pixels, size_t pixels_size, char *message) {
    const input *bytes = context;
    return jpeg_codec_decode(bytes->data, bytes->size, pixels, pixels_size, message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    codec_header header;
    char message[CODEC_MESSAGE_SIZE];
    codec_status status = jpeg_codec_read_header(data, size, &header, message);
    check_words(status, message);
    input bytes = {data, size};
    if (status == CODEC_OK) decode_twice(&header, decode, &bytes);
    return 0;
}
