// Single and half precision (IEEE 754 binary32 and binary16), by their bits: not every compiler has a type for both.
#ifndef CKERNELS_HALF_H
#define CKERNELS_HALF_H

#include <stdint.h>
#include <string.h>

static inline uint32_t ck_bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline float ck_float_of_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// The nearest half, the even one of two; infinite from 65,520 on.
static inline uint16_t ck_half_of(float value) {
    uint32_t bits = ck_bits_of(value), sign = bits >> 16 & 0x8000, magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) return (uint16_t)(sign | 0x7E00);
    if (magnitude >= 0x47800000) return (uint16_t)(sign | 0x7C00);
    if (magnitude < 0x38800000) {
        // Subnormal: in a float of this size the last bit counts 2^-24, so the addition rounds.
        uint32_t rounded = ck_bits_of(ck_float_of_bits(magnitude) + 0.5f);
        return (uint16_t)(sign | (rounded - 0x3F000000));
    }
    // A carry out of the fraction raises the exponent, as it should.
    uint32_t rounded = magnitude - 0x38000000 + 0xFFF + (magnitude >> 13 & 1);
    return (uint16_t)(sign | rounded >> 13);
}

static inline float ck_float_of_half(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, magnitude = half & 0x7FFF;
    if (magnitude >= 0x7C00) return ck_float_of_bits(sign | 0x7F800000 | (magnitude & 0x3FF) << 13);
    // The bits moved to the wider fields are the number times 2^-112, also where it is subnormal.
    float value = ck_float_of_bits(magnitude << 13) * 0x1p112f;
    return sign ? -value : value;
}

#endif
