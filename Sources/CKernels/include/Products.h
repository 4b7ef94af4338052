// Products of activations with weights as files store them: y = x * w^T, in plain C, AVX2 and AVX-512.
//
// One number of y is always computed by the same sequence of operations, whatever else the call computes: a row gives
// the same bits alone and among a thousand others, and the outputs may be split between calls in any way.
#ifndef CKERNELS_PRODUCTS_H
#define CKERNELS_PRODUCTS_H

#include <stdint.h>

#include "CKernels.h"

#ifdef __cplusplus
extern "C" {
#endif

// How activations enter a product: as floats, or as eight-bit integers that share a scale, 32 or 256 of them.
typedef enum ck_activation_format {
    CK_ACTIVATIONS_FLOAT = 0,
    CK_ACTIVATIONS_SHARED_BY_32 = 1,
    CK_ACTIVATIONS_SHARED_BY_256 = 2
} ck_activation_format;

enum { CK_ACTIVATION_BLOCK = 256 };

// 256 activations as integers from -127 to 127 times scales. Numbers beyond the end of a row are zeros.
// A scale is NaN where one of its activations is infinite or NaN: so is every number that they lead to.
typedef struct ck_activation_block {
    int8_t values[CK_ACTIVATION_BLOCK];
    // What it costs that the weights are stored with an offset: minus the offset times the sum of a group's values.
    // Shared by 32: 8 groups of 32 values, offset 128. Shared by 256: 16 groups of 16 values, offset 32 (Q6_K).
    int32_t corrections[16];
    // One for each 32 values; eight times the same if it is shared by 256.
    float scales[8];
    // Sums of 32 values each; only if the scale is shared by 256.
    int16_t sums[8];
    // Up to a multiple of 64 bytes.
    int16_t padding[8];
} ck_activation_block;

// y (rows, outputs) = or += x (rows, depth) * w (outputs, depth)^T.
typedef struct ck_product {
    // The type of the weights by its number in ggml.h (enum ggml_type), and where they are, at any address.
    uint32_t type;
    const void *_Nonnull weights;
    ptrdiff_t weight_stride_bytes;
    ptrdiff_t outputs;
    // A whole number of the type's blocks.
    ptrdiff_t depth;

    // Floats if the type takes them: row r starts at x + r * x_stride.
    const float *_Nullable x;
    // Otherwise blocks: block b of row r is x_blocks[b * x_stride + r].
    const ck_activation_block *_Nullable x_blocks;
    ptrdiff_t x_stride;
    ptrdiff_t rows;

    float *_Nonnull y;
    ptrdiff_t y_stride;
    int accumulate;
} ck_product;

typedef struct ck_products {
    const char *_Nonnull name;

    // Writes the blocks of one row of `depth` activations, `stride` blocks apart. `format` is not FLOAT.
    void (*_Nonnull quantize)(const float *_Nonnull x, ptrdiff_t depth, ck_activation_format format,
                              ck_activation_block *_Nonnull blocks, ptrdiff_t stride);

    // Needs about 32 KB of stack.
    void (*_Nonnull multiply)(const ck_product *_Nonnull product);
} ck_products;

// How activations must be given to weights of this type.
ck_activation_format ck_activation_format_for(uint32_t type);

// The products of the named implementation, or NULL if this processor or build does not have it.
const ck_products *_Nullable ck_products_for(ck_implementation implementation);

// The products that go with a table of kernels.
const ck_products *_Nonnull ck_products_beside(const ck_kernels *_Nonnull kernels);

#ifdef __cplusplus
}
#endif
#endif
