// Super-blocks with AVX2.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define FITTER ck_avx2_fitter
#include "QuantizeVectors.h"
#pragma clang attribute pop
#endif
