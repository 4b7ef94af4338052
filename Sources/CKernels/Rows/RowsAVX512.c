// AVX-512 primitives; the kernels built on them are in RowVectors.h.
#if defined(__x86_64__)
#include <immintrin.h>

#include "RowTables.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), \
                             apply_to = function)

#define LANES 16
#define TABLE ck_avx512_kernels
#define TABLE_NAME "avx512"
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((ext_vector_type(16)));
typedef int integers __attribute__((ext_vector_type(16)));

INLINE vector load(const void *p) { return _mm512_loadu_ps(p); }

INLINE vector load_part(const void *p, ptrdiff_t count) {
    return _mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
}

INLINE void store(float *p, vector v) { _mm512_storeu_ps(p, v); }

INLINE void store_part(float *p, vector v, ptrdiff_t count) {
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), v);
}

INLINE float sum_of(vector v) { return _mm512_reduce_add_ps(v); }

#include "RowVectors.h"

#pragma clang attribute pop
#endif
