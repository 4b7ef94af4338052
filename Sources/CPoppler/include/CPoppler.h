// PDF pages through poppler and fontconfig, within this process. No type of poppler, GLib or cairo appears here.
//
// poppler cannot be interrupted, and ends the process on some damaged files and where memory runs out: all of this is
// for a worker process with limits. One thread only.
#ifndef CPOPPLER_H
#define CPOPPLER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    PDF_OK = 0,
    PDF_ENCRYPTED,      ///< the password is wrong, or one is needed
    PDF_DAMAGED,        ///< not a PDF that poppler can read
    PDF_NO_MEMORY,      ///< an allocation was refused
    PDF_RENDER_FAILED,  ///< poppler or cairo stopped drawing
    PDF_NO_FONTS,       ///< fontconfig does not take the configuration
} pdf_status;

/// Bytes that a message buffer must have, its final NUL included. Functions with a `message` explain there any status
/// but PDF_OK.
#define PDF_MESSAGE_SIZE 256

// Set-up ---------------------------------------------------------------------------------------------------------

/// Makes `configuration`, the text of a fontconfig file, the only one. Must come before all else.
pdf_status pdf_configure_fonts(const char *configuration, char *message);

/// Calls `visit` with the path of each font file that the configuration found.
void pdf_visit_fonts(void (*visit)(const char *path, void *context), void *context);

/// Does what the libraries put off until they are first used, by drawing the PDF in `sample`: afterwards they open no
/// files but fonts and poppler's character maps, with the folders of these.
pdf_status pdf_warm_up(const void *sample, size_t size, char *message);

// Messages -------------------------------------------------------------------------------------------------------

/// How many complaints are kept, and how long one may be, its final NUL included.
#define PDF_COMPLAINT_COUNT 16
#define PDF_COMPLAINT_SIZE 200

/// Collects from now on what the libraries log. Some of libjpeg's warnings go to standard error instead.
void pdf_collect_complaints(void);

/// The complaint at `index`, each once and without its position in the file; NULL past the last.
const char *pdf_complaint(int index);
void pdf_forget_complaints(void);

// Documents ------------------------------------------------------------------------------------------------------

typedef struct pdf_document pdf_document;
typedef struct pdf_page pdf_page;

/// Opens a PDF; `data` must stay in place until it is closed. `password`: UTF-8, NULL for none.
pdf_status pdf_document_open(
    const void *data, size_t size, const char *password, pdf_document **document, char *message);
void pdf_document_close(pdf_document *document);
int pdf_document_page_count(pdf_document *document);

/// The page at `index`, from 0; NULL where it is missing or its object cannot be read. To be closed before the
/// document.
pdf_page *pdf_page_open(pdf_document *document, int index);
void pdf_page_close(pdf_page *page);

/// Size of the crop box after the page's own rotation, in points (1/72 inch).
void pdf_page_size(pdf_page *page, double *width, double *height);

/// Degrees clockwise by which the page is turned: 0, 90, 180 or 270.
int pdf_page_rotation(pdf_page *page);

// Pixels ---------------------------------------------------------------------------------------------------------

/// Hides the annotations that would not be printed, and shows those that would: form fields unless they are hidden,
/// others by their print flag, sticky notes never, links always. Once for each opened page, before it is drawn.
void pdf_page_show_as_printed(pdf_page *page);

/// A part of the page, in pixels of the whole page at `natural_width` x `natural_height`, from the upper left.
typedef struct {
    double natural_width;
    double natural_height;
    double x;
    double y;
    double width;
    double height;
} pdf_region;

/// Draws `region` onto white, stretched to exactly width x height pixels (1 to 32767 each), as 8-bit RGB rows without
/// padding: `rgb` has 3 * width * height bytes.
pdf_status pdf_page_draw(pdf_page *page, pdf_region region, int width, int height, uint8_t *rgb, char *message);

/// What was drawn: operations of text, those of them that came before anything else, and all other operations.
/// What lies in transparency groups is not counted.
typedef struct {
    uint32_t text;
    uint32_t leading_text;
    uint32_t other;
} pdf_activity;

/// Counts what is drawn.
pdf_activity pdf_page_activity(pdf_page *page);

// Content --------------------------------------------------------------------------------------------------------

/// Points from the upper left corner of the upright page.
typedef struct {
    double left;
    double top;
    double right;
    double bottom;
} pdf_box;

/// The text layer in reading order: UTF-8, and a box for each character.
typedef struct {
    char *characters;
    size_t byte_count;
    pdf_box *boxes;
    size_t box_count;
} pdf_text;

/// False where there is none. Form fields are included.
int pdf_page_read_text(pdf_page *page, pdf_text *text);
void pdf_text_free(pdf_text *text);

typedef struct {
    pdf_box box;
    int identifier;
} pdf_picture;

/// Writes the first `capacity` pictures of the page, in the order of drawing, and gives their number.
size_t pdf_page_list_pictures(pdf_page *page, pdf_picture *pictures, size_t capacity);

/// Decodes a picture to tell its size in pixels; zeros where that fails.
void pdf_page_picture_size(pdf_page *page, int identifier, int *width, int *height);

#ifdef __cplusplus
}
#endif

#endif
