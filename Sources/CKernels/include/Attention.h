// Attention by blocks of keys, rotation of heads, and the number formats of the key-value cache; each in plain C, AVX2
// and AVX-512.
//
// Keys are taken in blocks of CK_BLOCK_KEYS, with a running maximum and sum from block to block (Milakov and
// Gimelshein, "Online normalizer calculation for softmax", 2018; Dao and others, "FlashAttention", 2022). What comes
// out for a query is the same sequence of operations whichever other queries are in the call, and whichever keys it
// does not see stand behind those that it sees.
#ifndef CKERNELS_ATTENTION_H
#define CKERNELS_ATTENTION_H

#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#ifdef __cplusplus
extern "C" {
#endif

// Keys of a block; queries that are packed together; neighbouring numbers of a head that share a scale in Q8_0.
enum { CK_BLOCK_KEYS = 128, CK_PACKED_QUERIES = 12, CK_CACHE_SCALED = 32 };

// Queries of one key-value head, and what is known of them after the blocks so far.
typedef struct ck_attention_panel {
    ptrdiff_t queries;
    ptrdiff_t dimension;

    // (queries / CK_PACKED_QUERIES rounded up, dimension, CK_PACKED_QUERIES), by ck_pack_query
    const float *_Nonnull packed;

    // (queries): the largest score, in powers of two, and the sum of the weights relative to it. Negative infinity
    // and 0 before the first block, in which every query must see at least one key.
    float *_Nonnull largest;
    float *_Nonnull sums;

    // (queries, dimension): the weighted sum of the values, which `sums` divides in the end; 0 before the first block.
    float *_Nonnull output;

    // Scratch: (queries, CK_BLOCK_KEYS) and (queries).
    float *_Nonnull scores;
    float *_Nonnull factors;
} ck_attention_panel;

// How the keys and values of a block are stored: IEEE binary32 or binary16.
typedef enum ck_numbers { CK_NUMBERS_F32, CK_NUMBERS_F16 } ck_numbers;

// One implementation. Whole vectors are read: 64 numbers behind the end of values must be readable.
typedef struct ck_attention {
    const char *_Nonnull name;

    // Adds the block of keys (dimension, CK_BLOCK_KEYS) and values (CK_BLOCK_KEYS, dimension), of which `count` are
    // there. The first query sees `visible` of them, which may be 0, negative or more than `count`; after each `group`
    // queries the next see one more. With a group of 0 all see the same.
    // Numbers of 16 bits give what they give as floats; they pay where there are few queries.
    void (*_Nonnull attend)(const ck_attention_panel *_Nonnull panel, const void *_Nonnull keys,
                            const void *_Nonnull values, ck_numbers kind, ptrdiff_t count, ptrdiff_t visible,
                            ptrdiff_t group);

    // Rotates the pairs (x[i], x[i + half]) by the angles whose cosines and sines are given, in place.
    void (*_Nonnull rotate_halves)(float *_Nonnull x, const float *_Nonnull cosines, const float *_Nonnull sines,
                                   ptrdiff_t half);

    // The same for the pairs (x[2 * i], x[2 * i + 1]).
    void (*_Nonnull rotate_adjacent)(float *_Nonnull x, const float *_Nonnull cosines, const float *_Nonnull sines,
                                     ptrdiff_t half);

    // IEEE binary16, rounded to nearest even; what is too large becomes the largest finite number. NaN stays NaN, and
    // all other numbers are the same bits in all implementations.
    void (*_Nonnull to_f16)(const float *_Nonnull x, uint16_t *_Nonnull y, ptrdiff_t count);
    void (*_Nonnull from_f16)(const uint16_t *_Nonnull x, float *_Nonnull y, ptrdiff_t count);

    // Q8_0 back to floats: the first `count` columns of keys (dimension, CK_BLOCK_KEYS), rounded up to whole vectors,
    // with scales (dimension / CK_CACHE_SCALED, CK_BLOCK_KEYS); `count` numbers of values in a row. Exact.
    void (*_Nonnull widen_keys_q8)(const int8_t *_Nonnull x, const uint16_t *_Nonnull scales, ptrdiff_t dimension,
                                   ptrdiff_t count, float *_Nonnull y);
    void (*_Nonnull widen_values_q8)(const int8_t *_Nonnull x, const uint16_t *_Nonnull scales, ptrdiff_t count,
                                     float *_Nonnull y);
} ck_attention;

// The named implementation, or NULL if this processor or build does not have it. CK_PLAIN always exists.
const ck_attention *_Nullable ck_attention_for(ck_implementation implementation);

// The fastest implementation that this processor has.
const ck_attention *_Nonnull ck_attention_best(void);

// Puts a query (dimension) times a factor at its place among those packed together: packed (dimension,
// CK_PACKED_QUERIES) from the place on. The factor makes scores powers of two: log2(e) / sqrt(dimension).
void ck_pack_query(const float *_Nonnull query, float factor, ptrdiff_t dimension, float *_Nonnull packed);

// Puts a key (dimension) into a column of a block (dimension, CK_BLOCK_KEYS), `keys` being the column's first number.
void ck_put_key_f32(const float *_Nonnull key, ptrdiff_t dimension, float *_Nonnull keys);
void ck_put_key_f16(const ck_attention *_Nonnull kernels, const float *_Nonnull key, ptrdiff_t dimension,
                    uint16_t *_Nonnull keys);

// The same as Q8_0, with scales (dimension / CK_CACHE_SCALED, CK_BLOCK_KEYS) as binary16.
void ck_put_key_q8(const ck_attention *_Nonnull kernels, const float *_Nonnull key, ptrdiff_t dimension,
                   int8_t *_Nonnull keys, uint16_t *_Nonnull scales);

// Writes a value (dimension) as Q8_0: numbers (dimension), scales (dimension / CK_CACHE_SCALED) as binary16.
void ck_put_value_q8(const ck_attention *_Nonnull kernels, const float *_Nonnull value, ptrdiff_t dimension,
                     int8_t *_Nonnull values, uint16_t *_Nonnull scales);

#ifdef __cplusplus
}
#endif
#endif
