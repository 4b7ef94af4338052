#define _GNU_SOURCE
#include "complaints.h"

#include <fontconfig/fontconfig.h>
#include <iconv.h>
#include <malloc.h>
#include <stdlib.h>
#include <time.h>

pdf_status pdf_configure_fonts(const char *configuration, char *message) {
    FcConfig *config = FcConfigCreate();
    if (!config) return pdf_fail(PDF_NO_MEMORY, "no memory is left for fonts", message);
    if (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)configuration, FcFalse) ||
        !FcConfigBuildFonts(config) || !FcConfigSetCurrent(config)) {
        FcConfigDestroy(config);
        return pdf_fail(PDF_NO_FONTS, "fontconfig does not take its configuration", message);
    }
    // The current configuration is counted on its own.
    FcConfigDestroy(config);
    return PDF_OK;
}

void pdf_visit_fonts(void (*visit)(const char *path, void *context), void *context) {
    FcFontSet *fonts = FcConfigGetFonts(NULL, FcSetSystem);
    for (int index = 0; fonts && index < fonts->nfont; index++) {
        FcChar8 *path;
        if (FcPatternGetString(fonts->fonts[index], FC_FILE, 0, &path) == FcResultMatch) {
            visit((const char *)path, context);
        }
    }
}

pdf_status pdf_warm_up(const void *sample, size_t size, char *message) {
    // poppler reads memory that it has not written in a few places. Were it not always zero, the same page would be
    // drawn differently from time to time, or with what is left of another document.
    mallopt(M_PERTURB, 0xFF);
    // Pages are drawn in buffers of several megabytes: kept for the next one, they need not be mapped and cleared again.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    // Changed annotations get a date. The zone is read once, and must not depend on the machine.
    setenv("TZ", "UTC0", 1);
    tzset();
    // poppler tries passwords as Latin-1 too. The converter's module stays loaded while one is open.
    static iconv_t latin = (iconv_t)-1;
    if (latin == (iconv_t)-1) latin = iconv_open("ISO-8859-1", "UTF-8");

    pdf_document *document;
    pdf_status status = pdf_document_open(sample, size, "", &document, message);
    if (status != PDF_OK) return status;
    pdf_page *page = pdf_page_open(document, 0);
    if (!page) {
        pdf_document_close(document);
        return pdf_fail(PDF_DAMAGED, "the sample has no page", message);
    }
    enum { side = 64 };
    static uint8_t pixels[3 * side * side];
    pdf_region region = {.natural_width = side, .natural_height = side, .width = side, .height = side};
    pdf_page_show_as_printed(page);
    status = pdf_page_draw(page, region, side, side, pixels, message);
    pdf_page_activity(page);
    pdf_text text;
    if (pdf_page_read_text(page, &text)) pdf_text_free(&text);
    pdf_picture picture;
    if (pdf_page_list_pictures(page, &picture, 1) > 0) {
        int width, height;
        pdf_page_picture_size(page, picture.identifier, &width, &height);
    }
    // poppler remembers fonts by name alone for as long as any document is open, so none may stay: what one document
    // makes of a font must not show in the next.
    pdf_page_close(page);
    pdf_document_close(document);
    return status;
}
