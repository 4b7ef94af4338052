// The plain twins: what every kernel means, without vectors. They run on any processor and are the measure of the
// others in the tests.
#include "RowTables.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static float plain_dot(const float *a, const float *b, ptrdiff_t count) {
    float partial[8] = {0};
    ptrdiff_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int lane = 0; lane < 8; lane++) partial[lane] += a[i + lane] * b[i + lane];
    for (int lane = 0; i < count; i++, lane++) partial[lane] += a[i] * b[i];
    return ((partial[0] + partial[4]) + (partial[1] + partial[5])) +
           ((partial[2] + partial[6]) + (partial[3] + partial[7]));
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

const ck_kernels ck_plain_kernels = {
    .name = "plain",
    .dot = plain_dot,
    .rms_norm = plain_rms_norm,
    .silu_gate = plain_silu_gate,
    .gelu = ck_gelu_erf,
    .exponential = plain_exponential,
};
