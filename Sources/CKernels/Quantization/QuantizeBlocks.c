// Single numbers, and blocks of 32 weights with the roundings that the gguf package has: results agree bit by bit.
#include "Half.h"
#include "QuantizeBlocks.h"

// A product and a sum are two roundings also where the processor could fuse them.
#pragma STDC FP_CONTRACT OFF

static void put16(uint8_t *bytes, uint32_t value) {
    bytes[0] = (uint8_t)value;
    bytes[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *bytes, uint32_t value) {
    put16(bytes, value);
    put16(bytes + 2, value >> 16);
}

static void f32(const float *w, ptrdiff_t count, uint8_t *b) {
    for (; count > 0; count--, b += 4) put32(b, ck_bits_of(*w++));
}

static void f16(const float *w, ptrdiff_t count, uint8_t *b) {
    for (; count > 0; count--, b += 2) put16(b, ck_half_of(*w++));
}

// The nearest, the even one of two.
static void bf16(const float *w, ptrdiff_t count, uint8_t *b) {
    for (; count > 0; count--, b += 2) {
        uint32_t bits = ck_bits_of(*w++);
        put16(b, (bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}

static float inverse_of(float scale) { return scale != 0 ? 1 / scale : 0; }

// Below `limit`, also for what is no number.
static uint32_t cut(float value, uint32_t limit) {
    if (!(value > 0)) return 0;
    return value >= (float)limit ? limit - 1 : (uint32_t)value;
}

// The weight that is farthest from zero, the first of several.
static float extreme_of(const float *w) {
    float extreme = w[0];
    for (int i = 1; i < 32; i++)
        if (__builtin_fabsf(w[i]) > __builtin_fabsf(extreme)) extreme = w[i];
    return extreme;
}

static void range_of(const float *w, float *lowest, float *highest) {
    *lowest = *highest = w[0];
    for (int i = 1; i < 32; i++) {
        if (w[i] < *lowest) *lowest = w[i];
        if (w[i] > *highest) *highest = w[i];
    }
}

// Lower halves of 32 integers in 16 bytes.
static void put_halves(uint8_t *b, const uint32_t *q) {
    for (int i = 0; i < 16; i++) b[i] = (uint8_t)((q[i] & 15) | (q[i + 16] & 15) << 4);
}

static void put_fifth_bits(uint8_t *b, const uint32_t *q) {
    uint32_t bits = 0;
    for (int i = 0; i < 32; i++) bits |= (q[i] >> 4) << i;
    put32(b, bits);
}

// The extreme becomes the lowest integer, so that both signs have nearly the same range.
static float around_zero(const float *w, uint32_t levels, uint32_t *q) {
    float scale = extreme_of(w) / -(float)(levels / 2), inverse = inverse_of(scale);
    for (int i = 0; i < 32; i++) q[i] = cut(w[i] * inverse + ((float)(levels / 2) + 0.5f), levels);
    return scale;
}

static float from_lowest(const float *w, uint32_t levels, uint32_t *q, float *lowest) {
    float highest;
    range_of(w, lowest, &highest);
    float scale = (highest - *lowest) / (float)(levels - 1), inverse = inverse_of(scale);
    for (int i = 0; i < 32; i++) q[i] = cut((w[i] - *lowest) * inverse + 0.5f, levels);
    return scale;
}

static void q4_0(const float *w, ptrdiff_t count, uint8_t *b) {
    for (uint32_t q[32]; count > 0; count--, b += 18, w += 32) {
        put16(b, ck_half_of(around_zero(w, 16, q)));
        put_halves(b + 2, q);
    }
}

static void q4_1(const float *w, ptrdiff_t count, uint8_t *b) {
    float lowest;
    for (uint32_t q[32]; count > 0; count--, b += 20, w += 32) {
        put16(b, ck_half_of(from_lowest(w, 16, q, &lowest)));
        put16(b + 2, ck_half_of(lowest));
        put_halves(b + 4, q);
    }
}

static void q5_0(const float *w, ptrdiff_t count, uint8_t *b) {
    for (uint32_t q[32]; count > 0; count--, b += 22, w += 32) {
        put16(b, ck_half_of(around_zero(w, 32, q)));
        put_fifth_bits(b + 2, q);
        put_halves(b + 6, q);
    }
}

static void q5_1(const float *w, ptrdiff_t count, uint8_t *b) {
    float lowest;
    for (uint32_t q[32]; count > 0; count--, b += 24, w += 32) {
        put16(b, ck_half_of(from_lowest(w, 32, q, &lowest)));
        put16(b + 2, ck_half_of(lowest));
        put_fifth_bits(b + 4, q);
        put_halves(b + 8, q);
    }
}

static void q8_0(const float *w, ptrdiff_t count, uint8_t *b) {
    for (; count > 0; count--, b += 34, w += 32) {
        float scale = __builtin_fabsf(extreme_of(w)) / 127, inverse = inverse_of(scale);
        put16(b, ck_half_of(scale));
        for (int i = 0; i < 32; i++) {
            // Halves away from zero. What remains after the cut is exact.
            float magnitude = __builtin_fabsf(w[i] * inverse);
            uint32_t whole = cut(magnitude, 128);
            if (magnitude - (float)whole >= 0.5f && whole < 127) whole++;
            b[2 + i] = (uint8_t)(w[i] < 0 ? 0 - whole : whole);
        }
    }
}

ck_block_writer ck_block_writer_for(uint32_t type) {
    // By the numbers of enum ggml_type.
    switch (type) {
    case 0:
        return f32;
    case 1:
        return f16;
    case 2:
        return q4_0;
    case 3:
        return q4_1;
    case 6:
        return q5_0;
    case 7:
        return q5_1;
    case 8:
        return q8_0;
    case 30:
        return bf16;
    default:
        return NULL;
    }
}
