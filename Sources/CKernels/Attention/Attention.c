// Choice of an implementation, and how keys, values and queries are laid out.
#include "AttentionTables.h"

const ck_attention *ck_attention_for(ck_implementation implementation) {
    switch (implementation) {
    case CK_PLAIN:
        return &ck_plain_attention;
#if defined(__x86_64__)
    case CK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")
                   ? &ck_avx2_attention
                   : NULL;
    case CK_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                       __builtin_cpu_supports("fma")
                   ? &ck_avx512_attention
                   : NULL;
#endif
    default:
        return NULL;
    }
}

const ck_attention *ck_attention_best(void) {
    const ck_attention *best = ck_attention_for(CK_AVX512);
    if (best == NULL) best = ck_attention_for(CK_AVX2);
    return best != NULL ? best : &ck_plain_attention;
}

void ck_pack_query(const float *query, float factor, ptrdiff_t dimension, float *packed) {
    for (ptrdiff_t i = 0; i < dimension; i++) packed[i * CK_PACKED_QUERIES] = query[i] * factor;
}

void ck_put_key_f32(const float *key, ptrdiff_t dimension, float *keys) {
    for (ptrdiff_t i = 0; i < dimension; i++) keys[i * CK_BLOCK_KEYS] = key[i];
}

void ck_put_key_f16(const ck_attention *kernels, const float *key, ptrdiff_t dimension, uint16_t *keys) {
    uint16_t part[64];
    for (ptrdiff_t first = 0; first < dimension; first += 64) {
        ptrdiff_t count = dimension - first < 64 ? dimension - first : 64;
        kernels->to_f16(key + first, part, count);
        for (ptrdiff_t i = 0; i < count; i++) keys[(first + i) * CK_BLOCK_KEYS] = part[i];
    }
}

// Rounds CK_CACHE_SCALED numbers to multiples of a scale, which is returned as binary16. As in ggml the largest
// magnitude becomes 127, but the multiples are of the scale as it is stored.
static uint16_t quantize(const ck_attention *kernels, const float *x, int8_t *y) {
    float largest = 0;
    for (int i = 0; i < CK_CACHE_SCALED; i++) {
        float magnitude = x[i] < 0 ? -x[i] : x[i];
        // Written so that NaN stays: it becomes the scale, and all numbers of the block NaN.
        largest = largest > magnitude ? largest : magnitude;
        if (x[i] != x[i]) {
            largest = x[i];
            break;
        }
    }
    float scale = largest / 127;
    uint16_t stored;
    kernels->to_f16(&scale, &stored, 1);
    kernels->from_f16(&stored, &scale, 1);
    float inverse = scale > 0 ? 1 / scale : 0;
    for (int i = 0; i < CK_CACHE_SCALED; i++) {
        float scaled = x[i] * inverse;
        scaled = scaled > 127 ? 127 : scaled > -127 ? scaled : -127;
        y[i] = (int8_t)__builtin_rintf(scaled);
    }
    return stored;
}

void ck_put_key_q8(const ck_attention *kernels, const float *key, ptrdiff_t dimension, int8_t *keys,
                   uint16_t *scales) {
    for (ptrdiff_t first = 0; first < dimension; first += CK_CACHE_SCALED) {
        int8_t part[CK_CACHE_SCALED];
        scales[first / CK_CACHE_SCALED * CK_BLOCK_KEYS] = quantize(kernels, key + first, part);
        for (int i = 0; i < CK_CACHE_SCALED; i++) keys[(first + i) * CK_BLOCK_KEYS] = part[i];
    }
}

void ck_put_value_q8(const ck_attention *kernels, const float *value, ptrdiff_t dimension, int8_t *values,
                     uint16_t *scales) {
    for (ptrdiff_t first = 0; first < dimension; first += CK_CACHE_SCALED)
        scales[first / CK_CACHE_SCALED] = quantize(kernels, value + first, values + first);
}
