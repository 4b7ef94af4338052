// How a super-block of 256 weights is brought into integers: what the K types have in common.
#ifndef CKERNELS_QUANTIZE_FIT_H
#define CKERNELS_QUANTIZE_FIT_H

#include <stdint.h>

enum { CK_SUPER_BLOCK = 256, CK_MOST_GROUPS = 16 };

// Ranges of a type's integers. Weights of one group share a scale, and a minimum where the type has one.
typedef struct ck_fit_shape {
    int group;  // weights: 16 or 32
    int lowest_weight, highest_weight;
    int lowest_scale, highest_scale;
} ck_fit_shape;

// The integers of a super-block: weight = scale * scales[g] * weights[i] - minimum * minima[g].
typedef struct ck_fit {
    uint16_t scale, minimum;  // halves
    int8_t scales[CK_MOST_GROUPS], minima[CK_MOST_GROUPS];
    int8_t weights[CK_SUPER_BLOCK];
} ck_fit;

// Fits by least squares for one instruction set; all give the same bits.
typedef struct ck_fitter {
    // With minima in the range of the scales, from 0; integers from 0.
    void (*with_minima)(const float *x, const ck_fit_shape *shape, ck_fit *fit);
    // Without minima; integers and scales around 0.
    void (*without_minima)(const float *x, const ck_fit_shape *shape, ck_fit *fit);
} ck_fitter;

extern const ck_fitter ck_plain_fitter, ck_avx2_fitter, ck_avx512_fitter;

#endif
