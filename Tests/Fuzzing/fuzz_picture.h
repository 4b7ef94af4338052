// What every picture has to do: give the same pixels twice, all of them written, or an error with words.
#ifndef FUZZ_PICTURE_H
#define FUZZ_PICTURE_H

#include "CImageCodecs.h"

#include <stdlib.h>
#include <string.h>

/// Larger pictures are refused, as a reader refuses them by its limits.
enum { maximum_pixels = 1 << 18 };

typedef codec_status (*picture_decode)(
    void *context, uint8_t *pixels, size_t pixels_size, char *message);

static void check_words(codec_status status, const char *message) {
    if (memchr(message, 0, CODEC_MESSAGE_SIZE) == NULL) abort();
    if ((status == CODEC_OK) != (message[0] == 0)) abort();
}

/// Decodes over zeros and over ones: what differs was never written.
static void decode_twice(const codec_header *header, picture_decode decode, void *context) {
    if (header->orientation < 1 || header->orientation > 8) abort();
    if (!(header->dpi_x >= 0) || !(header->dpi_y >= 0)) abort();
    if (header->width == 0 || header->height == 0 || header->width > maximum_pixels / header->height) return;
    size_t size = (size_t)header->width * header->height * 3;
    uint8_t *first = malloc(size), *second = malloc(size);
    if (!first || !second) abort();
    memset(first, 0, size);
    memset(second, 0xFF, size);
    char message[CODEC_MESSAGE_SIZE];
    codec_status status = decode(context, first, size, message);
    check_words(status, message);
    codec_status again = decode(context, second, size, message);
    check_words(again, message);
    if (status != again || (status == CODEC_OK && memcmp(first, second, size) != 0)) abort();
    free(first);
    free(second);
}

#endif
