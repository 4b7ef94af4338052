// The plain twins: what every kernel means, without vectors. They run on any processor and are the measure of the
// others in the tests.
#include "Tables.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static float load_weight(const void *row, ck_weight_kind kind, ptrdiff_t index) {
    uint32_t bits;
    if (kind == CK_WEIGHT_BF16) {
        uint16_t upper;
        memcpy(&upper, (const char *)row + 2 * index, sizeof upper);
        bits = (uint32_t)upper << 16;
    } else {
        memcpy(&bits, (const char *)row + 4 * index, sizeof bits);
    }
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static float plain_dot(const float *a, const float *b, ptrdiff_t count) {
    float partial[8] = {0};
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int lane = 0; lane < 8; lane++) partial[lane] += a[i + lane] * b[i + lane];
    for (int lane = 0; i < count; i++, lane++) partial[lane] += a[i] * b[i];
    return ((partial[0] + partial[4]) + (partial[1] + partial[5])) +
           ((partial[2] + partial[6]) + (partial[3] + partial[7]));
}

static void plain_axpy(float scale, const float *x, float *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] += scale * x[i];
}

static void plain_rms_norm(const float *x, const float *weight, float epsilon, float *y, ptrdiff_t count) {
    float factor = 1.0f / sqrtf(plain_dot(x, x, count) / (float)count + epsilon);
    for (ptrdiff_t i = 0; i < count; i++) y[i] = x[i] * factor * weight[i];
}

// exp by reduction to [-ln 2 / 2, ln 2 / 2] and the polynomial of the Cephes library (expf, public domain).
static float plain_exp(float x) {
    if (x < -87.336544f) return 0.0f;
    float t = x > 88.376f ? 88.376f : x;
    float scaled = t * 1.44269504088896341f;
    int exponent = (int)(scaled + (scaled >= 0 ? 0.5f : -0.5f));
    float r = t - (float)exponent * 0.693359375f;
    r -= (float)exponent * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    float value = p * r * r + r + 1.0f;
    uint32_t bits = (uint32_t)(exponent + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return value * power;
}

static void plain_exponential(float *x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) x[i] = plain_exp(x[i]);
}

static void plain_silu_gate(const float *gate, const float *up, float *y, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = gate[i] / (1.0f + plain_exp(-gate[i])) * up[i];
}

void ck_gelu_erf(float *x, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) x[i] = x[i] * 0.5f * (1.0f + erff(x[i] * 0.70710678118654752f));
}

static void plain_pack_rows(const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t depth, float *packed) {
    for (ptrdiff_t k = 0; k < depth; k++)
        for (ptrdiff_t row = 0; row < CK_TILE_ROWS; row++)
            packed[k * CK_TILE_ROWS + row] = row < rows ? x[row * stride + k] : 0.0f;
}

static void plain_pack_weights(const void *w, ck_weight_kind kind, ptrdiff_t stride_bytes, ptrdiff_t rows,
                               ptrdiff_t depth, float *packed) {
    for (ptrdiff_t row = 0; row < CK_TILE_COLUMNS; row++)
        for (ptrdiff_t k = 0; k < depth; k++)
            packed[k * CK_TILE_COLUMNS + row] =
                row < rows ? load_weight((const char *)w + row * stride_bytes, kind, k) : 0.0f;
}

static void plain_tile(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const float *a, ptrdiff_t a_step,
                       const float *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride, int accumulate) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        float sums[CK_TILE_COLUMNS] = {0};
        for (ptrdiff_t k = 0; k < depth; k++) {
            float factor = a[k * a_step + row];
            const float *from = b + k * b_stride;
            for (ptrdiff_t column = 0; column < CK_TILE_COLUMNS; column++) sums[column] += factor * from[column];
        }
        float *to = c + row * c_stride;
        for (ptrdiff_t column = 0; column < columns; column++)
            to[column] = accumulate ? to[column] + sums[column] : sums[column];
    }
}

static void plain_matvec(const float *x, ptrdiff_t x_stride, ptrdiff_t count, const void *w, ck_weight_kind kind,
                         ptrdiff_t w_stride_bytes, ptrdiff_t rows, ptrdiff_t depth, float *y, ptrdiff_t y_stride,
                         int accumulate) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        const char *from = (const char *)w + row * w_stride_bytes;
        for (ptrdiff_t i = 0; i < count; i++) {
            const float *xs = x + i * x_stride;
            float partial[8] = {0};
            ptrdiff_t k = 0;
            for (; k + 8 <= depth; k += 8)
                for (int lane = 0; lane < 8; lane++) partial[lane] += xs[k + lane] * load_weight(from, kind, k + lane);
            for (int lane = 0; k < depth; k++, lane++) partial[lane] += xs[k] * load_weight(from, kind, k);
            float sum = ((partial[0] + partial[4]) + (partial[1] + partial[5])) +
                        ((partial[2] + partial[6]) + (partial[3] + partial[7]));
            float *to = y + i * y_stride + row;
            *to = accumulate ? *to + sum : sum;
        }
    }
}

const ck_kernels ck_plain_kernels = {
    .name = "plain",
    .dot = plain_dot,
    .axpy = plain_axpy,
    .rms_norm = plain_rms_norm,
    .silu_gate = plain_silu_gate,
    .gelu = ck_gelu_erf,
    .exponential = plain_exponential,
    .pack_rows = plain_pack_rows,
    .pack_weights = plain_pack_weights,
    .tile = plain_tile,
    .matvec = plain_matvec,
};
