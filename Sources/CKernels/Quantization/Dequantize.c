// What every block type means, field by field (ggml-common.h and ggml-quants.c of github.com/ggml-org/ggml).
#include "include/Dequantize.h"

#include <string.h>

// A product and a sum are two roundings also where the processor could fuse them.
#pragma STDC FP_CONTRACT OFF

enum { SUPER_BLOCK = 256 };

static uint32_t word(const uint8_t *bytes, int count) {
    uint32_t value = 0;
    for (int i = 0; i < count; i++) value |= (uint32_t)bytes[i] << (8 * i);
    return value;
}

static float from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// IEEE binary16
static float half(const uint8_t *bytes) {
    uint32_t stored = word(bytes, 2), sign = (stored & 0x8000) << 16, magnitude = stored & 0x7FFF;
    if (magnitude >= 0x7C00) return from_bits(sign | 0x7F800000 | (magnitude & 0x3FF) << 13);
    // The bits moved to the wider fields are the number times 2^-112, also where it is subnormal.
    float value = from_bits(magnitude << 13) * 0x1p112f;
    return sign ? -value : value;
}

static void f32(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 4) *w++ = from_bits(word(b, 4));
}

static void f16(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 2) *w++ = half(b);
}

static void bf16(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 2) *w++ = from_bits(word(b, 2) << 16);
}

// d, 16 bytes: low halves are weights 0 to 15, high halves 16 to 31
static void q4_0(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 18, w += 32) {
        float d = half(b);
        for (int i = 0; i < 16; i++) {
            w[i] = d * (float)((b[2 + i] & 15) - 8);
            w[i + 16] = d * (float)((b[2 + i] >> 4) - 8);
        }
    }
}

// d, m, 16 bytes
static void q4_1(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 20, w += 32) {
        float d = half(b), m = half(b + 2);
        for (int i = 0; i < 16; i++) {
            w[i] = d * (float)(b[4 + i] & 15) + m;
            w[i + 16] = d * (float)(b[4 + i] >> 4) + m;
        }
    }
}

// d, 32 fifth bits, 16 bytes
static void q5_0(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 22, w += 32) {
        float d = half(b);
        uint32_t fifth = word(b + 2, 4);
        for (int i = 0; i < 16; i++) {
            w[i] = d * (float)((int)((b[6 + i] & 15) | (fifth >> i & 1) << 4) - 16);
            w[i + 16] = d * (float)((int)((b[6 + i] >> 4) | (fifth >> (i + 16) & 1) << 4) - 16);
        }
    }
}

// d, m, 32 fifth bits, 16 bytes
static void q5_1(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 24, w += 32) {
        float d = half(b), m = half(b + 2);
        uint32_t fifth = word(b + 4, 4);
        for (int i = 0; i < 16; i++) {
            w[i] = d * (float)((b[8 + i] & 15) | (fifth >> i & 1) << 4) + m;
            w[i + 16] = d * (float)((b[8 + i] >> 4) | (fifth >> (i + 16) & 1) << 4) + m;
        }
    }
}

// d, 32 signed bytes
static void q8_0(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 34, w += 32) {
        float d = half(b);
        for (int i = 0; i < 32; i++) w[i] = d * (float)(int8_t)b[2 + i];
    }
}

// 16 bytes of 4-bit scale and minimum, 64 bytes of 2-bit weights, d, dmin
static void q2_k(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 84, w += SUPER_BLOCK) {
        const uint8_t *q = b + 16;
        float d = half(b + 80), dmin = half(b + 82);
        for (int group = 0; group < 16; group++) {
            float scale = d * (float)(b[group] & 15), minimum = dmin * (float)(b[group] >> 4);
            const uint8_t *from = q + 32 * (group / 8) + 16 * (group % 2);
            int shift = group % 8 / 2 * 2;
            for (int i = 0; i < 16; i++) w[16 * group + i] = scale * (float)(from[i] >> shift & 3) - minimum;
        }
    }
}

// 32 bytes of third bits, 64 bytes of lower 2 bits, 16 scales of 6 bits, d
static void q3_k(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 110, w += SUPER_BLOCK) {
        const uint8_t *q = b + 32, *s = b + 96;
        float d = half(b + 108);
        for (int group = 0; group < 16; group++) {
            int low = s[group % 8] >> group / 8 * 4 & 15, high = s[8 + group % 4] >> group / 4 * 2 & 3;
            float scale = d * (float)((low | high << 4) - 32);
            int first = 16 * (group % 2), shift = group % 8 / 2 * 2;
            const uint8_t *from = q + 32 * (group / 8) + first;
            for (int i = 0; i < 16; i++) {
                int offset = b[first + i] >> group / 2 & 1 ? 0 : 4;
                w[16 * group + i] = scale * (float)((from[i] >> shift & 3) - offset);
            }
        }
    }
}

// Scale and minimum of one of eight groups, 6 bits each in 12 bytes.
static void scale_and_minimum(const uint8_t *s, int group, int *scale, int *minimum) {
    if (group < 4) {
        *scale = s[group] & 63;
        *minimum = s[group + 4] & 63;
    } else {
        *scale = (s[group + 4] & 15) | s[group - 4] >> 6 << 4;
        *minimum = s[group + 4] >> 4 | s[group] >> 6 << 4;
    }
}

// d, dmin, scales and minima, 128 bytes: of 32 bytes, the low halves are a group and the high halves the next one
static void q4_k(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 144, w += SUPER_BLOCK) {
        float d = half(b), dmin = half(b + 2);
        for (int group = 0; group < 8; group++) {
            int s, m, shift = group % 2 * 4;
            scale_and_minimum(b + 4, group, &s, &m);
            float scale = d * (float)s, minimum = dmin * (float)m;
            const uint8_t *q = b + 16 + 32 * (group / 2);
            for (int i = 0; i < 32; i++) w[32 * group + i] = scale * (float)(q[i] >> shift & 15) - minimum;
        }
    }
}

// d, dmin, scales and minima, 32 bytes of fifth bits, 128 bytes as in q4_k
static void q5_k(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 176, w += SUPER_BLOCK) {
        const uint8_t *fifth = b + 16;
        float d = half(b), dmin = half(b + 2);
        for (int group = 0; group < 8; group++) {
            int s, m, shift = group % 2 * 4;
            scale_and_minimum(b + 4, group, &s, &m);
            float scale = d * (float)s, minimum = dmin * (float)m;
            const uint8_t *q = b + 48 + 32 * (group / 2);
            for (int i = 0; i < 32; i++) {
                int value = (q[i] >> shift & 15) | (fifth[i] >> group & 1) << 4;
                w[32 * group + i] = scale * (float)value - minimum;
            }
        }
    }
}

// 128 bytes of lower 4 bits, 64 bytes of upper 2 bits, 16 signed scales, d
static void q6_k(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 210, w += SUPER_BLOCK) {
        const uint8_t *s = b + 192;
        float d = half(b + 208);
        for (int group = 0; group < 16; group++) {
            float scale = d * (float)(int8_t)s[group];
            // A half of the block has four runs of 32 weights, of two groups each.
            int half_block = group / 8, run = group % 8 / 2, first = 16 * (group % 2);
            const uint8_t *low = b + 64 * half_block + 32 * (run % 2) + first;
            const uint8_t *high = b + 128 + 32 * half_block + first;
            for (int i = 0; i < 16; i++) {
                int value = (low[i] >> run / 2 * 4 & 15) | (high[i] >> 2 * run & 3) << 4;
                w[16 * group + i] = scale * (float)(value - 32);
            }
        }
    }
}

// What the sixteen values of the IQ4 types stand for.
static const int8_t iq4_values[16] = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

static void iq4_group(const uint8_t *q, float scale, float *w) {
    for (int i = 0; i < 16; i++) {
        w[i] = scale * (float)iq4_values[q[i] & 15];
        w[i + 16] = scale * (float)iq4_values[q[i] >> 4];
    }
}

// d, 16 bytes
static void iq4_nl(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 18, w += 32) iq4_group(b + 2, half(b), w);
}

// d, upper 2 bits of 8 scales, lower 4 bits of them, 128 bytes
static void iq4_xs(const uint8_t *b, ptrdiff_t count, float *w) {
    for (; count > 0; count--, b += 136, w += SUPER_BLOCK) {
        float d = half(b);
        uint32_t upper = word(b + 2, 2);
        for (int group = 0; group < 8; group++) {
            int low = b[4 + group / 2] >> group % 2 * 4 & 15, high = (int)(upper >> 2 * group & 3);
            iq4_group(b + 8 + 16 * group, d * (float)((low | high << 4) - 32), w + 32 * group);
        }
    }
}

enum { HALF_EXPONENT = 0x7C00, FLOAT_EXPONENT = 0x7F80 };

// By the numbers of enum ggml_type.
static const ck_block_format formats[] = {
    [0] = {1, 4, 1, {2}, FLOAT_EXPONENT, f32},
    [1] = {1, 2, 1, {0}, HALF_EXPONENT, f16},
    [2] = {32, 18, 1, {0}, HALF_EXPONENT, q4_0},
    [3] = {32, 20, 2, {0, 2}, HALF_EXPONENT, q4_1},
    [6] = {32, 22, 1, {0}, HALF_EXPONENT, q5_0},
    [7] = {32, 24, 2, {0, 2}, HALF_EXPONENT, q5_1},
    [8] = {32, 34, 1, {0}, HALF_EXPONENT, q8_0},
    [10] = {SUPER_BLOCK, 84, 2, {80, 82}, HALF_EXPONENT, q2_k},
    [11] = {SUPER_BLOCK, 110, 1, {108}, HALF_EXPONENT, q3_k},
    [12] = {SUPER_BLOCK, 144, 2, {0, 2}, HALF_EXPONENT, q4_k},
    [13] = {SUPER_BLOCK, 176, 2, {0, 2}, HALF_EXPONENT, q5_k},
    [14] = {SUPER_BLOCK, 210, 1, {208}, HALF_EXPONENT, q6_k},
    [20] = {32, 18, 1, {0}, HALF_EXPONENT, iq4_nl},
    [23] = {SUPER_BLOCK, 136, 1, {0}, HALF_EXPONENT, iq4_xs},
    [30] = {1, 2, 1, {0}, FLOAT_EXPONENT, bf16},
};

const ck_block_format *ck_block_format_for(uint32_t type) {
    if (type >= sizeof formats / sizeof formats[0] || formats[type].weights == 0) return NULL;
    return &formats[type];
}

ptrdiff_t ck_first_non_finite_scale(const ck_block_format *format, const uint8_t *blocks, ptrdiff_t count) {
    for (ptrdiff_t block = 0; block < count; block++, blocks += format->bytes)
        for (int i = 0; i < format->scale_count; i++) {
            uint32_t bits = word(blocks + format->scale_offsets[i], 2);
            if ((bits & format->exponent_mask) == format->exponent_mask) return block;
        }
    return -1;
}
