// JBIG data in a TIFF, looked at before libjbig sees them.
#ifndef TIFF_JBIG_H
#define TIFF_JBIG_H

#include "tiff_memory.h"

/// Whether no strip or tile of the current directory says that it is larger than the page has it. libjbig allocates what
/// its data ask for, and ends the process where that is refused.
int tiff_jbig_is_sound(const tiff_codec *codec);

#endif
