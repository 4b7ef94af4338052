// PNG, JPEG and TIFF from memory to upright 8-bit RGB on white paper, and RGB to PNG. libpng and libjpeg leave on errors
// by longjmp, libtiff calls handlers; here every way out is a return code and the library's message.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    CODEC_OK = 0,
    CODEC_TRUNCATED,    ///< the data end before the picture does
    CODEC_CORRUPT,      ///< the data break the format's rules
    CODEC_UNSUPPORTED,  ///< valid, but of a kind that is not decoded (12-bit or lossless JPEG)
    CODEC_NO_MEMORY,    ///< an allocation was refused
} codec_status;

/// What is known of a picture before anything is allocated for its pixels.
typedef struct {
    uint32_t width;   ///< as stored, before the orientation is applied
    uint32_t height;  ///< as stored
    int orientation;  ///< 1 to 8, as EXIF and TIFF count them; 1 where the file tells none
    double dpi_x;     ///< dots per inch along the stored rows; 0 where the file tells none
    double dpi_y;     ///< dots per inch along the stored columns; 0 where the file tells none
} codec_header;

/// Bytes that a message buffer must have, its final NUL included.
#define CODEC_MESSAGE_SIZE 256

/// Reads what the file tells of the picture without allocating for pixels, so that the caller can refuse it first.
codec_status png_codec_read_header(const uint8_t *data, size_t size, codec_header *header, char *message);

/// Decodes into `pixels`: upright RGB, rows without padding, 3 * width * height bytes of the header read before; any
/// other `pixels_size` is refused as CODEC_CORRUPT. All colour types and depths; of 16-bit samples the high byte;
/// transparent parts show white paper; gamma and colour profiles are not applied.
codec_status png_codec_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size, char *message);

/// Takes the next `count` encoded bytes; returns 0 to stop.
typedef int (*codec_write)(void *context, const uint8_t *bytes, size_t count);

/// Encodes RGB, rows without padding, as an 8-bit PNG. A writer that returns 0 ends it as CODEC_NO_MEMORY.
codec_status png_codec_encode(
    const uint8_t *rgb, uint32_t width, uint32_t height, codec_write write, void *context, char *message);

/// Like png_codec_read_header.
codec_status jpeg_codec_read_header(const uint8_t *data, size_t size, codec_header *header, char *message);

/// Like png_codec_decode, for baseline, progressive and arithmetic-coded JPEG: grey, YCbCr, RGB, CMYK and YCCK (stored
/// inverted, as Adobe writes them). Data that end early or whose entropy-coded part is damaged are errors: libjpeg
/// would only warn and fill the rest with grey.
codec_status jpeg_codec_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t pixels_size, char *message);

/// An open TIFF or BigTIFF. It belongs to one thread at a time.
typedef struct tiff_codec tiff_codec;

/// One directory of a TIFF: a page, or an auxiliary picture.
typedef struct {
    codec_header header;
    uint64_t offset;   ///< of the directory in the file: the page's name for tiff_codec_decode
    int is_auxiliary;  ///< a smaller copy of another picture, or a mask for one
} tiff_page;

/// Opens the TIFF and counts its directories. `data` stay in use until tiff_codec_close, which takes NULL too.
codec_status tiff_codec_open(
    const uint8_t *data, size_t size, tiff_codec **codec, uint32_t *directory_count, char *message);
void tiff_codec_close(tiff_codec *codec);

/// Reads the directories one after the other, beginning with the first. To be called once for each of the count.
codec_status tiff_codec_read_next(tiff_codec *codec, tiff_page *page, char *message);

/// Like png_codec_decode, for one page: all compressions that libtiff has; 1 to 16 bits a sample; grey, palette, RGB,
/// CMYK, YCbCr, CIELab and LogLuv. Errors in a strip or tile, and data that end early, are errors here.
codec_status tiff_codec_decode(
    tiff_codec *codec, const tiff_page *page, uint8_t *pixels, size_t pixels_size, char *message);

#ifdef __cplusplus
}
#endif

#endif
