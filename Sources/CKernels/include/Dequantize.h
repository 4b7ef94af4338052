// Weights in blocks with shared scales, as ggml stores them, back to floats.
#ifndef CKERNELS_DEQUANTIZE_H
#define CKERNELS_DEQUANTIZE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How the weights of one type are stored. Numbers are little endian, at any address.
typedef struct ck_block_format {
    // Weights and bytes of a block. Single numbers are blocks of one weight.
    ptrdiff_t weights;
    ptrdiff_t bytes;

    // Where in a block the 16 bits lie that hold the exponent of a scale, and the bits of the exponent in them.
    int scale_count;
    int scale_offsets[2];
    uint16_t exponent_mask;

    // Writes the weights of `count` blocks, with the sequence of roundings that ggml has: results agree bit by bit.
    void (*_Nonnull dequantize)(const uint8_t *_Nonnull blocks, ptrdiff_t count, float *_Nonnull weights);
} ck_block_format;

// The format of a type by its number in ggml.h (enum ggml_type), or NULL for types that have no kernel here.
const ck_block_format *_Nullable ck_block_format_for(uint32_t type);

// The first of `count` blocks that has an infinite or NaN scale; -1 if there is none.
ptrdiff_t ck_first_non_finite_scale(const ck_block_format *_Nonnull format, const uint8_t *_Nonnull blocks,
                                    ptrdiff_t count);

#ifdef __cplusplus
}
#endif
#endif
