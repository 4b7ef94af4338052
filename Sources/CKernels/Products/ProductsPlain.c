// Products in plain C: what the vector kernels must agree with. Those of integers agree bit by bit.
#include <math.h>
#include <string.h>

#include "ProductTables.h"

// ---- activations as integers ----

static void quantize_group(const float *x, ptrdiff_t count, int8_t *values, float *scale) {
    // As integers, the bits of absolute values are in the order of the numbers, with NaN at the end.
    uint32_t largest_bits = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bits &= 0x7FFFFFFF;
        if (bits > largest_bits) largest_bits = bits;
    }
    float largest;
    memcpy(&largest, &largest_bits, sizeof largest);
    float inverse = 127.0f / largest;
    *scale = largest / 127.0f;
    if (largest_bits >= 0x7F800000) *scale = NAN;
    // Numbers so small that the factor is infinite count as zeros.
    if (largest_bits >= 0x7F800000 || isinf(inverse)) inverse = 0;
    for (ptrdiff_t i = 0; i < count; i++) values[i] = inverse == 0 ? 0 : (int8_t)rintf(x[i] * inverse);
}

static int sum_of_values(const int8_t *values, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum += values[i];
    return sum;
}

static void plain_quantize(const float *x, ptrdiff_t depth, ck_activation_format format, ck_activation_block *blocks,
                           ptrdiff_t stride) {
    int shared = format == CK_ACTIVATIONS_SHARED_BY_32 ? 32 : 256;
    for (ptrdiff_t k = 0; k < depth; k += CK_ACTIVATION_BLOCK, blocks += stride) {
        memset(blocks, 0, sizeof *blocks);
        for (int i = 0; i < CK_ACTIVATION_BLOCK && k + i < depth; i += shared) {
            ptrdiff_t count = depth - k - i < shared ? depth - k - i : shared;
            float scale;
            quantize_group(x + k + i, count, blocks->values + i, &scale);
            for (int j = i / 32; j < (i + shared) / 32; j++) blocks->scales[j] = scale;
        }
        if (shared == 32) {
            for (int i = 0; i < 8; i++)
                blocks->corrections[i] = -OFFSET_BY_32 * sum_of_values(blocks->values + 32 * i, 32);
        } else {
            for (int i = 0; i < 8; i++) blocks->sums[i] = (int16_t)sum_of_values(blocks->values + 32 * i, 32);
            for (int i = 0; i < 16; i++)
                blocks->corrections[i] = -OFFSET_BY_256 * sum_of_values(blocks->values + 16 * i, 16);
        }
    }
}

// ---- weights as integers ----

// One block: weight i is scale * scales[i / group] * values[i] - minimum * minimums[i / group].
typedef struct integer_block {
    int count;
    int group;
    int16_t values[256];
    int scales[16];
    int minimums[16];
    float scale;
    float minimum;
} integer_block;

static float half(const uint8_t *bytes) {
    float value;
    ck_block_format_for(TYPE_F16)->dequantize(bytes, 1, &value);
    return value;
}

static void scales_and_minimums(const uint8_t *s, integer_block *to) {
    for (int j = 0; j < 4; j++) {
        to->scales[j] = s[j] & 63;
        to->minimums[j] = s[j + 4] & 63;
        to->scales[j + 4] = (s[j + 8] & 15) | s[j] >> 6 << 4;
        to->minimums[j + 4] = s[j + 8] >> 4 | s[j + 4] >> 6 << 4;
    }
}

// The formats are described in Dequantize.c.
static void unpack(uint32_t type, const uint8_t *b, integer_block *to) {
    memset(to, 0, sizeof *to);
    to->count = to->group = 32;
    to->scales[0] = 1;
    switch (type) {
    case TYPE_Q4_0:
        to->scale = half(b);
        for (int i = 0; i < 16; i++) {
            to->values[i] = (int16_t)((b[2 + i] & 15) - 8);
            to->values[i + 16] = (int16_t)((b[2 + i] >> 4) - 8);
        }
        break;
    case TYPE_Q8_0:
        to->scale = half(b);
        for (int i = 0; i < 32; i++) to->values[i] = (int8_t)b[2 + i];
        break;
    case TYPE_Q4_K:
    case TYPE_Q5_K: {
        const uint8_t *fifth = b + 16, *q = type == TYPE_Q5_K ? b + 48 : b + 16;
        to->count = 256;
        to->scale = half(b);
        to->minimum = half(b + 2);
        scales_and_minimums(b + 4, to);
        for (int i = 0; i < 256; i++) {
            int value = q[i / 64 * 32 + i % 32] >> i / 32 % 2 * 4 & 15;
            if (type == TYPE_Q5_K) value |= (fifth[i % 32] >> i / 32 & 1) << 4;
            to->values[i] = (int16_t)value;
        }
        break;
    }
    case TYPE_Q6_K:
        to->count = 256;
        to->group = 16;
        to->scale = half(b + 208);
        for (int i = 0; i < 16; i++) to->scales[i] = (int8_t)b[192 + i];
        for (int i = 0; i < 256; i++) {
            int run = i % 128 / 32;
            int low = b[i / 128 * 64 + run % 2 * 32 + i % 32] >> run / 2 * 4 & 15;
            int high = b[128 + i / 128 * 32 + i % 32] >> 2 * run & 3;
            to->values[i] = (int16_t)((low | high << 4) - 32);
        }
        break;
    }
}

static void multiply_integers(const ck_product *p) {
    const ck_block_format *format = ck_block_format_for(p->type);
    for (ptrdiff_t output = 0; output < p->outputs; output++) {
        const uint8_t *w = (const uint8_t *)p->weights + output * p->weight_stride_bytes;
        for (ptrdiff_t k = 0; k < p->depth; k += format->weights, w += format->bytes) {
            integer_block block;
            unpack(p->type, w, &block);
            for (ptrdiff_t row = 0; row < p->rows; row++) {
                const ck_activation_block *x = p->x_blocks + k / CK_ACTIVATION_BLOCK * p->x_stride + row;
                int first = (int)(k % CK_ACTIVATION_BLOCK), sum = 0, minimum = 0;
                for (int i = 0; i < block.count; i += block.group) {
                    int dot = 0;
                    for (int j = i; j < i + block.group; j++) dot += block.values[j] * x->values[first + j];
                    sum += block.scales[i / block.group] * dot;
                    minimum += block.minimums[i / 32] * x->sums[i / 32];
                }
                float *y = p->y + row * p->y_stride + output;
                float start = k > 0 || p->accumulate ? *y : 0.0f;
                // No product with a scale of x stands alone: only what is too large in all overflows.
                float value = (float)sum * block.scale;
                if (format->scale_count == 2) value = fmaf(-(float)minimum, block.minimum, value);
                *y = fmaf(value, x->scales[first / 32], start);
            }
        }
    }
}

// ---- floats ----

static float dot(const float *x, const float *w, ptrdiff_t count) {
    float partial[8] = {0};
    ptrdiff_t k = 0;
    for (; k + 8 <= count; k += 8)
        for (int lane = 0; lane < 8; lane++) partial[lane] += x[k + lane] * w[k + lane];
    for (int lane = 0; k < count; k++, lane++) partial[lane] += x[k] * w[k];
    return ((partial[0] + partial[4]) + (partial[2] + partial[6])) +
           ((partial[1] + partial[5]) + (partial[3] + partial[7]));
}

static void multiply_floats(const ck_product *p) {
    const ck_block_format *format = ck_block_format_for(p->type);
    float weights[DEPTH_BLOCK];
    for (ptrdiff_t output = 0; output < p->outputs; output++) {
        const uint8_t *w = (const uint8_t *)p->weights + output * p->weight_stride_bytes;
        for (ptrdiff_t k = 0; k < p->depth; k += DEPTH_BLOCK) {
            ptrdiff_t count = p->depth - k < DEPTH_BLOCK ? p->depth - k : DEPTH_BLOCK;
            format->dequantize(w + k / format->weights * format->bytes, count / format->weights, weights);
            for (ptrdiff_t row = 0; row < p->rows; row++) {
                float *y = p->y + row * p->y_stride + output;
                float sum = dot(p->x + row * p->x_stride + k, weights, count);
                *y = k > 0 || p->accumulate ? *y + sum : sum;
            }
        }
    }
}

static void plain_multiply(const ck_product *p) {
    if (ck_activation_format_for(p->type) == CK_ACTIVATIONS_FLOAT) multiply_floats(p);
    else multiply_integers(p);
}

const ck_products ck_plain_products = {.name = "plain", .quantize = plain_quantize, .multiply = plain_multiply};
