// AVX-512 primitives of attention; the kernels built on them are in AttentionVectors.h.
#if defined(__x86_64__)
#include <immintrin.h>

#include "AttentionTables.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), \
                             apply_to = function)

#define LANES 16
#define TILE_ROWS 12
#define TABLE ck_avx512_attention
#define TABLE_NAME "avx512"
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((ext_vector_type(16)));

INLINE vector load(const float *p) { return _mm512_loadu_ps(p); }

INLINE void store(float *p, vector v) { _mm512_storeu_ps(p, v); }

INLINE void store_part(float *p, vector v, ptrdiff_t count) {
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), v);
}

INLINE vector load_f16(const uint16_t *p) { return _mm512_cvtph_ps(_mm256_loadu_si256((const void *)p)); }

INLINE float widened(uint16_t f16) { return _cvtsh_ss(f16); }

INLINE void store_f16(uint16_t *p, vector v) {
    _mm256_storeu_si256((void *)p, _mm512_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}

INLINE vector load_bytes(const int8_t *p) {
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const void *)p)));
}

// (p[0], p[0], p[1], p[1], ...)
INLINE vector load_doubled(const float *p) {
    return _mm512_permutexvar_ps(_mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7),
                                 _mm512_castps256_ps512(_mm256_loadu_ps(p)));
}

INLINE vector swap_neighbours(vector v) { return _mm512_permute_ps(v, 0xb1); }

// a * b - c in even lanes, a * b + c in odd ones
INLINE vector subtract_and_add(vector a, vector b, vector c) { return _mm512_fmaddsub_ps(a, b, c); }

// Negative infinity in all lanes but the first `count`, which may be negative or more than there are.
INLINE vector keep_first(vector v, ptrdiff_t count) {
    __mmask16 kept = count >= LANES ? 0xffff : count > 0 ? (__mmask16)((1u << count) - 1) : 0;
    return _mm512_mask_mov_ps(_mm512_set1_ps(-__builtin_inff()), kept, v);
}

INLINE float first_of(vector v) { return v[0]; }

INLINE float sum_of(vector v) { return _mm512_reduce_add_ps(v); }

INLINE float largest_of(vector v) { return _mm512_reduce_max_ps(v); }

// 2^x for x of at most 0 by the polynomial of the Cephes library (exp2f, public domain); 0 below -126.5.
INLINE vector power_of_two(vector x) {
    __m512 n = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 r = _mm512_sub_ps(x, n);
    __m512 p = _mm512_fmadd_ps(_mm512_set1_ps(1.535336188319500e-4f), r, _mm512_set1_ps(1.339887440266574e-3f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(9.618437357674640e-3f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.550332471162809e-2f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(2.402264791363012e-1f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(6.931472028550421e-1f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f));
    // Not less than: NaN stays NaN.
    __mmask16 counts = _mm512_cmp_ps_mask(x, _mm512_set1_ps(-126.5f), _CMP_NLT_UQ);
    return _mm512_maskz_scalef_ps(counts, p, n);
}

#include "AttentionVectors.h"

#pragma clang attribute pop
#endif
