// Attention over vectors of LANES floats. Included once for each instruction set, after its primitives: load, store,
// store_part, load_f16, store_f16, load_bytes, load_doubled, swap_neighbours, subtract_and_add, keep_first, first_of,
// sum_of, largest_of and power_of_two.
// No include guard: each inclusion defines another table.

// A product and a sum are fused only where it is written: twins of one kernel must round alike.
#pragma STDC FP_CONTRACT OFF

#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vector fma_of(vector a, vector b, vector c) { return __builtin_elementwise_fma(a, b, c); }

INLINE vector larger(vector a, vector b) { return a > b ? a : b; }

// c (rows, columns) = c * factors + sum over k of a(row, k) * b(k, column), or without the first term where `factors`
// is NULL. The terms are added in the order of k, so the size of the tile makes no difference to any element.
INLINE void multiply_tile(const int rows, const int vectors, ptrdiff_t columns, ptrdiff_t depth, const float *a,
                          const ptrdiff_t row_step, const ptrdiff_t depth_step, const float *b, ptrdiff_t b_stride,
                          float *c, ptrdiff_t c_stride, const float *factors) {
    vector sums[CK_PACKED_QUERIES][4];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < vectors; v++) {
            sums[row][v] = 0;
            if (factors != NULL && v * LANES < columns)
                sums[row][v] = load(c + row * c_stride + v * LANES) * factors[row];
        }
    }
    for (ptrdiff_t k = 0; k < depth; k++) {
        vector values[4];
        UNROLL for (int v = 0; v < vectors; v++) values[v] = load(b + v * LANES);
        UNROLL for (int row = 0; row < rows; row++) {
            vector factor = (vector)(a[row * row_step]);
            UNROLL for (int v = 0; v < vectors; v++) sums[row][v] = fma_of(factor, values[v], sums[row][v]);
        }
        a += depth_step;
        b += b_stride;
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < vectors; v++) {
            ptrdiff_t rest = columns - v * LANES;
            if (rest >= LANES) store(c + row * c_stride + v * LANES, sums[row][v]);
            else if (rest > 0) store_part(c + row * c_stride + v * LANES, sums[row][v], rest);
        }
    }
}

#define TILE_CASE(count)                                                                                               \
    case count:                                                                                                        \
        multiply_tile(count, vectors, columns, depth, a, row_step, depth_step, b, b_stride, c, c_stride, factors);     \
        break;

INLINE void multiply_rows(ptrdiff_t rows, const int vectors, ptrdiff_t columns, ptrdiff_t depth, const float *a,
                          const ptrdiff_t row_step, const ptrdiff_t depth_step, const float *b, ptrdiff_t b_stride,
                          float *c, ptrdiff_t c_stride, const float *factors) {
    switch (rows) {
        TILE_CASE(1)
        TILE_CASE(2)
        TILE_CASE(3)
        TILE_CASE(4)
        TILE_CASE(5)
        TILE_CASE(6)
#if TILE_ROWS == 12
        TILE_CASE(7)
        TILE_CASE(8)
        TILE_CASE(9)
        TILE_CASE(10)
        TILE_CASE(11)
        TILE_CASE(12)
#endif
    }
}

#undef TILE_CASE

// Few rows take wider tiles: what hides the latency of the multiply-adds is the number of sums.
enum { FEW_ROWS = TILE_ROWS / 2, FEW_ROWS_VECTORS = 4, MANY_ROWS_VECTORS = 2 };

static void multiply_few_scores(ptrdiff_t rows, ptrdiff_t depth, const float *queries, const float *keys,
                                float *scores) {
    multiply_rows(rows, FEW_ROWS_VECTORS, FEW_ROWS_VECTORS * LANES, depth, queries, 1, CK_PACKED_QUERIES, keys,
                  CK_BLOCK_KEYS, scores, CK_BLOCK_KEYS, NULL);
}

static void multiply_many_scores(ptrdiff_t rows, ptrdiff_t depth, const float *queries, const float *keys,
                                 float *scores) {
    multiply_rows(rows, MANY_ROWS_VECTORS, MANY_ROWS_VECTORS * LANES, depth, queries, 1, CK_PACKED_QUERIES, keys,
                  CK_BLOCK_KEYS, scores, CK_BLOCK_KEYS, NULL);
}

static void add_few_values(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t keys, const float *weights,
                           const float *values, float *output, ptrdiff_t dimension, const float *factors) {
    multiply_rows(rows, FEW_ROWS_VECTORS, columns, keys, weights, CK_BLOCK_KEYS, 1, values, dimension, output,
                  dimension, factors);
}

static void add_many_values(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t keys, const float *weights,
                            const float *values, float *output, ptrdiff_t dimension, const float *factors) {
    multiply_rows(rows, MANY_ROWS_VECTORS, columns, keys, weights, CK_BLOCK_KEYS, 1, values, dimension, output,
                  dimension, factors);
}

static const float *packed_queries(const ck_attention_panel *panel, ptrdiff_t query) {
    ptrdiff_t place = query % CK_PACKED_QUERIES;
    return panel->packed + (query - place) * panel->dimension + place;
}

static ptrdiff_t seen_keys(ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group, ptrdiff_t query) {
    ptrdiff_t seen = group > 0 ? visible + query / group : visible;
    return seen < count ? seen : count;
}

// Scores to weights of one query: what lies behind the keys that it sees counts as nothing.
INLINE void weigh(float *scores, ptrdiff_t count, ptrdiff_t seen, float *largest, float *sum, float *factor) {
    if (seen <= 0) {
        for (ptrdiff_t i = 0; i < count; i += LANES) store(scores + i, (vector)(0.0f));
        *factor = 1;
        return;
    }
    vector top = (vector)(*largest);
    ptrdiff_t i = 0;
    for (; i + LANES <= seen; i += LANES) top = larger(load(scores + i), top);
    for (; i < count; i += LANES) {
        vector masked = keep_first(load(scores + i), seen - i);
        store(scores + i, masked);
        top = larger(masked, top);
    }
    const float now = largest_of(top);
    vector even = 0, odd = 0;
    for (i = 0; i < count; i += 2 * LANES) {
        vector first = power_of_two(load(scores + i) - now);
        store(scores + i, first);
        even += first;
        if (i + LANES < count) {
            vector second = power_of_two(load(scores + i + LANES) - now);
            store(scores + i + LANES, second);
            odd += second;
        }
    }
    *factor = first_of(power_of_two((vector)(*largest - now)));
    *sum = *sum * *factor + sum_of(even + odd);
    *largest = now;
}

static void vector_attend(const ck_attention_panel *panel, const float *keys, const float *values, ptrdiff_t count,
                          ptrdiff_t visible, ptrdiff_t group) {
    const ptrdiff_t queries = panel->queries, dimension = panel->dimension;
    const ptrdiff_t last = seen_keys(count, visible, group, queries - 1);
    if (last <= 0) return;

    // The part of the keys that a pass over the queries reads stays in the first-level cache.
    const ptrdiff_t scored = (queries <= FEW_ROWS ? FEW_ROWS_VECTORS : MANY_ROWS_VECTORS) * LANES;
    for (ptrdiff_t key = 0; key < last; key += scored) {
        for (ptrdiff_t query = 0; query < queries; query += TILE_ROWS) {
            const ptrdiff_t rows = queries - query < TILE_ROWS ? queries - query : TILE_ROWS;
            const float *from = packed_queries(panel, query);
            float *scores = panel->scores + query * CK_BLOCK_KEYS + key;
            if (queries <= FEW_ROWS) multiply_few_scores(rows, dimension, from, keys + key, scores);
            else multiply_many_scores(rows, dimension, from, keys + key, scores);
        }
    }
    for (ptrdiff_t query = 0; query < queries; query++)
        weigh(panel->scores + query * CK_BLOCK_KEYS, last, seen_keys(count, visible, group, query),
              panel->largest + query, panel->sums + query, panel->factors + query);

    ptrdiff_t width;
    for (ptrdiff_t column = 0; column < dimension; column += width) {
        const int few = queries <= FEW_ROWS && dimension - column > MANY_ROWS_VECTORS * LANES;
        width = (few ? FEW_ROWS_VECTORS : MANY_ROWS_VECTORS) * LANES;
        for (ptrdiff_t query = 0; query < queries; query += TILE_ROWS) {
            const ptrdiff_t rows = queries - query < TILE_ROWS ? queries - query : TILE_ROWS;
            const ptrdiff_t seen = seen_keys(count, visible, group, query + rows - 1);
            if (seen <= 0) continue;
            const float *weights = panel->scores + query * CK_BLOCK_KEYS, *factors = panel->factors + query;
            float *output = panel->output + query * dimension + column;
            if (few) add_few_values(rows, dimension - column, seen, weights, values + column, output, dimension, factors);
            else add_many_values(rows, dimension - column, seen, weights, values + column, output, dimension, factors);
        }
    }
}

// Both twins round alike: a * cosine - b * sine with the second product rounded and the first one fused.
INLINE void rotate_pair(float *first, float *second, float cosine, float sine) {
    float a = *first, b = *second;
    *first = __builtin_fmaf(a, cosine, -(b * sine));
    *second = __builtin_fmaf(b, cosine, a * sine);
}

static void vector_rotate_halves(float *x, const float *cosines, const float *sines, ptrdiff_t half) {
    ptrdiff_t i = 0;
    for (; i + LANES <= half; i += LANES) {
        vector a = load(x + i), b = load(x + half + i), c = load(cosines + i), s = load(sines + i);
        store(x + i, fma_of(a, c, -(b * s)));
        store(x + half + i, fma_of(b, c, a * s));
    }
    for (; i < half; i++) rotate_pair(x + i, x + half + i, cosines[i], sines[i]);
}

static void vector_rotate_adjacent(float *x, const float *cosines, const float *sines, ptrdiff_t half) {
    ptrdiff_t i = 0;
    for (; i + LANES / 2 <= half; i += LANES / 2) {
        vector pairs = load(x + 2 * i), c = load_doubled(cosines + i), s = load_doubled(sines + i);
        store(x + 2 * i, subtract_and_add(pairs, c, swap_neighbours(pairs) * s));
    }
    for (; i < half; i++) rotate_pair(x + 2 * i, x + 2 * i + 1, cosines[i], sines[i]);
}

static void vector_to_f16(const float *x, uint16_t *y, ptrdiff_t count) {
    const vector most = (vector)(65504.0f);
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        vector value = load(x + i);
        value = value > most ? most : value;
        store_f16(y + i, value < -most ? -most : value);
    }
    if (i < count) ck_plain_attention.to_f16(x + i, y + i, count - i);
}

static void vector_from_f16(const uint16_t *x, float *y, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, load_f16(x + i));
    if (i < count) ck_plain_attention.from_f16(x + i, y + i, count - i);
}

static void vector_scale_each(const int8_t *x, const float *scales, float *y, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, load_bytes(x + i) * load(scales + i));
    for (; i < count; i++) y[i] = scales[i] * (float)x[i];
}

static void vector_scale_all(const int8_t *x, float scale, float *y, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, load_bytes(x + i) * scale);
    for (; i < count; i++) y[i] = scale * (float)x[i];
}

const ck_attention TABLE = {
    .name = TABLE_NAME,
    .attend = vector_attend,
    .rotate_halves = vector_rotate_halves,
    .rotate_adjacent = vector_rotate_adjacent,
    .to_f16 = vector_to_f16,
    .from_f16 = vector_from_f16,
    .scale_each = vector_scale_each,
    .scale_all = vector_scale_all,
};
