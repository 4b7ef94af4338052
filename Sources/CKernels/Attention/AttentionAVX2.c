// AVX2, FMA and F16C primitives of attention; the kernels built on them are in AttentionVectors.h.
#if defined(__x86_64__)
#include <immintrin.h>

#include "AttentionTables.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define LANES 8
#define TILE_ROWS 6
#define TABLE ck_avx2_attention
#define TABLE_NAME "avx2"
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((ext_vector_type(8)));
typedef int integers __attribute__((ext_vector_type(8)));

// All bits in the first `count` lanes; it may be negative or more than there are.
INLINE __m256i mask_for(ptrdiff_t count) {
    const int lanes = count < 0 ? 0 : count > LANES ? LANES : (int)count;
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(lanes), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

INLINE vector load(const float *p) { return _mm256_loadu_ps(p); }

INLINE void store(float *p, vector v) { _mm256_storeu_ps(p, v); }

INLINE void store_part(float *p, vector v, ptrdiff_t count) { _mm256_maskstore_ps(p, mask_for(count), v); }

INLINE vector load_f16(const uint16_t *p) { return _mm256_cvtph_ps(_mm_loadu_si128((const void *)p)); }

INLINE float widened(uint16_t f16) { return _cvtsh_ss(f16); }

INLINE void store_f16(uint16_t *p, vector v) {
    _mm_storeu_si128((void *)p, _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}

INLINE vector load_bytes(const int8_t *p) {
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const void *)p)));
}

// (p[0], p[0], p[1], p[1], ...)
INLINE vector load_doubled(const float *p) {
    return _mm256_permutevar8x32_ps(_mm256_castps128_ps256(_mm_loadu_ps(p)),
                                    _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3));
}

INLINE vector swap_neighbours(vector v) { return _mm256_permute_ps(v, 0xb1); }

// a * b - c in even lanes, a * b + c in odd ones
INLINE vector subtract_and_add(vector a, vector b, vector c) { return _mm256_fmaddsub_ps(a, b, c); }

// Negative infinity in all lanes but the first `count`, which may be negative or more than there are.
INLINE vector keep_first(vector v, ptrdiff_t count) {
    return _mm256_blendv_ps(_mm256_set1_ps(-__builtin_inff()), v, _mm256_castsi256_ps(mask_for(count)));
}

INLINE float first_of(vector v) { return v[0]; }

INLINE float sum_of(vector v) {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

INLINE float largest_of(vector v) {
    __m128 s = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_max_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_max_ss(s, _mm_movehdup_ps(s)));
}

// 2^x for x of at most 0 by the polynomial of the Cephes library (exp2f, public domain); 0 below -126.5.
INLINE vector power_of_two(vector x) {
    // At -127 the exponent's bits are all 0, and with them the result. NaN stays NaN.
    vector t = x < -126.5f ? (vector)(-127.0f) : x;
    vector n = __builtin_elementwise_roundeven(t);
    vector r = t - n;
    vector p = _mm256_fmadd_ps(_mm256_set1_ps(1.535336188319500e-4f), r, _mm256_set1_ps(1.339887440266574e-3f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(9.618437357674640e-3f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(5.550332471162809e-2f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(2.402264791363012e-1f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(6.931472028550421e-1f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.0f));
    integers power = ((integers)_mm256_cvtps_epi32(n) + 127) << 23;
    return p * (vector)power;
}

#include "AttentionVectors.h"

#pragma clang attribute pop
#endif
