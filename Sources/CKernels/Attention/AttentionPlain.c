// Plain twins: what every kernel of attention means, without vectors.
#include "AttentionTables.h"

#include <math.h>
#include <string.h>

#include "Quantization/Half.h"

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
    return n == n ? p * ck_float_of_bits((uint32_t)((int)n + 127) << 23) : n;
}

static ptrdiff_t visible_keys(ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group, ptrdiff_t query) {
    ptrdiff_t seen = group > 0 ? visible + query / group : visible;
    return seen < count ? seen : count;
}

static float number(const void *numbers, ck_numbers kind, ptrdiff_t index) {
    if (kind == CK_NUMBERS_F16) return ck_float_of_half(((const uint16_t *)numbers)[index]);
    return ((const float *)numbers)[index];
}

static void plain_attend(const ck_attention_panel *panel, const void *keys, const void *values, ck_numbers kind,
                         ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group) {
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
                scores[key] += numbers[i * CK_PACKED_QUERIES] * number(keys, kind, i * CK_BLOCK_KEYS + key);

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
            for (ptrdiff_t i = 0; i < dimension; i++)
                output[i] += scores[key] * number(values, kind, key * dimension + i);
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

static void plain_to_f16(const float *x, uint16_t *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) {
        const float bounded = x[i] > 65504.0f ? 65504.0f : x[i];
        y[i] = ck_half_of(bounded < -65504.0f ? -65504.0f : bounded);
    }
}

static void plain_from_f16(const uint16_t *x, float *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = ck_float_of_half(x[i]);
}

static void plain_widen_keys_q8(const int8_t *x, const uint16_t *scales, ptrdiff_t dimension, ptrdiff_t count,
                                float *y) {
    for (ptrdiff_t i = 0; i < dimension; i++)
        for (ptrdiff_t key = 0; key < count; key++) {
            const ptrdiff_t place = i * CK_BLOCK_KEYS + key;
            y[place] = (float)x[place] * ck_float_of_half(scales[i / CK_CACHE_SCALED * CK_BLOCK_KEYS + key]);
        }
}

static void plain_widen_values_q8(const int8_t *x, const uint16_t *scales, ptrdiff_t count, float *y) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = (float)x[i] * ck_float_of_half(scales[i / CK_CACHE_SCALED]);
}

const ck_attention ck_plain_attention = {
    .name = "plain",
    .attend = plain_attend,
    .rotate_halves = plain_rotate_halves,
    .rotate_adjacent = plain_rotate_adjacent,
    .to_f16 = plain_to_f16,
    .from_f16 = plain_from_f16,
    .widen_keys_q8 = plain_widen_keys_q8,
    .widen_values_q8 = plain_widen_values_q8,
};
