// Primitives that are the same for AVX2 and AVX-512. Included once for each of them.

// Eight numbers of y, or fewer.
INLINE eight load_eight(const float *p) { return _mm256_loadu_ps(p); }

INLINE void store_eight(float *p, eight v) { _mm256_storeu_ps(p, v); }

INLINE __m256i mask_of_eight(ptrdiff_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

INLINE eight load_part_of_eight(const float *p, ptrdiff_t count) {
    return _mm256_maskload_ps(p, mask_of_eight(count));
}

INLINE void store_part_of_eight(float *p, eight v, ptrdiff_t count) {
    _mm256_maskstore_ps(p, mask_of_eight(count), v);
}

// The 16-bit floats at an offset of eight rows. Inserted one by one: reading what was just written in parts is slow.
INLINE __m128i eight_halves(const uint8_t *const *rows, ptrdiff_t offset) {
    typedef short shorts __attribute__((ext_vector_type(8)));
    shorts values = 0;
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
        short value;
        memcpy(&value, rows[i] + offset, sizeof value);
        values[i] = value;
    }
    return (__m128i)values;
}
