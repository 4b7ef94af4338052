// What writes the types that take no search.
#ifndef CKERNELS_QUANTIZE_BLOCKS_H
#define CKERNELS_QUANTIZE_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

// Writes `count` blocks.
typedef void (*ck_block_writer)(const float *weights, ptrdiff_t count, uint8_t *blocks);

// Of single numbers and blocks of 32 weights; NULL for other types.
ck_block_writer ck_block_writer_for(uint32_t type);

#endif
