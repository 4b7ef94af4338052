// Activations as integers, over vectors of LANES. Part of VectorProductTable.h, which see.

// Writes `count` values, all in one group, as integers; returns their scale. Numbers from `present` on are zeros.
INLINE float quantize_group(const float *x, ptrdiff_t present, const int count, int8_t *values) {
    // As integers, the bits of absolute values are in the order of the numbers, with NaN at the end.
    integers largest = 0;
    for (int i = 0; i < count; i += LANES) {
        integers bits = (integers)load_part(x + i, within(present - i)) & 0x7FFFFFFF;
        largest = __builtin_elementwise_max(largest, bits);
    }
    int top = __builtin_reduce_max(largest);
    float limit, inverse;
    memcpy(&limit, &top, sizeof limit);
    inverse = 127.0f / limit;
    // Numbers so small that the factor is infinite count as zeros, as do all with one that is not finite among them.
    int as_zeros = top >= 0x7F800000 || inverse > 3.4e38f;
    for (int i = 0; i < count; i += LANES) {
        vector scaled = as_zeros ? (vector)(0.0f) : load_part(x + i, within(present - i)) * inverse;
        store_bytes(values + i, rounded(scaled));
    }
    return top >= 0x7F800000 ? __builtin_nanf("") : limit / 127.0f;
}

INLINE int sum_of_values(const int8_t *values, const int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum += values[i];
    return sum;
}

static void vector_quantize(const float *x, ptrdiff_t depth, ck_activation_format format, ck_activation_block *blocks,
                            ptrdiff_t stride) {
    for (ptrdiff_t k = 0; k < depth; k += CK_ACTIVATION_BLOCK, blocks += stride) {
        memset(blocks->corrections, 0, sizeof *blocks - sizeof blocks->values);
        if (format == CK_ACTIVATIONS_SHARED_BY_32) {
            for (int i = 0; i < 8; i++) {
                int8_t *values = blocks->values + 32 * i;
                blocks->scales[i] = quantize_group(x + k + 32 * i, depth - k - 32 * i, 32, values);
                blocks->corrections[i] = -OFFSET_BY_32 * sum_of_values(values, 32);
            }
        } else {
            float scale = quantize_group(x + k, depth - k, 256, blocks->values);
            for (int i = 0; i < 8; i++) {
                int even = sum_of_values(blocks->values + 32 * i, 16);
                int odd = sum_of_values(blocks->values + 32 * i + 16, 16);
                blocks->scales[i] = scale;
                blocks->sums[i] = (int16_t)(even + odd);
                blocks->corrections[2 * i] = -OFFSET_BY_256 * even;
                blocks->corrections[2 * i + 1] = -OFFSET_BY_256 * odd;
            }
        }
    }
}
