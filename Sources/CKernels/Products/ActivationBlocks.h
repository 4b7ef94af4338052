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

// Sums of 16 values each: of groups 0, 2, 4 and 6 to even, of the others to odd.
INLINE void sum_128_values(const int8_t *values, int *even, int *odd) {
    const __m256i ones = _mm256_set1_epi8(1), pairs = _mm256_set1_epi16(1);
    __m256i fours[4];
    UNROLL for (int i = 0; i < 4; i++) {
        __m256i v = _mm256_loadu_si256((const void *)(values + 32 * i));
        fours[i] = _mm256_madd_epi16(_mm256_maddubs_epi16(ones, v), pairs);
    }
    __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(fours[0], fours[1]), _mm256_hadd_epi32(fours[2], fours[3]));
    _mm_storeu_si128((void *)even, _mm256_castsi256_si128(sums));
    _mm_storeu_si128((void *)odd, _mm256_extracti128_si256(sums, 1));
}

static void vector_quantize(const float *x, ptrdiff_t depth, ck_activation_format format, ck_activation_block *blocks,
                            ptrdiff_t stride) {
    const int by_32 = format == CK_ACTIVATIONS_SHARED_BY_32;
    for (ptrdiff_t k = 0; k < depth; k += CK_ACTIVATION_BLOCK, blocks += stride) {
        if (by_32) {
            for (int i = 0; i < 8; i++)
                blocks->scales[i] = quantize_group(x + k + 32 * i, depth - k - 32 * i, 32, blocks->values + 32 * i);
        } else {
            float scale = quantize_group(x + k, depth - k, 256, blocks->values);
            for (int i = 0; i < 8; i++) blocks->scales[i] = scale;
        }
        int even[8], odd[8];
        sum_128_values(blocks->values, even, odd);
        sum_128_values(blocks->values + 128, even + 4, odd + 4);
        for (int i = 0; i < 8; i++) {
            int sum = even[i] + odd[i];
            blocks->sums[i] = (int16_t)(by_32 ? 0 : sum);
            if (by_32) {
                blocks->corrections[i] = -OFFSET_BY_32 * sum;
                blocks->corrections[8 + i] = 0;
            } else {
                blocks->corrections[2 * i] = -OFFSET_BY_256 * even[i];
                blocks->corrections[2 * i + 1] = -OFFSET_BY_256 * odd[i];
            }
        }
    }
}
