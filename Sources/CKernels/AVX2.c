// AVX2 and FMA primitives; the kernels built on them are in Vectors.h.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "Tables.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LANES 8
#define BLOCK_ROWS 6
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

INLINE vector widen(__m128i upper_halves) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(upper_halves), 16));
}

INLINE vector load_bf16(const void *p) { return widen(_mm_loadu_si128(p)); }

INLINE vector load_bf16_part(const void *p, ptrdiff_t count) {
    unsigned short values[8] = {0};
    memcpy(values, p, 2 * (size_t)count);
    return widen(_mm_loadu_si128((const void *)values));
}

INLINE float sum_of(vector v) {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

// Transposes eight vectors of eight numbers.
INLINE void transpose(vector *r) {
    __m256 t[LANES], u[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i += 2) {
        t[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
        t[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i += 4) {
        u[i] = _mm256_shuffle_ps(t[i], t[i + 2], 0x44);
        u[i + 1] = _mm256_shuffle_ps(t[i], t[i + 2], 0xee);
        u[i + 2] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0x44);
        u[i + 3] = _mm256_shuffle_ps(t[i + 1], t[i + 3], 0xee);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
        r[j] = _mm256_permute2f128_ps(u[j], u[4 + j], 0x20);
        r[4 + j] = _mm256_permute2f128_ps(u[j], u[4 + j], 0x31);
    }
}

#include "Vectors.h"

#pragma clang attribute pop
#endif
