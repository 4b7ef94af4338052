// Attention over vectors of LANES floats. Included once for each instruction set, after its primitives: load, store,
// store_part, load_f16, store_f16, widened, load_bytes, load_doubled, swap_neighbours, subtract_and_add, keep_first,
// first_of, sum_of, largest_of and power_of_two.
// No include guard: each inclusion defines another table.

// A product and a sum are fused only where it is written: twins of one kernel must round alike.
#pragma STDC FP_CONTRACT OFF

#define UNROLL _Pragma("clang loop unroll(full)")

INLINE vector fma_of(vector a, vector b, vector c) { return __builtin_elementwise_fma(a, b, c); }

INLINE vector larger(vector a, vector b) { return a > b ? a : b; }

INLINE const void *number_at(const void *from, ptrdiff_t index, const ck_numbers kind) {
    return kind == CK_NUMBERS_F16 ? (const void *)((const uint16_t *)from + index)
                                  : (const void *)((const float *)from + index);
}

INLINE vector load_numbers(const void *from, ptrdiff_t index, const ck_numbers kind) {
    const void *at = number_at(from, index, kind);
    return kind == CK_NUMBERS_F16 ? load_f16(at) : load(at);
}

// How a product is cut into tiles: rows and vectors of its sums, and how the right factor is stored.
typedef struct tiling {
    int rows;
    int vectors;
    ck_numbers kind;
} tiling;

// One factor of a product: a number for each row and each term, so many numbers apart.
typedef struct left_factor {
    const float *numbers;
    ptrdiff_t row_step;
    ptrdiff_t term_step;
} left_factor;

// c (rows, columns) = c * scales + sum over the terms k of a(row, k) * b(k, column), without the first summand where
// `scales` is NULL. The terms are added in their order, so the tiling makes no difference to any element.
INLINE void multiply_tile(const int rows, const tiling tiles, ptrdiff_t columns, ptrdiff_t terms, left_factor a,
                          const void *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride, const float *scales) {
    vector sums[CK_PACKED_QUERIES][4];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < tiles.vectors; v++) {
            sums[row][v] = 0;
            if (scales != NULL && v * LANES < columns)
                sums[row][v] = load(c + row * c_stride + v * LANES) * scales[row];
        }
    }
    for (ptrdiff_t k = 0; k < terms; k++) {
        vector values[4];
        UNROLL for (int v = 0; v < tiles.vectors; v++) values[v] = load_numbers(b, v * LANES, tiles.kind);
        UNROLL for (int row = 0; row < rows; row++) {
            vector factor = (vector)(a.numbers[row * a.row_step]);
            UNROLL for (int v = 0; v < tiles.vectors; v++) sums[row][v] = fma_of(factor, values[v], sums[row][v]);
        }
        a.numbers += a.term_step;
        b = number_at(b, b_stride, tiles.kind);
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < tiles.vectors; v++) {
            ptrdiff_t rest = columns - v * LANES;
            if (rest >= LANES) store(c + row * c_stride + v * LANES, sums[row][v]);
            else if (rest > 0) store_part(c + row * c_stride + v * LANES, sums[row][v], rest);
        }
    }
}

#define TILE_CASE(count)                                                                                               \
    case count:                                                                                                        \
        if (count <= tiles.rows) multiply_tile(count, tiles, columns, terms, a, b, b_stride, c, c_stride, scales);     \
        break;

INLINE void multiply_rows(ptrdiff_t rows, const tiling tiles, ptrdiff_t columns, ptrdiff_t terms, left_factor a,
                          const void *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride, const float *scales) {
    switch (rows) {
        TILE_CASE(1)
        TILE_CASE(2)
        TILE_CASE(3)
        TILE_CASE(4)
        TILE_CASE(5)
        TILE_CASE(6)
        TILE_CASE(7)
        TILE_CASE(8)
        TILE_CASE(9)
        TILE_CASE(10)
        TILE_CASE(11)
        TILE_CASE(12)
    }
}

#undef TILE_CASE

static ptrdiff_t seen_keys(ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group, ptrdiff_t query) {
    ptrdiff_t seen = group > 0 ? visible + query / group : visible;
    return seen < count ? seen : count;
}

// Scores to weights of one query: what lies behind the keys that it sees counts as nothing.
static void weigh(float *scores, ptrdiff_t count, ptrdiff_t seen, float *largest, float *sum, float *factor) {
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
    // 2^0 is 1: the largest score seldom changes.
    *factor = now == *largest ? 1 : first_of(power_of_two((vector)(*largest - now)));
    *sum = *sum * *factor + sum_of(even + odd);
    *largest = now;
}

INLINE void attend_by(const tiling tiles, const ck_attention_panel *panel, const void *keys, const void *values,
                      ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group) {
    const ptrdiff_t queries = panel->queries, dimension = panel->dimension, width = tiles.vectors * LANES;
    const ptrdiff_t last = seen_keys(count, visible, group, queries - 1);
    if (last <= 0) return;

    // The part of the keys, and then of the values, that a pass over the queries reads stays in the nearest cache.
    for (ptrdiff_t key = 0; key < last; key += width) {
        for (ptrdiff_t query = 0; query < queries; query += tiles.rows) {
            const ptrdiff_t place = query % CK_PACKED_QUERIES;
            const left_factor a = {panel->packed + (query - place) * dimension + place, 1, CK_PACKED_QUERIES};
            multiply_rows(queries - query < tiles.rows ? queries - query : tiles.rows, tiles, width, dimension, a,
                          number_at(keys, key, tiles.kind), CK_BLOCK_KEYS,
                          panel->scores + query * CK_BLOCK_KEYS + key, CK_BLOCK_KEYS, NULL);
        }
    }
    for (ptrdiff_t query = 0; query < queries; query++)
        weigh(panel->scores + query * CK_BLOCK_KEYS, last, seen_keys(count, visible, group, query),
              panel->largest + query, panel->sums + query, panel->factors + query);
    for (ptrdiff_t column = 0; column < dimension; column += width) {
        for (ptrdiff_t query = 0; query < queries; query += tiles.rows) {
            const ptrdiff_t rows = queries - query < tiles.rows ? queries - query : tiles.rows;
            const ptrdiff_t seen = seen_keys(count, visible, group, query + rows - 1);
            if (seen <= 0) continue;
            const left_factor a = {panel->scores + query * CK_BLOCK_KEYS, CK_BLOCK_KEYS, 1};
            multiply_rows(rows, tiles, dimension - column, seen, a, number_at(values, column, tiles.kind), dimension,
                          panel->output + query * dimension + column, dimension, panel->factors + query);
        }
    }
}

// Few rows take wider tiles: what hides the latency of the multiply-adds is the number of sums.
enum { FEW_ROWS = TILE_ROWS / 2 };

static void vector_attend(const ck_attention_panel *panel, const void *keys, const void *values, ck_numbers kind,
                          ptrdiff_t count, ptrdiff_t visible, ptrdiff_t group) {
    if (kind == CK_NUMBERS_F16)
        attend_by((tiling){FEW_ROWS, 4, CK_NUMBERS_F16}, panel, keys, values, count, visible, group);
    else if (panel->queries <= FEW_ROWS)
        attend_by((tiling){FEW_ROWS, 4, CK_NUMBERS_F32}, panel, keys, values, count, visible, group);
    else
        attend_by((tiling){TILE_ROWS, 2, CK_NUMBERS_F32}, panel, keys, values, count, visible, group);
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

static void vector_widen_keys_q8(const int8_t *x, const uint16_t *scales, ptrdiff_t dimension, ptrdiff_t count,
                                 float *y) {
    for (ptrdiff_t key = 0; key < count; key += LANES) {
        vector scale = 0;
        for (ptrdiff_t i = 0; i < dimension; i++) {
            const ptrdiff_t place = i * CK_BLOCK_KEYS + key;
            if (i % CK_CACHE_SCALED == 0) scale = load_f16(scales + i / CK_CACHE_SCALED * CK_BLOCK_KEYS + key);
            store(y + place, load_bytes(x + place) * scale);
        }
    }
}

static void vector_widen_values_q8(const int8_t *x, const uint16_t *scales, ptrdiff_t count, float *y) {
    for (ptrdiff_t i = 0; i < count; i += CK_CACHE_SCALED) {
        const float scale = widened(scales[i / CK_CACHE_SCALED]);
        UNROLL for (int v = 0; v < CK_CACHE_SCALED; v += LANES) store(y + i + v, load_bytes(x + i + v) * scale);
    }
}

const ck_attention TABLE = {
    .name = TABLE_NAME,
    .attend = vector_attend,
    .rotate_halves = vector_rotate_halves,
    .rotate_adjacent = vector_rotate_adjacent,
    .to_f16 = vector_to_f16,
    .from_f16 = vector_from_f16,
    .widen_keys_q8 = vector_widen_keys_q8,
    .widen_values_q8 = vector_widen_values_q8,
};
