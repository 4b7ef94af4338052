// Types with minima: a line through each group, weight = scale * q - minimum. Part of QuantizeVectors.h.

typedef struct line {
    floats scale, minimum;
} line;

// The best line by itself, not yet in whole units of a super-block: each span of integers gives one by least squares.
INLINE line line_through(const lanes *block) {
    floats lowest = 0, highest = block->x[0], total = over_group(block, total_of(block));
    for (int i = 0; i < DEPTH; i++) {
        lowest = smaller(lowest, block->x[i]);
        highest = larger(highest, block->x[i]);
    }
    if (block->pairs) {
        lowest = smaller(lowest, other_half(lowest));
        highest = larger(highest, other_half(highest));
    }
    float count = block->pairs ? 2 * DEPTH : DEPTH;
    line best = {0, -lowest};
    floats least = error_of(block, best.scale, best.minimum);
    for (int step = FIRST_SPAN; step <= LAST_SPAN; step++) {
        floats inverse = block->highest * (1 + SPAN_STEP * (float)step) / (highest - lowest);
        sums s = sums_of(block, inverse, -lowest);
        floats q = over_group(block, s.q), qq = over_group(block, s.qq), qx = over_group(block, s.qx);
        floats determinant = count * qq - q * q;
        line found = {(count * qx - q * total) / determinant, (q * qx - qq * total) / determinant};
        // Files hold no minimum below zero, and where all integers are the same there is no one line.
        masks has_minimum = found.minimum >= 0;
        found.scale = select(has_minimum, found.scale, qx / qq);
        found.minimum = select(has_minimum, found.minimum, (floats)0);
        floats error = error_of(block, found.scale, found.minimum);
        // Where a group has no range, all of this is no number, and no comparison is true.
        masks is_better = (found.scale > 0) & (error < least);
        least = select(is_better, error, least);
        best.scale = select(is_better, found.scale, best.scale);
        best.minimum = select(is_better, found.minimum, best.minimum);
    }
    return best;
}

// Scales and minima of all groups, near those given, in whole units: those that leave the least, and what they leave.
INLINE floats choose_lines(const lanes *block, float scale, float minimum, float most, line *units) {
    line first = *units;
    floats least = error_of(block, scale * first.scale, minimum * first.minimum);
    for (int s = -1; s <= 1; s++)
        for (int m = -1; m <= 1; m++) {
            if (s == 0 && m == 0) continue;
            floats scales = whole(first.scale + (float)s, 0, most), minima = whole(first.minimum + (float)m, 0, most);
            floats error = error_of(block, scale * scales, minimum * minima);
            masks is_better = error < least;
            least = select(is_better, error, least);
            units->scale = select(is_better, scales, units->scale);
            units->minimum = select(is_better, minima, units->minimum);
        }
    return least;
}

// Scale and minimum of the super-block by least squares, given the integers that the present ones lead to.
INLINE void refit_lines(const lanes *block, const line *units, float *scale, float *minimum) {
    sums s = sums_of(block, inverse_of(*scale * units->scale), *minimum * units->minimum);
    floats total = total_of(block);
    double aa = 0, bb = 0, ab = 0, ax = 0, bx = 0;
    for (int lane = 0; lane < LANES; lane++) {
        double a = units->scale[lane], b = units->minimum[lane];
        aa += a * a * s.qq[lane];
        ab += a * b * s.q[lane];
        bb += b * b * DEPTH;
        ax += a * s.qx[lane];
        bx += b * total[lane];
    }
    double determinant = aa * bb - ab * ab, new_scale = *scale, new_minimum = *minimum;
    if (determinant > 0) {
        new_scale = (ax * bb - ab * bx) / determinant;
        new_minimum = (ab * ax - aa * bx) / determinant;
    } else if (bb == 0) {
        new_scale = ax / aa;
    } else if (aa == 0) {
        new_minimum = -bx / bb;
    }
    if (!(new_scale >= 0) || !(new_minimum >= 0)) return;
    *scale = (float)new_scale;
    *minimum = (float)new_minimum;
}

INLINE void fit_lines(const float *x, const ck_fit_shape *shape, int pairs, ck_fit *fit) {
    lanes block = lanes_of(x, shape, pairs);
    if (is_too_large(&block, shape, fit)) return;
    line lines = line_through(&block), units = {0, 0}, best_units = {0, 0};
    float most = (float)shape->highest_scale, least = __builtin_inff();
    float scale = largest_of(lines.scale) / most, minimum = largest_of(lines.minimum) / most;
    for (int round = 0; round < ROUNDS; round++) {
        // Measured with the halves that are stored.
        uint16_t scale_half = half_near(scale, round), minimum_half = half_near(minimum, round);
        scale = ck_float_of_half(scale_half);
        minimum = ck_float_of_half(minimum_half);
        if (round == 0) {
            units.scale = whole(lines.scale * inverse_of((floats)scale), 0, most);
            units.minimum = whole(lines.minimum * inverse_of((floats)minimum), 0, most);
        }
        float error = total_error(choose_lines(&block, scale, minimum, most, &units));
        if (round == 0 || error < least) {
            least = error;
            best_units = units;
            fit->scale = scale_half;
            fit->minimum = minimum_half;
        }
        refit_lines(&block, &units, &scale, &minimum);
    }
    write_integers(&block, best_units.scale, best_units.minimum, fit);
}

static void with_minima(const float *x, const ck_fit_shape *shape, ck_fit *fit) {
    if (shape->group == 2 * DEPTH)
        fit_lines(x, shape, 1, fit);
    else
        fit_lines(x, shape, 0, fit);
}
