// Plain twins: what every kernel of attention means, without vectors.
#include "AttentionTables.h"

#include <math.h>
#include <string.h>

static float from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

// 2^x for x of at most 0 by the polynomial of the Cephes library (exp2f, public domain); 0 below -126.5.
static float power_of_two(float x) {
    if (x < -126.5f) return 0.0f;
    float n = rintf(x);
    float r = x - n;
    float p = 1.535336188319500e-4f;
    p = p * r + 1.339887440266574e-3f;
    p = p * r + 9.618437357674640e-3f;
    p = p * r + 5.550332471162809e-2f;
    p = p * r + 2.402264791363012e-1f;
    p = p * r + 6.931472028550421e-1f;
    p = p * r + 1.0f;
    return n == n ? p * from_bits((uint32_t)((int)n + 127) << 23) : n;
}

static ptrdiff_t visible_keys(ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group, ptrdiff_t query) {
    ptrdiff_t seen = group > 0 ? visible + query / group : visible;
    return seen < count ? seen : count;
}

static void plain_attend(const ck_attention_panel *panel, const float *keys, const float *values, ptrdiff_t count,
                         ptrdiff_t visible, ptrdiff_t group) {
    const ptrdiff_t dimension = panel->dimension;
    for (ptrdiff_t query = 0; query < panel->queries; query++) {
        const ptrdiff_t seen = visible_keys(count, visible, group, query);
        if (seen <= 0) continue;
        const float *numbers = panel->packed + query / CK_PACKED_QUERIES * dimension * CK_PACKED_QUERIES +
                               query % CK_PACKED_QUERIES;
        float *scores = panel->scores + query * CK_BLOCK_KEYS;
        float *output = panel->output + query * dimension;
        memset(scores, 0, (size_t)seen * sizeof *scores);
        for (ptrdiff_t i = 0; i < dimension; i++)
            for (ptrdiff_t key = 0; key < seen; key++)
                scores[key] += numbers[i * CK_PACKED_QUERIES] * keys[i * CK_BLOCK_KEYS + key];

        float largest = panel->largest[query];
        for (ptrdiff_t key = 0; key < seen; key++) largest = scores[key] > largest ? scores[key] : largest;
        float factor = power_of_two(panel->largest[query] - largest);
        float sum = 0;
        for (ptrdiff_t key = 0; key < seen; key++) {
            scores[key] = power_of_two(scores[key] - largest);
            sum += scores[key];
        }
        panel->largest[query] = largest;
        panel->sums[query] = panel->sums[query] * factor + sum;

        for (ptrdiff_t i = 0; i < dimension; i++) output[i] *= factor;
        for (ptrdiff_t key = 0; key < seen; key++)
            for (ptrdiff_t i = 0; i < dimension; i++) output[i] += scores[key] * values[key * dimension + i];
    }
}

static void rotate_pair(float *first, float *second, float cosine, float sine) {
    float a = *first, b = *second;
    *first = a * cosine - b * sine;
    *second = b * cosine + a * sine;
}

static void plain_rotate_halves(float *x, const float *cosines, const float *sines, ptrdiff_t half) {
    for (ptrdiff_t i = 0; i < half; i++) rotate_pair(x + i, x + half + i, cosines[i], sines[i]);
}

static void plain_rotate_adjacent(float *x, const float *cosines, const float *sines, ptrdiff_t half) {
    for (ptrdiff_t i = 0; i < half; i++) rotate_pair(x + 2 * i, x + 2 * i + 1, cosines[i], sines[i]);
}

static uint16_t narrowed(float value) {
    const uint32_t bits = bits_of(value);
    const uint32_t sign = bits >> 16 & 0x8000, magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) return (uint16_t)(sign | 0x7E00 | (magnitude >> 13 & 0x3FF));
    if (magnitude > 0x477FE000) return (uint16_t)(sign | 0x7BFF);
    if (magnitude < 0x38800000) {
        // Below the smallest normal number: counted in units of 2^-24, which the addition rounds to.
        float units = from_bits(magnitude) + 0.5f;
        return (uint16_t)(sign | (bits_of(units) - bits_of(0.5f)));
    }
    const uint32_t odd = magnitude >> 13 & 1;
    return (uint16_t)(sign | ((magnitude - 0x38000000 + 0xFFF + odd) >> 13));
}

static float widened(uint16_t value) {
    const uint32_t sign = (uint32_t)(value & 0x8000) << 16, magnitude = value & 0x7FFF;
    if (magnitude > 0x7C00) return from_bits(sign | 0x7FC00000 | (magnitude & 0x3FF) << 13);
    if (magnitude == 0x7C00) return from_bits(sign | 0x7F800000);
    // The bits moved to the wider fields are the number times 2^-112, also where it is subnormal.
    return from_bits(sign | bits_of(from_bits(magnitude << 13) * 0x1p112f));
}

static void plain_to_f16(const float *x, uint16_t *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = narrowed(x[i]);
}

static void plain_from_f16(const uint16_t *x, float *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = widened(x[i]);
}

static void plain_scale_each(const int8_t *x, const float *scales, float *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = scales[i] * (float)x[i];
}

static void plain_scale_all(const int8_t *x, float scale, float *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = scale * (float)x[i];
}

const ck_attention ck_plain_attention = {
    .name = "plain",
    .attend = plain_attend,
    .rotate_halves = plain_rotate_halves,
    .rotate_adjacent = plain_rotate_adjacent,
    .to_f16 = plain_to_f16,
    .from_f16 = plain_from_f16,
    .scale_each = plain_scale_each,
    .scale_all = plain_scale_all,
};
