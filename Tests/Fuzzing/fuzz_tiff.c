#include "fuzz_picture.h"

enum { maximum_pages = 16 };

typedef struct {
    tiff_codec *codec;
    const tiff_page *page;
} input;

static codec_status decode(void *context, uint8_t *pixels, size_t pixels_size, char *message) {
    const input *picture = context;
    return tiff_codec_decode(picture->codec, picture->page, pixels, pixels_size, message);
}

/// As the reader does it: first all directories, then the pixels, the last page first.
static void read_pages(tiff_codec *codec, uint32_t count) {
    char message[CODEC_MESSAGE_SIZE];
    tiff_page pages[maximum_pages];
    if (count == 0) abort();
    if (count > maximum_pages) return;
    for (uint32_t i = 0; i < count; i++) {
        codec_status status = tiff_codec_read_next(codec, &pages[i], message);
        check_words(status, message);
        if (status != CODEC_OK) return;
    }
    for (uint32_t i = count; i-- > 0;) {
        input picture = {codec, &pages[i]};
        decode_twice(&pages[i].header, decode, &picture);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    tiff_codec *codec;
    uint32_t count;
    char message[CODEC_MESSAGE_SIZE];
    codec_status status = tiff_codec_open(data, size, &codec, &count, message);
    check_words(status, message);
    if ((status == CODEC_OK) != (codec != NULL)) abort();
    if (status == CODEC_OK) read_pages(codec, count);
    tiff_codec_close(codec);
    return 0;
}
