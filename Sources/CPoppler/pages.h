// A document and a page are opened twice: poppler's C interface knows their content, its C++ interface draws them
// better.
#ifndef PAGES_H
#define PAGES_H

#include "drawable.h"

#include <poppler.h>

struct pdf_document {
    PopplerDocument *content;
    drawable *drawable;
};

struct pdf_page {
    PopplerPage *content;
    drawable *drawable;
    int index;
    /// Whether annotations of `content` are shown otherwise than the file says.
    int is_changed;
};

#endif
