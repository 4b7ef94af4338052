// PNG and JPEG from memory to 8-bit RGB or RGBA. libpng and libjpeg leave on errors by longjmp; here every way out
// is a return code and the library's message.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    CODEC_OK = 0,
    CODEC_TRUNCATED,    ///< the data ends before the picture does
    CODEC_CORRUPT,      ///< the data breaks the format's rules
    CODEC_UNSUPPORTED,  ///< valid, but of a kind that is not decoded (12-bit or lossless JPEG)
} codec_status;

typedef struct {
    uint32_t width;
    uint32_t height;
    int channels;  ///< of the decoded pixels: 3 (RGB) or 4 (RGBA, not premultiplied)
} codec_header;

/// Bytes that a message buffer must have, its final NUL included.
#define CODEC_MESSAGE_SIZE 256

/// Reads size and channels without allocating for pixels, so that the caller can refuse a picture first.
codec_status png_codec_read_header(const uint8_t *data, size_t size, codec_header *header, char *message);

/// Decodes into `pixels`, rows without padding: width * height * channels bytes of the header read before; any other
/// `pixels_size` is refused as CODEC_CORRUPT. All colour types and depths; palettes and grey become RGB, tRNS becomes
/// alpha, 16-bit samples are scaled to 8 bits; gamma and colour profiles are not applied.
codec_status png_codec_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size, char *message);

/// Like png_codec_read_header; `channels` is always 3.
codec_status jpeg_codec_read_header(const uint8_t *data, size_t size, codec_header *header, char *message);

/// Like png_codec_decode, for baseline and progressive JPEG: grey, YCbCr, RGB, CMYK and YCCK (stored inverted, as
/// Adobe writes them). Data that end early or whose entropy-coded part is damaged are errors: libjpeg would only
/// warn and fill the rest with grey.
codec_status jpeg_codec_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size, char *message);

#ifdef __cplusplus
}
#endif

#endif
