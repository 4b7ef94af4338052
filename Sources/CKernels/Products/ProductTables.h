// What the implementations of products share.
#ifndef CK_PRODUCTS_INTERNAL_H
#define CK_PRODUCTS_INTERNAL_H

#include "include/Dequantize.h"
#include "include/Products.h"

// The numbers of enum ggml_type that products treat apart; all others are dequantised.
enum {
    TYPE_F32 = 0,
    TYPE_F16 = 1,
    TYPE_Q4_0 = 2,
    TYPE_Q8_0 = 8,
    TYPE_Q4_K = 12,
    TYPE_Q5_K = 13,
    TYPE_Q6_K = 14,
    TYPE_BF16 = 30,
    TYPE_OTHER = 1000
};

// Terms of float products that are summed before they are added to the result. A multiple of all block lengths.
enum { DEPTH_BLOCK = 512 };

// Offsets that are taken from stored weights (see ck_activation_block).
enum { OFFSET_BY_32 = 128, OFFSET_BY_256 = 32 };

extern const ck_products ck_plain_products;
#if defined(__x86_64__)
extern const ck_products ck_avx2_products;
extern const ck_products ck_avx512_products;
#endif

#endif
