// AVX-512 and VNNI primitives of products; what is built on them is in VectorProductTable.h.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "ProductTables.h"

#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,f16c"))), apply_to = function)

#define LANES 16
#define VECTORS 2
#define BLOCK_ROWS 6
#define SIGNED_PANEL 0
#define TABLE ck_avx512_products
#define TABLE_NAME "avx512"
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((ext_vector_type(16)));
typedef int integers __attribute__((ext_vector_type(16)));
typedef float eight __attribute__((ext_vector_type(8)));
typedef signed char bytes __attribute__((ext_vector_type(64)));

INLINE __mmask16 mask_for(ptrdiff_t count) { return (__mmask16)((1u << count) - 1); }

INLINE vector load(const void *p) { return _mm512_loadu_ps(p); }

INLINE vector load_part(const void *p, ptrdiff_t count) { return _mm512_maskz_loadu_ps(mask_for(count), p); }

INLINE void store(float *p, vector v) { _mm512_storeu_ps(p, v); }

INLINE void store_part(float *p, vector v, ptrdiff_t count) { _mm512_mask_storeu_ps(p, mask_for(count), v); }

INLINE vector widen(__m256i upper_halves) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(upper_halves), 16));
}

INLINE vector load_bf16(const void *p) { return widen(_mm256_loadu_si256(p)); }

INLINE vector load_bf16_part(const void *p, ptrdiff_t count) {
    return widen(_mm256_maskz_loadu_epi16(mask_for(count), p));
}

INLINE vector load_f16(const void *p) { return _mm512_cvtph_ps(_mm256_loadu_si256(p)); }

INLINE vector load_f16_part(const void *p, ptrdiff_t count) {
    return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(mask_for(count), p));
}

// The numbers in the lower halves of the lanes.
INLINE vector from_half(integers halves) { return _mm512_cvtph_ps(_mm512_cvtepi32_epi16((__m512i)halves)); }

// The sums of eight vectors, each as ((0+8)+(4+12)) + ((2+10)+(6+14)) + the same of the odd lanes.
INLINE eight sums_of(const vector *v) {
    __m512 s[4], t[2];
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++)
        s[i] = _mm512_add_ps(_mm512_shuffle_f32x4(v[i], v[i + 4], 0x44), _mm512_shuffle_f32x4(v[i], v[i + 4], 0xee));
#pragma clang loop unroll(full)
    for (int i = 0; i < 2; i++)
        t[i] = _mm512_add_ps(_mm512_shuffle_f32x4(s[2 * i], s[2 * i + 1], 0x88),
                             _mm512_shuffle_f32x4(s[2 * i], s[2 * i + 1], 0xdd));
    // Four lanes each of 0 4 1 5 and of 2 6 3 7.
    __m512 sums = _mm512_add_ps(_mm512_shuffle_ps(t[0], t[1], 0x44), _mm512_shuffle_ps(t[0], t[1], 0xee));
    sums = _mm512_add_ps(sums, _mm512_permute_ps(sums, 0xb1));
    const __m512i order = _mm512_setr_epi32(0, 8, 2, 10, 4, 12, 6, 14, 0, 0, 0, 0, 0, 0, 0, 0);
    return _mm512_castps512_ps256(_mm512_permutexvar_ps(order, sums));
}

INLINE integers broadcast(const void *p) {
    int value;
    memcpy(&value, p, sizeof value);
    return (integers)(value);
}

// To the nearest integer, halves to even.
INLINE integers rounded(vector v) { return (integers)_mm512_cvtps_epi32(v); }

INLINE void store_bytes(int8_t *to, integers v) {
    _mm_storeu_si128((void *)to, _mm512_cvtepi32_epi8((__m512i)v));
}

#include "ProductPrimitives.h"

// Sixteen bytes of each of sixteen rows, transposed: lane r of to[i] holds bytes 4 * i to 4 * i + 3 of row r.
INLINE void columns(const uint8_t *const *rows, ptrdiff_t offset, integers *to) {
    __m512i t[4], u[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        __m256i low = _mm256_castsi128_si256(_mm_loadu_si128((const void *)(rows[i] + offset)));
        __m256i high = _mm256_castsi128_si256(_mm_loadu_si128((const void *)(rows[i + 8] + offset)));
        low = _mm256_inserti128_si256(low, _mm_loadu_si128((const void *)(rows[i + 4] + offset)), 1);
        high = _mm256_inserti128_si256(high, _mm_loadu_si128((const void *)(rows[i + 12] + offset)), 1);
        t[i] = _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
    }
    u[0] = _mm512_unpacklo_epi32(t[0], t[1]);
    u[1] = _mm512_unpackhi_epi32(t[0], t[1]);
    u[2] = _mm512_unpacklo_epi32(t[2], t[3]);
    u[3] = _mm512_unpackhi_epi32(t[2], t[3]);
    to[0] = (integers)_mm512_unpacklo_epi64(u[0], u[2]);
    to[1] = (integers)_mm512_unpackhi_epi64(u[0], u[2]);
    to[2] = (integers)_mm512_unpacklo_epi64(u[1], u[3]);
    to[3] = (integers)_mm512_unpackhi_epi64(u[1], u[3]);
}

// The 16-bit float at an offset of each row.
INLINE vector halves(const uint8_t *const *rows, ptrdiff_t offset) {
    return _mm512_cvtph_ps(_mm256_set_m128i(eight_halves(rows + 8, offset), eight_halves(rows, offset)));
}

// Signed bytes as unsigned ones, 128 larger.
INLINE integers from_signed(integers values) { return values ^ (integers)(int)0x80808080; }

// Sums of the products of two pairs of 16-bit integers.
INLINE integers multiply_pairs(integers a, integers b) {
    return (integers)_mm512_madd_epi16((__m512i)a, (__m512i)b);
}

INLINE void add_dots(const int rows, const int steps, const int largest, const integers (*values)[VECTORS],
                     const void *x, ptrdiff_t x_stride, integers (*dots)[VECTORS]) {
    (void)largest;
#pragma clang loop unroll(full)
    for (int step = 0; step < steps; step++) {
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            integers four = broadcast((const char *)x + row * x_stride + 4 * step);
#pragma clang loop unroll(full)
            for (int v = 0; v < VECTORS; v++)
                dots[row][v] = (integers)_mm512_dpbusd_epi32((__m512i)dots[row][v], (__m512i)values[step][v],
                                                             (__m512i)four);
        }
    }
}

#include "VectorProductTable.h"

#pragma clang attribute pop
#endif
