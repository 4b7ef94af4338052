// What the libraries say while they work.
#ifndef COMPLAINTS_H
#define COMPLAINTS_H

#include "CPoppler.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Copies `text` into a message buffer, cut to fit, and returns `status`.
pdf_status pdf_fail(pdf_status status, const char *text, char *message);

#ifdef __cplusplus
}
#endif

#endif
