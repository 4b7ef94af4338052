// Inner loops of the model, each in plain C, AVX2 and AVX-512, chosen at run time.
//
// Every result is a function of the numbers that enter it alone: the sequence of operations behind one output element
// does not depend on which other elements the same call computes, so work may be split between threads in any way.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Rows of a packed block of activations, columns of a packed panel of weights, and the number of terms that are
// summed before the partial sum is added to the result. They are the same for all implementations.
enum { CK_TILE_ROWS = 12, CK_TILE_COLUMNS = 32, CK_DEPTH_BLOCK = 256 };

// How a weight is stored: IEEE binary32 or its upper sixteen bits (bfloat16), little endian, at any address.
typedef enum ck_weight_kind { CK_WEIGHT_F32 = 0, CK_WEIGHT_BF16 = 1 } ck_weight_kind;

typedef enum ck_implementation { CK_PLAIN = 0, CK_AVX2 = 1, CK_AVX512 = 2 } ck_implementation;

// One implementation of all kernels. Strides count elements except where their name says bytes.
typedef struct ck_kernels {
    const char *_Nonnull name;

    // sum of a[i] * b[i]
    float (*_Nonnull dot)(const float *_Nonnull a, const float *_Nonnull b, ptrdiff_t count);

    // y[i] += scale * x[i]
    void (*_Nonnull axpy)(float scale, const float *_Nonnull x, float *_Nonnull y, ptrdiff_t count);

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

    // Turns up to CK_TILE_ROWS rows of x into packed (depth, CK_TILE_ROWS), absent rows as zeros.
    void (*_Nonnull pack_rows)(const float *_Nonnull x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t depth,
                               float *_Nonnull packed);

    // Turns up to CK_TILE_COLUMNS rows of w into packed (depth, CK_TILE_COLUMNS), absent rows as zeros.
    void (*_Nonnull pack_weights)(const void *_Nonnull w, ck_weight_kind kind, ptrdiff_t stride_bytes,
                                  ptrdiff_t rows, ptrdiff_t depth, float *_Nonnull packed);

    // c (rows, columns) = or += sum over k of a[k * a_step + row] * b[k * b_stride + column],
    // rows <= CK_TILE_ROWS, columns <= CK_TILE_COLUMNS. Whole vectors of b are read: CK_TILE_COLUMNS elements must
    // be readable from every row's start.
    void (*_Nonnull tile)(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const float *_Nonnull a,
                          ptrdiff_t a_step, const float *_Nonnull b, ptrdiff_t b_stride, float *_Nonnull c,
                          ptrdiff_t c_stride, int accumulate);

    // y (count, rows) = or += x (count, depth) * w (rows, depth)^T, reading w once: for few rows of x.
    void (*_Nonnull matvec)(const float *_Nonnull x, ptrdiff_t x_stride, ptrdiff_t count, const void *_Nonnull w,
                            ck_weight_kind kind, ptrdiff_t w_stride_bytes, ptrdiff_t rows, ptrdiff_t depth,
                            float *_Nonnull y, ptrdiff_t y_stride, int accumulate);
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
