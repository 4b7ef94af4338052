// Where decoders write: their rows become the upright picture, in RGB on white paper.
#ifndef CANVAS_H
#define CANVAS_H

#include "CImageCodecs.h"

/// Takes rows in stored order, a band at a time. Bands are turned together, because single rows of a picture on its
/// side would touch every cache line of it once each.
typedef struct {
    uint8_t *first_pixel;  ///< where the first pixel of the first stored row belongs
    ptrdiff_t step_x;      ///< bytes to the next pixel of a stored row
    ptrdiff_t step_y;      ///< bytes to the next stored row
    uint32_t width;
    uint32_t height;
    int channels;         ///< of the rows that are written: 3 (RGB) or 4 (RGBA, not premultiplied)
    uint8_t *band;        ///< rows that are yet to be put; NULL where they are written into the picture itself
    uint32_t band_start;  ///< the first row of the band
    uint32_t band_rows;   ///< rows that a band has
} codec_canvas;

/// Prepares a canvas of which `band_rows` rows can be written in any order before they are put. CODEC_CORRUPT where
/// `pixels_size` does not fit the header.
codec_status canvas_open(
    codec_canvas *canvas, const codec_header *header, int channels, uint32_t band_rows, uint8_t *pixels,
    size_t pixels_size);
void canvas_close(codec_canvas *canvas);

/// Where to write row `y` of the band at hand: width * channels bytes.
uint8_t *canvas_row(const codec_canvas *canvas, uint32_t y);

/// To be called when row `y` and those before it are complete; puts the band into the picture when it is full.
void canvas_complete_row(codec_canvas *canvas, uint32_t y);

#endif
