// AVX2 primitives of products; what is built on them is in VectorProductTable.h.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "ProductTables.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#define LANES 8
#define VECTORS 1
#define BLOCK_ROWS 4
#define SIGNED_PANEL 1
#define TABLE ck_avx2_products
#define TABLE_NAME "avx2"
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((ext_vector_type(8)));
typedef int integers __attribute__((ext_vector_type(8)));
typedef float eight __attribute__((ext_vector_type(8)));
typedef signed char bytes __attribute__((ext_vector_type(32)));

INLINE __m256i mask_for(ptrdiff_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

INLINE vector load(const void *p) { return _mm256_loadu_ps(p); }

INLINE vector load_part(const void *p, ptrdiff_t count) { return _mm256_maskload_ps(p, mask_for(count)); }

INLINE void store(float *p, vector v) { _mm256_storeu_ps(p, v); }

INLINE void store_part(float *p, vector v, ptrdiff_t count) { _mm256_maskstore_ps(p, mask_for(count), v); }

INLINE __m128i load_halves_part(const void *p, ptrdiff_t count) {
    unsigned short values[8] = {0};
    memcpy(values, p, 2 * (size_t)count);
    return _mm_loadu_si128((const void *)values);
}

INLINE vector widen(__m128i upper_halves) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(upper_halves), 16));
}

INLINE vector load_bf16(const void *p) { return widen(_mm_loadu_si128(p)); }

INLINE vector load_bf16_part(const void *p, ptrdiff_t count) { return widen(load_halves_part(p, count)); }

INLINE vector load_f16(const void *p) { return _mm256_cvtph_ps(_mm_loadu_si128(p)); }

INLINE vector load_f16_part(const void *p, ptrdiff_t count) { return _mm256_cvtph_ps(load_halves_part(p, count)); }

// The numbers in the lower halves of the lanes; the upper halves are zeros.
INLINE vector from_half(integers halves) {
    __m256i packed = _mm256_packus_epi32((__m256i)halves, _mm256_setzero_si256());
    return _mm256_cvtph_ps(_mm256_castsi256_si128(_mm256_permute4x64_epi64(packed, 0x08)));
}

// The sums of eight vectors, each as ((0+4)+(2+6)) + ((1+5)+(3+7)).
INLINE eight sums_of(const vector *v) {
    __m256 s[4], t[2];
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++)
        s[i] = _mm256_add_ps(_mm256_permute2f128_ps(v[i], v[i + 4], 0x20),
                             _mm256_permute2f128_ps(v[i], v[i + 4], 0x31));
#pragma clang loop unroll(full)
    for (int i = 0; i < 2; i++)
        t[i] = _mm256_add_ps(_mm256_shuffle_ps(s[2 * i], s[2 * i + 1], 0x44),
                             _mm256_shuffle_ps(s[2 * i], s[2 * i + 1], 0xee));
    return _mm256_add_ps(_mm256_shuffle_ps(t[0], t[1], 0x88), _mm256_shuffle_ps(t[0], t[1], 0xdd));
}

INLINE integers broadcast(const void *p) {
    int value;
    memcpy(&value, p, sizeof value);
    return (integers)(value);
}

// To the nearest integer, halves to even.
INLINE integers rounded(vector v) { return (integers)_mm256_cvtps_epi32(v); }

INLINE void store_bytes(int8_t *to, integers v) {
    __m128i words = _mm_packs_epi32(_mm256_castsi256_si128((__m256i)v), _mm256_extracti128_si256((__m256i)v, 1));
    _mm_storel_epi64((void *)to, _mm_packs_epi16(words, words));
}

#include "ProductPrimitives.h"

// Sixteen bytes of each of eight rows, transposed: lane r of to[i] holds bytes 4 * i to 4 * i + 3 of row r.
INLINE void columns(const uint8_t *const *rows, ptrdiff_t offset, integers *to) {
    __m256i t[4], u[4];
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        t[i] = _mm256_castsi128_si256(_mm_loadu_si128((const void *)(rows[i] + offset)));
        t[i] = _mm256_inserti128_si256(t[i], _mm_loadu_si128((const void *)(rows[i + 4] + offset)), 1);
    }
    u[0] = _mm256_unpacklo_epi32(t[0], t[1]);
    u[1] = _mm256_unpackhi_epi32(t[0], t[1]);
    u[2] = _mm256_unpacklo_epi32(t[2], t[3]);
    u[3] = _mm256_unpackhi_epi32(t[2], t[3]);
    to[0] = (integers)_mm256_unpacklo_epi64(u[0], u[2]);
    to[1] = (integers)_mm256_unpackhi_epi64(u[0], u[2]);
    to[2] = (integers)_mm256_unpacklo_epi64(u[1], u[3]);
    to[3] = (integers)_mm256_unpackhi_epi64(u[1], u[3]);
}

// The 16-bit float at an offset of each row.
INLINE vector halves(const uint8_t *const *rows, ptrdiff_t offset) {
    return _mm256_cvtph_ps(eight_halves(rows, offset));
}

INLINE integers from_signed(integers values) { return values; }

// Sums of the products of two pairs of 16-bit integers.
INLINE integers multiply_pairs(integers a, integers b) {
    return (integers)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

// Adds the dot products of 4 * steps weights with as many activations of each row.
//
// _mm256_maddubs_epi16 sums two products of an unsigned and a signed byte, at most 2 * 127 * largest, to 16 bits. As
// many of these sums as stay below 2^15 are added before they are widened: 8 for 15, 4 for 31, 2 for 63. Signed weights
// (largest < 0) lend their sign to the activation, and 2 * 127 * 128 = 32512 leaves room for one sum alone.
INLINE void add_dots(const int rows, const int steps, const int largest, const integers (*values)[VECTORS],
                     const void *x, ptrdiff_t x_stride, integers (*dots)[VECTORS]) {
    const int safe = largest < 0 ? 1 : 32767 / (2 * 127 * largest);
    const int together = safe < steps ? safe : steps;
    const __m256i ones = _mm256_set1_epi16(1);
#pragma clang loop unroll(full)
    for (int first = 0; first < steps; first += together) {
        __m256i sums[BLOCK_ROWS];
#pragma clang loop unroll(full)
        for (int step = first; step < first + together; step++) {
            __m256i w = (__m256i)values[step][0], size = largest < 0 ? _mm256_abs_epi8(w) : w;
#pragma clang loop unroll(full)
            for (int row = 0; row < rows; row++) {
                __m256i four = (__m256i)broadcast((const char *)x + row * x_stride + 4 * step);
                __m256i pairs = _mm256_maddubs_epi16(size, largest < 0 ? _mm256_sign_epi8(four, w) : four);
                sums[row] = step == first ? pairs : _mm256_add_epi16(sums[row], pairs);
            }
        }
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++)
            dots[row][0] += (integers)_mm256_madd_epi16(sums[row], ones);
    }
}

#include "VectorProductTable.h"

#pragma clang attribute pop
#endif
