// Super-blocks with AVX-512.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define FITTER ck_avx512_fitter
#include "QuantizeVectors.h"
#pragma clang attribute pop
#endif
