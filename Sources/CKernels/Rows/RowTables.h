// The tables of the implementations, for the dispatcher alone.
#ifndef CK_ROW_TABLES_H
#define CK_ROW_TABLES_H

#include "include/CKernels.h"

extern const ck_kernels ck_plain_kernels;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2_kernels;
extern const ck_kernels ck_avx512_kernels;
#endif

// Exact (erf) GELU through the C library: it is a vanishing part of the work, so one version serves all tables.
void ck_gelu_erf(float *x, ptrdiff_t count);

#endif
