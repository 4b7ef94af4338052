// The few fields of EXIF data that say how a picture is to be seen.
#ifndef EXIF_H
#define EXIF_H

#include <stddef.h>
#include <stdint.h>

/// Zero where the data do not tell, or tell nonsense.
typedef struct {
    int orientation;
    double dpi_x;
    double dpi_y;
} exif_facts;

/// Reads the first directory of EXIF data, which are a TIFF of their own (EXIF 2.32, 4.5). Damaged data tell nothing.
exif_facts exif_read(const uint8_t *data, size_t size);

#endif
