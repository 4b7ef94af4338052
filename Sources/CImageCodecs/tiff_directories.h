// The chain of directories that a TIFF is, walked before libtiff reads what they hold.
#ifndef TIFF_DIRECTORIES_H
#define TIFF_DIRECTORIES_H

#include "CImageCodecs.h"

/// Counts the directories of a TIFF or BigTIFF. Refuses what would cost libtiff more than the file is large: chains that
/// run in a circle, directories that overlap, and tags that all point to the same large value, each of which libtiff
/// copies.
codec_status tiff_directories_count(const uint8_t *data, size_t size, uint32_t *count, char *message);

#endif
