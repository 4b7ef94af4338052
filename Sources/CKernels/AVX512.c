// AVX-512 primitives; the kernels built on them are in Vectors.h.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "Tables.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), \
                             apply_to = function)

#define LANES 16
#define BLOCK_ROWS 12
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

INLINE vector widen(__m256i upper_halves) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(upper_halves), 16));
}

INLINE vector load_bf16(const void *p) { return widen(_mm256_loadu_si256(p)); }

INLINE vector load_bf16_part(const void *p, ptrdiff_t count) {
    return widen(_mm256_maskz_loadu_epi16((__mmask16)((1u << count) - 1), p));
}

INLINE float sum_of(vector v) { return _mm512_reduce_add_ps(v); }

// Transposes sixteen vectors of sixteen numbers.
INLINE void transpose(vector *r) {
    __m512 t[LANES], u[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 2) {
        t[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
        t[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    }
#define PAIRS(half, a, b) _mm512_castpd_ps(_mm512_unpack##half##_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)))
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 4) {
        u[i] = PAIRS(lo, t[i], t[i + 2]);
        u[i + 1] = PAIRS(hi, t[i], t[i + 2]);
        u[i + 2] = PAIRS(lo, t[i + 1], t[i + 3]);
        u[i + 3] = PAIRS(hi, t[i + 1], t[i + 3]);
    }
#undef PAIRS
    // 128-bit lane L of u[4 * i + j] now holds column 4 * L + j of rows 4 * i to 4 * i + 3.
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
        __m512 even_low = _mm512_shuffle_f32x4(u[j], u[4 + j], 0x88);
        __m512 odd_low = _mm512_shuffle_f32x4(u[j], u[4 + j], 0xdd);
        __m512 even_high = _mm512_shuffle_f32x4(u[8 + j], u[12 + j], 0x88);
        __m512 odd_high = _mm512_shuffle_f32x4(u[8 + j], u[12 + j], 0xdd);
        r[j] = _mm512_shuffle_f32x4(even_low, even_high, 0x88);
        r[4 + j] = _mm512_shuffle_f32x4(odd_low, odd_high, 0x88);
        r[8 + j] = _mm512_shuffle_f32x4(even_low, even_high, 0xdd);
        r[12 + j] = _mm512_shuffle_f32x4(odd_low, odd_high, 0xdd);
    }
}

#include "Vectors.h"

#pragma clang attribute pop
#endif
