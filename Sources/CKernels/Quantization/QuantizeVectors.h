// Least squares over super-blocks. Included once for each instruction set, with FITTER set to the name of its table.
//
// A vector has 16 lanes, and each lane is a group of 16 weights or half a group of 32: all groups are searched at once
// and nothing is summed across lanes while searching. The compiler makes each vector of as many registers as it takes;
// since no operation is fused or reordered, all instruction sets give the same bits.
// No include guard: each inclusion defines another table.
#include "Half.h"
#include "QuantizeFit.h"

// A product and a sum are two roundings also where the processor could fuse them.
#pragma STDC FP_CONTRACT OFF

// Nothing that takes or returns a vector is ever called: all of it is inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16, DEPTH = CK_SUPER_BLOCK / LANES };

// Times that scales and integers are fitted to each other: more change next to nothing.
enum { ROUNDS = 3 };

// Integers that span from 10% less to 30% more than the range of a group are tried, in steps of 2%: cutting off what
// lies outermost often pays.
enum { FIRST_SPAN = -5, LAST_SPAN = 15 };
#define SPAN_STEP 0.02f

typedef float floats __attribute__((ext_vector_type(16)));
typedef int masks __attribute__((ext_vector_type(16)));

// A super-block: weight i of every lane. Two lanes, 8 apart, are one group if `pairs`.
typedef struct lanes {
    floats x[DEPTH];
    int pairs;
    float lowest, highest;  // integers
} lanes;

INLINE floats larger(floats a, floats b) { return a > b ? a : b; }

INLINE floats smaller(floats a, floats b) { return a < b ? a : b; }

INLINE floats select(masks condition, floats a, floats b) { return condition ? a : b; }

INLINE floats other_half(floats v) {
    return __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}

// The sum over a group, of sums over lanes.
INLINE floats over_group(const lanes *block, floats v) { return block->pairs ? v + other_half(v) : v; }

// The nearest whole numbers within bounds; the lower bound for NaN.
INLINE floats whole(floats v, float lowest, float highest) {
    v = smaller(larger(v, (floats)lowest), (floats)highest);
    // In a float of this size the last bit counts 1, so the addition rounds.
    return (v + 0x1.8p23f) - 0x1.8p23f;
}

INLINE floats inverse_of(floats v) { return select(v != 0, 1 / v, (floats)0); }

// The integers nearest to the weights of one depth.
INLINE floats integers_of(const lanes *block, int depth, floats inverse, floats minimum) {
    return whole((block->x[depth] + minimum) * inverse, block->lowest, block->highest);
}

// The sum of squares that is left of each group with a scale, a minimum, and the integers nearest to the weights.
INLINE floats error_of(const lanes *block, floats scale, floats minimum) {
    floats inverse = inverse_of(scale), total = 0;
    for (int i = 0; i < DEPTH; i++) {
        floats rest = block->x[i] - (scale * integers_of(block, i, inverse, minimum) - minimum);
        total += rest * rest;
    }
    return over_group(block, total);
}

// What least squares need: sums over each lane of integers q, their squares, and their products with weights.
typedef struct sums {
    floats q, qq, qx;
} sums;

INLINE sums sums_of(const lanes *block, floats inverse, floats minimum) {
    sums s = {0, 0, 0};
    for (int i = 0; i < DEPTH; i++) {
        floats q = integers_of(block, i, inverse, minimum);
        s.q += q;
        s.qq += q * q;
        s.qx += q * block->x[i];
    }
    return s;
}

INLINE floats total_of(const lanes *block) {
    floats total = 0;
    for (int i = 0; i < DEPTH; i++) total += block->x[i];
    return total;
}

INLINE float largest_of(floats v) {
    float largest = 0;
    for (int lane = 0; lane < LANES; lane++)
        if (v[lane] > largest) largest = v[lane];
    return largest;
}

// The largest distance from zero in each lane.
INLINE floats magnitude_of(const lanes *block) {
    floats magnitude = 0;
    for (int i = 0; i < DEPTH; i++) magnitude = larger(magnitude, larger(block->x[i], -block->x[i]));
    return magnitude;
}

// Where in a super-block weight i of a lane is.
INLINE int place(int pairs, int lane, int i) { return pairs ? 32 * (lane % 8) + 16 * (lane / 8) + i : 16 * lane + i; }

INLINE lanes lanes_of(const float *x, const ck_fit_shape *shape, int pairs) {
    lanes block = {.pairs = pairs, .lowest = (float)shape->lowest_weight, .highest = (float)shape->highest_weight};
    for (int i = 0; i < DEPTH; i++)
        for (int lane = 0; lane < LANES; lane++) block.x[i][lane] = x[place(pairs, lane, i)];
    return block;
}

// Scale and minimum of every lane, in units of those of the super-block.
INLINE void keep(ck_fit *fit, int pairs, floats scales, floats minima) {
    for (int g = 0; g < (pairs ? LANES / 2 : LANES); g++) {
        fit->scales[g] = (int8_t)scales[g];
        fit->minima[g] = (int8_t)minima[g];
    }
}

INLINE void write_integers(const lanes *block, floats scales, floats minima, ck_fit *fit) {
    floats minimum = ck_float_of_half(fit->minimum) * minima;
    floats inverse = inverse_of(ck_float_of_half(fit->scale) * scales);
    for (int i = 0; i < DEPTH; i++) {
        floats q = integers_of(block, i, inverse, minimum);
        for (int lane = 0; lane < LANES; lane++) fit->weights[place(block->pairs, lane, i)] = (int8_t)q[lane];
    }
    keep(fit, block->pairs, scales, minima);
}

INLINE float total_error(floats error) {
    float total = 0;
    for (int lane = 0; lane < LANES; lane++) total += error[lane];
    return total;
}

// Whether no half is large enough as a scale. It is infinite then; squares of such weights could be, too.
INLINE int is_too_large(const lanes *block, const ck_fit_shape *shape, ck_fit *fit) {
    int integers = shape->highest_weight - shape->lowest_weight, units = shape->highest_scale - shape->lowest_scale;
    if (largest_of(magnitude_of(block)) <= 65504.0f * (float)(integers * units)) return 0;
    *fit = (ck_fit){.scale = 0x7C00};
    return 1;
}

// The half nearest to a number, or in the first round the nearest that is no smaller: where halves are coarse, all
// units of a smaller one would not reach the largest weights.
INLINE uint16_t half_near(float value, int round) {
    uint16_t half = ck_half_of(value);
    int is_smaller = __builtin_fabsf(ck_float_of_half(half)) < __builtin_fabsf(value);
    return round == 0 && is_smaller ? (uint16_t)(half + 1) : half;
}

#include "QuantizeLines.h"
#include "QuantizeScales.h"

const ck_fitter FITTER = {with_minima, without_minima};
