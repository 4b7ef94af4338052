// Carries the compiler and linker flags of poppler-glib to CPoppler; nothing else may import it.
#include <cairo.h>
#include <poppler.h>
