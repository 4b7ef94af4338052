// The K types, field by field (ggml-common.h of github.com/ggml-org/ggml), and what writes each type.
#include "include/Quantize.h"

#include <string.h>

#include "Half.h"
#include "QuantizeBlocks.h"
#include "QuantizeFit.h"

static void put16(uint8_t *bytes, uint32_t value) {
    bytes[0] = (uint8_t)value;
    bytes[1] = (uint8_t)(value >> 8);
}

// Scales and minima of eight groups, 6 bits each in 12 bytes.
static void put_scales_and_minima(uint8_t *b, const ck_fit *fit) {
    for (int g = 0; g < 4; g++) {
        uint32_t scale = (uint8_t)fit->scales[g], minimum = (uint8_t)fit->minima[g];
        uint32_t next_scale = (uint8_t)fit->scales[g + 4], next_minimum = (uint8_t)fit->minima[g + 4];
        b[g] = (uint8_t)(scale | next_scale >> 4 << 6);
        b[g + 4] = (uint8_t)(minimum | next_minimum >> 4 << 6);
        b[g + 8] = (uint8_t)((next_scale & 15) | (next_minimum & 15) << 4);
    }
}

// Of 32 bytes, the low halves are a group and the high halves the next one.
static void put_low_halves(uint8_t *b, const int8_t *q) {
    for (int pair = 0; pair < 4; pair++, b += 32, q += 64)
        for (int i = 0; i < 32; i++) b[i] = (uint8_t)((q[i] & 15) | (q[i + 32] & 15) << 4);
}

// 2 bits of each weight: a byte has one of each of four runs of 32.
static void put_pairs_of_bits(uint8_t *b, const int8_t *q, int offset) {
    for (int part = 0; part < 2; part++, b += 32, q += 128)
        for (int i = 0; i < 32; i++) {
            uint32_t byte = 0;
            for (int run = 0; run < 4; run++) byte |= ((uint32_t)(q[32 * run + i] + offset) & 3) << 2 * run;
            b[i] = (uint8_t)byte;
        }
}

static void q2_k(const ck_fit *fit, uint8_t *b) {
    for (int g = 0; g < 16; g++) b[g] = (uint8_t)(fit->scales[g] | fit->minima[g] << 4);
    put_pairs_of_bits(b + 16, fit->weights, 0);
    put16(b + 80, fit->scale);
    put16(b + 82, fit->minimum);
}

static void q3_k(const ck_fit *fit, uint8_t *b) {
    memset(b, 0, 110);
    for (int i = 0; i < CK_SUPER_BLOCK; i++) b[i % 32] |= (uint8_t)((fit->weights[i] >= 0) << i / 32);
    put_pairs_of_bits(b + 32, fit->weights, 4);
    for (int g = 0; g < 16; g++) {
        uint32_t scale = (uint32_t)(fit->scales[g] + 32);
        b[96 + g % 8] |= (uint8_t)((scale & 15) << g / 8 * 4);
        b[104 + g % 4] |= (uint8_t)(scale >> 4 << g / 4 * 2);
    }
    put16(b + 108, fit->scale);
}

static void q4_k(const ck_fit *fit, uint8_t *b) {
    put16(b, fit->scale);
    put16(b + 2, fit->minimum);
    put_scales_and_minima(b + 4, fit);
    put_low_halves(b + 16, fit->weights);
}

static void q5_k(const ck_fit *fit, uint8_t *b) {
    put16(b, fit->scale);
    put16(b + 2, fit->minimum);
    put_scales_and_minima(b + 4, fit);
    memset(b + 16, 0, 32);
    for (int i = 0; i < CK_SUPER_BLOCK; i++) b[16 + i % 32] |= (uint8_t)(fit->weights[i] >> 4 << i / 32);
    put_low_halves(b + 48, fit->weights);
}

static void q6_k(const ck_fit *fit, uint8_t *b) {
    const int8_t *w = fit->weights;
    for (int part = 0; part < 2; part++, w += 128)
        for (int i = 0; i < 32; i++) {
            uint32_t q[4];
            for (int run = 0; run < 4; run++) q[run] = (uint32_t)(w[32 * run + i] + 32);
            b[64 * part + i] = (uint8_t)((q[0] & 15) | (q[2] & 15) << 4);
            b[64 * part + 32 + i] = (uint8_t)((q[1] & 15) | (q[3] & 15) << 4);
            b[128 + 32 * part + i] = (uint8_t)(q[0] >> 4 | q[1] >> 4 << 2 | q[2] >> 4 << 4 | q[3] >> 4 << 6);
        }
    memcpy(b + 192, fit->scales, 16);
    put16(b + 208, fit->scale);
}

typedef struct super_block {
    ck_fit_shape shape;
    int bytes;
    int has_minima;
    void (*write)(const ck_fit *fit, uint8_t *block);
} super_block;

// By the numbers of enum ggml_type, from Q2_K on.
enum { FIRST_SUPER_BLOCK = 10, SUPER_BLOCKS = 5 };
static const super_block super_blocks[SUPER_BLOCKS] = {
    {{16, 0, 3, 0, 15}, 84, 1, q2_k},      {{16, -4, 3, -32, 31}, 110, 0, q3_k},     {{32, 0, 15, 0, 63}, 144, 1, q4_k},
    {{32, 0, 31, 0, 63}, 176, 1, q5_k},    {{16, -32, 31, -128, 127}, 210, 0, q6_k},
};

static const super_block *super_block_for(uint32_t type) {
    return type >= FIRST_SUPER_BLOCK && type < FIRST_SUPER_BLOCK + SUPER_BLOCKS
               ? &super_blocks[type - FIRST_SUPER_BLOCK]
               : NULL;
}

static const ck_fitter *fitter_for(ck_implementation implementation) {
    if (ck_kernels_for(implementation) == NULL) return &ck_plain_fitter;
    switch (implementation) {
#if defined(__x86_64__)
    case CK_AVX2:
        return &ck_avx2_fitter;
    case CK_AVX512:
        return &ck_avx512_fitter;
#endif
    default:
        return &ck_plain_fitter;
    }
}

int ck_can_quantize(uint32_t type) { return ck_block_writer_for(type) != NULL || super_block_for(type) != NULL; }

void ck_quantize(uint32_t type, ck_implementation implementation, const float *weights, ptrdiff_t count,
                 uint8_t *blocks) {
    ck_block_writer writer = ck_block_writer_for(type);
    if (writer != NULL) writer(weights, count, blocks);
    const super_block *format = super_block_for(type);
    if (format == NULL) return;
    const ck_fitter *fitter = fitter_for(implementation);
    for (; count > 0; count--, weights += CK_SUPER_BLOCK, blocks += format->bytes) {
        ck_fit fit;
        (format->has_minima ? fitter->with_minima : fitter->without_minima)(weights, &format->shape, &fit);
        format->write(&fit, blocks);
    }
}

ptrdiff_t ck_first_non_finite(const float *numbers, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++)
        if ((ck_bits_of(numbers[i]) & 0x7F800000) == 0x7F800000) return i;
    return -1;
}
