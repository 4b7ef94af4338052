// Pages drawn by poppler's own renderer, Splash, which poppler-glib does not offer.
//
// It draws what pdftoppm draws. poppler's cairo renderer, which is behind poppler-glib, loses text of some Type 3
// fonts, puts glyphs on whole pixels and never ends on some shadings.
#ifndef DRAWABLE_H
#define DRAWABLE_H

#include "CPoppler.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct drawable drawable;

/// NULL where the bytes cannot be opened. They must stay in place until it is closed.
drawable *drawable_open(const void *data, size_t size, const char *password);
void drawable_close(drawable *document);

/// Degrees clockwise by which the page is turned: 0, 90, 180 or 270.
int drawable_rotation(drawable *document, int page);

/// Draws width x height pixels, from (x, y) on, of the page at so many dots per inch.
pdf_status drawable_draw(
    drawable *document, int page, double horizontal_resolution, double vertical_resolution, int x, int y, int width,
    int height, uint8_t *rgb, char *message);

#ifdef __cplusplus
}
#endif

#endif
