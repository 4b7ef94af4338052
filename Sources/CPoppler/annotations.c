#include "pages.h"

/// Whether paper would show the annotation.
static int is_printed(PopplerAnnotType type, unsigned flags) {
    if (flags & POPPLER_ANNOT_FLAG_HIDDEN) return 0;
    switch (type) {
        case POPPLER_ANNOT_TEXT:
            return 0;
        case POPPLER_ANNOT_WIDGET:
            // Many fields lack the print flag by mistake; what was filled in must not get lost.
            return (flags & POPPLER_ANNOT_FLAG_PRINT) || !(flags & POPPLER_ANNOT_FLAG_NO_VIEW);
        case POPPLER_ANNOT_LINK:
        case POPPLER_ANNOT_POPUP:
            // Links hardly ever have the print flag, and show a border at most; pop-ups show nothing.
            return !(flags & POPPLER_ANNOT_FLAG_NO_VIEW);
        default:
            return (flags & POPPLER_ANNOT_FLAG_PRINT) != 0;
    }
}

void pdf_page_show_as_printed(pdf_page *page) {
    GList *mappings = poppler_page_get_annot_mapping(page->content);
    for (GList *item = mappings; item; item = item->next) {
        PopplerAnnot *annotation = ((PopplerAnnotMapping *)item->data)->annot;
        unsigned flags = poppler_annot_get_flags(annotation);
        // poppler draws what a screen would show.
        unsigned unseen = POPPLER_ANNOT_FLAG_HIDDEN | POPPLER_ANNOT_FLAG_NO_VIEW;
        int is_seen = (flags & unseen) == 0;
        if (is_printed(poppler_annot_get_annot_type(annotation), flags) == is_seen) continue;
        poppler_annot_set_flags(annotation, is_seen ? flags | POPPLER_ANNOT_FLAG_HIDDEN : flags & ~unseen);
        page->is_changed = 1;
    }
    poppler_page_free_annot_mapping(mappings);
}
