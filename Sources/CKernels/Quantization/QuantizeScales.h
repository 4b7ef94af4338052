// Types without minima: a scale for each group of 16, weight = scale * q. Part of QuantizeVectors.h.

// The best scales by themselves, not yet in whole units of a super-block. Both signs are tried: there is one integer
// more below zero than above.
INLINE floats scales_through(const lanes *block) {
    floats magnitude = magnitude_of(block), best = 0;
    floats least = error_of(block, best, (floats)0);
    for (int sign = -1; sign <= 1; sign += 2)
        for (int step = FIRST_SPAN; step <= LAST_SPAN; step++) {
            float span = (float)sign * -block->lowest * (1 + SPAN_STEP * (float)step);
            sums s = sums_of(block, span / magnitude, (floats)0);
            floats found = s.qx / s.qq, error = error_of(block, found, (floats)0);
            // Where all of a group is zero this is no number, and no comparison is true.
            masks is_better = error < least;
            least = select(is_better, error, least);
            best = select(is_better, found, best);
        }
    return best;
}

// Scales of all groups, near those given, in whole units: those that leave the least, and what they leave.
INLINE floats choose_scales(const lanes *block, float scale, const ck_fit_shape *shape, floats *units) {
    floats first = *units, least = error_of(block, scale * first, (floats)0);
    for (int s = -1; s <= 1; s += 2) {
        floats scales = whole(first + (float)s, (float)shape->lowest_scale, (float)shape->highest_scale);
        floats error = error_of(block, scale * scales, (floats)0);
        masks is_better = error < least;
        least = select(is_better, error, least);
        *units = select(is_better, scales, *units);
    }
    return least;
}

// The scale of the super-block by least squares, given the integers that the present one leads to.
INLINE float refit_scale(const lanes *block, floats units, float scale) {
    sums s = sums_of(block, inverse_of(scale * units), (floats)0);
    double aa = 0, ax = 0;
    for (int lane = 0; lane < LANES; lane++) {
        double a = units[lane];
        aa += a * a * s.qq[lane];
        ax += a * s.qx[lane];
    }
    return aa > 0 ? (float)(ax / aa) : scale;
}

static void without_minima(const float *x, const ck_fit_shape *shape, ck_fit *fit) {
    lanes block = lanes_of(x, shape, 0);
    if (is_too_large(&block, shape, fit)) return;
    floats scales = scales_through(&block), units = 0, best_units = 0;
    // The scale that is farthest from zero becomes the lowest unit, as there are most of them on that side.
    float extreme = largest_of(scales), lowest = largest_of(-scales), least = __builtin_inff();
    float scale = (extreme >= lowest ? extreme : -lowest) / (float)shape->lowest_scale;
    fit->minimum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        // Measured with the half that is stored.
        uint16_t half = half_near(scale, round);
        scale = ck_float_of_half(half);
        if (round == 0)
            units = whole(scales * inverse_of((floats)scale), (float)shape->lowest_scale, (float)shape->highest_scale);
        float error = total_error(choose_scales(&block, scale, shape, &units));
        if (round == 0 || error < least) {
            least = error;
            best_units = units;
            fit->scale = half;
        }
        scale = refit_scale(&block, units, scale);
    }
    write_integers(&block, best_units, (floats)0, fit);
}
