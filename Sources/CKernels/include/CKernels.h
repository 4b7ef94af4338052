// Inner loops over rows of activations, each in plain C, AVX2 and AVX-512, chosen at run time. Products and attention have
// tables of their own.
//
// Every result is a function of the numbers that enter it alone: the sequence of operations behind one output element
// does not depend on which other elements the same call computes, so work may be split between threads in any way.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ck_implementation { CK_PLAIN = 0, CK_AVX2 = 1, CK_AVX512 = 2 } ck_implementation;

// One implementation of these kernels.
typedef struct ck_kernels {
    const char *_Nonnull name;

    // sum of a[i] * b[i]
    float (*_Nonnull dot)(const float *_Nonnull a, const float *_Nonnull b, ptrdiff_t count);

    // y = x / sqrt(mean(x^2) + epsilon) * weight; y may be x
    void (*_Nonnull rms_norm)(const float *_Nonnull x, const float *_Nonnull weight, float epsilon,
                              float *_Nonnull y, ptrdiff_t count);

    // y = silu(gate) * up; y may be gate or up
    void (*_Nonnull silu_gate)(const float *_Nonnull gate, const float *_Nonnull up, float *_Nonnull y,
                               ptrdiff_t count);

    // x = x / 2 * (1 + erf(x / sqrt 2)), in place
    void (*_Nonnull gelu)(float *_Nonnull x, ptrdiff_t count);

    // x = exp(x), in place; 0 below -87.3 and clamped above 88.3
    void (*_Nonnull exponential)(float *_Nonnull x, ptrdiff_t count);
} ck_kernels;

// The named implementation, or NULL if this processor or build does not have it. CK_PLAIN always exists.
const ck_kernels *_Nullable ck_kernels_for(ck_implementation implementation);

// The fastest implementation that this processor has.
const ck_kernels *_Nonnull ck_kernels_best(void);

// Tells the processor that the caller is waiting in a loop.
void ck_spin_hint(void);

#ifdef __cplusplus
}
#endif
#endif
