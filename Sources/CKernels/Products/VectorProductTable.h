// The products over vectors of LANES floats. Included once for each instruction set, after its primitives.
// No include guard: each inclusion defines another table.

#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vector fma_of(vector a, vector b, vector c) { return __builtin_elementwise_fma(a, b, c); }

// How many lanes of a vector are in use when `rest` numbers are left.
INLINE ptrdiff_t within(ptrdiff_t rest) { return rest < 0 ? 0 : rest < LANES ? rest : LANES; }

// y = or += value * scale
INLINE void add_scaled(vector value, float scale, float *y, ptrdiff_t rest, int accumulate) {
    ptrdiff_t count = within(rest);
    vector start = accumulate ? load_part(y, count) : (vector)(0.0f);
    store_part(y, fma_of(value, (vector)(scale), start), count);
}

// Bytes of activations that are kept in the second-level cache beside the weights.
enum { MOST_CACHED_BYTES = 512 << 10 };

// Asks for what will be read soon: all cache lines that begin there.
INLINE void prefetch(const void *p, ptrdiff_t length) {
    for (ptrdiff_t at = -(ptrdiff_t)((uintptr_t)p & 63) & 63; at < length; at += 64)
        __builtin_prefetch((const char *)p + at, 0, 2);
}

#include "ActivationBlocks.h"
#include "FloatProducts.h"
#include "WeightPanel.h"
#include "IntegerProducts.h"

static void vector_multiply(const ck_product *p) {
    switch (p->type) {
    case TYPE_F32:
        return multiply_f32(p);
    case TYPE_F16:
        return multiply_f16(p);
    case TYPE_BF16:
        return multiply_bf16(p);
    case TYPE_Q4_0:
        return multiply_q4_0(p);
    case TYPE_Q8_0:
        return multiply_q8_0(p);
    case TYPE_Q4_K:
        return multiply_q4_k(p);
    case TYPE_Q5_K:
        return multiply_q5_k(p);
    case TYPE_Q6_K:
        return multiply_q6_k(p);
    default:
        return multiply_dequantized(p);
    }
}

const ck_products TABLE = {.name = TABLE_NAME, .quantize = vector_quantize, .multiply = vector_multiply};
