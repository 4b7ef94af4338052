// AVX2 and FMA primitives; the kernels built on them are in RowVectors.h.
#if defined(__x86_64__)
#include <immintrin.h>

#include "RowTables.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define TABLE ck_avx2_kernels
#define TABLE_NAME "avx2"
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((ext_vector_type(8)));
typedef int integers __attribute__((ext_vector_type(8)));

INLINE __m256i mask_for(ptrdiff_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

INLINE vector load(const void *p) { return _mm256_loadu_ps(p); }

INLINE vector load_part(const void *p, ptrdiff_t count) { return _mm256_maskload_ps(p, mask_for(count)); }

INLINE void store(float *p, vector v) { _mm256_storeu_ps(p, v); }

INLINE void store_part(float *p, vector v, ptrdiff_t count) { _mm256_maskstore_ps(p, mask_for(count), v); }

INLINE float sum_of(vector v) {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

#include "RowVectors.h"

#pragma clang attribute pop
#endif
