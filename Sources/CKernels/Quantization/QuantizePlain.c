// Super-blocks for processors of which nothing is known.
#define FITTER ck_plain_fitter
#include "QuantizeVectors.h"
