// Floats to weights in blocks with shared scales, as ggml stores them.
#ifndef CKERNELS_QUANTIZE_H
#define CKERNELS_QUANTIZE_H

#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#ifdef __cplusplus
extern "C" {
#endif

// Whether a type can be written, by its number in ggml.h (enum ggml_type): F32, F16, BF16, Q4_0 to Q8_0 and Q2_K to Q6_K.
int ck_can_quantize(uint32_t type);

// Writes `count` blocks of such a type; nothing for other types.
//
// The weights must be finite; those too large for a type give infinite scales. All implementations write the same bits,
// and one that this processor or build does not have is replaced by the plain one.
void ck_quantize(uint32_t type, ck_implementation implementation, const float *_Nonnull weights, ptrdiff_t count,
                 uint8_t *_Nonnull blocks);

// The first of `count` numbers that is infinite or NaN; -1 if there is none.
ptrdiff_t ck_first_non_finite(const float *_Nonnull numbers, ptrdiff_t count);

#ifdef __cplusplus
}
#endif
#endif
