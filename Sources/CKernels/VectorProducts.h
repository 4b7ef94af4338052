// Products over vectors of LANES floats: packing, register tiles and products with few rows.
// Part of Vectors.h, which see.

INLINE vector load_weight(const char *row, ptrdiff_t k, const ck_weight_kind kind) {
    return kind == CK_WEIGHT_BF16 ? load_bf16(row + 2 * k) : load(row + 4 * k);
}

INLINE vector load_weight_part(const char *row, ptrdiff_t k, ptrdiff_t count, const ck_weight_kind kind) {
    return kind == CK_WEIGHT_BF16 ? load_bf16_part(row + 2 * k, count) : load_part(row + 4 * k, count);
}

// Transposes up to LANES rows into columns at to[k * step]; `width` columns are written, absent rows as zeros.
INLINE void pack_block(const char *from, const ck_weight_kind kind, ptrdiff_t stride_bytes, ptrdiff_t rows,
                       ptrdiff_t depth, float *to, ptrdiff_t step, const ptrdiff_t width) {
    for (ptrdiff_t k = 0; k < depth; k += LANES) {
        ptrdiff_t rest = depth - k;
        vector block[LANES];
        UNROLL for (int row = 0; row < LANES; row++) {
            block[row] = 0;
            if (row < width && row < rows)
                block[row] = rest >= LANES ? load_weight(from + row * stride_bytes, k, kind)
                                           : load_weight_part(from + row * stride_bytes, k, rest, kind);
        }
        transpose(block);
        if (rest >= LANES) {
            UNROLL for (int i = 0; i < LANES; i++) {
                if (width == LANES) store(to + (k + i) * step, block[i]);
                else store_part(to + (k + i) * step, block[i], width);
            }
        } else {
            for (int i = 0; i < rest; i++) store_part(to + (k + i) * step, block[i], width);
        }
    }
}

static void vector_pack_rows(const float *x, ptrdiff_t stride, ptrdiff_t rows, ptrdiff_t depth, float *packed) {
    const char *from = (const char *)x;
    const ptrdiff_t bytes = 4 * stride;
#if LANES > 8
    pack_block(from, CK_WEIGHT_F32, bytes, rows, depth, packed, CK_TILE_ROWS, CK_TILE_ROWS);
#else
    pack_block(from, CK_WEIGHT_F32, bytes, rows, depth, packed, CK_TILE_ROWS, LANES);
    pack_block(from + LANES * bytes, CK_WEIGHT_F32, bytes, rows - LANES, depth, packed + LANES, CK_TILE_ROWS,
               CK_TILE_ROWS - LANES);
#endif
}

INLINE void pack_panel(const char *w, const ck_weight_kind kind, ptrdiff_t stride_bytes, ptrdiff_t rows,
                       ptrdiff_t depth, float *packed) {
    for (ptrdiff_t row = 0; row < CK_TILE_COLUMNS; row += LANES)
        pack_block(w + row * stride_bytes, kind, stride_bytes, rows - row, depth, packed + row, CK_TILE_COLUMNS,
                   LANES);
}

static void vector_pack_weights(const void *w, ck_weight_kind kind, ptrdiff_t stride_bytes, ptrdiff_t rows,
                                ptrdiff_t depth, float *packed) {
    if (kind == CK_WEIGHT_BF16) pack_panel(w, CK_WEIGHT_BF16, stride_bytes, rows, depth, packed);
    else pack_panel(w, CK_WEIGHT_F32, stride_bytes, rows, depth, packed);
}

// `rows` times `vectors` accumulators stay in registers: per step `vectors` loads of b, one broadcast of a for each
// row and rows * vectors multiply-adds.
INLINE void tile_block(const int rows, const int vectors, ptrdiff_t columns, ptrdiff_t depth, const float *a,
                       ptrdiff_t a_step, const float *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride,
                       int accumulate) {
    vector sums[BLOCK_ROWS][2];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < vectors; v++) sums[row][v] = 0;
    }
    for (ptrdiff_t k = 0; k < depth; k++) {
        vector values[2];
        UNROLL for (int v = 0; v < vectors; v++) values[v] = load(b + v * LANES);
        UNROLL for (int row = 0; row < rows; row++) {
            vector factor = (vector)(a[row]);
            UNROLL for (int v = 0; v < vectors; v++) sums[row][v] = fma_of(factor, values[v], sums[row][v]);
        }
        a += a_step;
        b += b_stride;
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < vectors; v++) {
            float *to = c + row * c_stride + v * LANES;
            ptrdiff_t rest = columns - v * LANES;
            if (rest >= LANES) {
                store(to, accumulate ? load(to) + sums[row][v] : sums[row][v]);
            } else if (rest > 0) {
                store_part(to, accumulate ? load_part(to, rest) + sums[row][v] : sums[row][v], rest);
            }
        }
    }
}

#define TILE_CASE(count)                                                                                               \
    case count:                                                                                                        \
        tile_block(count, vectors, columns, depth, a, a_step, b, b_stride, c, c_stride, accumulate);                   \
        break;

INLINE void tile_rows(ptrdiff_t rows, const int vectors, ptrdiff_t columns, ptrdiff_t depth, const float *a,
                      ptrdiff_t a_step, const float *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride,
                      int accumulate) {
    switch (rows) {
        TILE_CASE(1)
        TILE_CASE(2)
        TILE_CASE(3)
        TILE_CASE(4)
        TILE_CASE(5)
        TILE_CASE(6)
#if BLOCK_ROWS == 12
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

static void vector_tile(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const float *a, ptrdiff_t a_step,
                        const float *b, ptrdiff_t b_stride, float *c, ptrdiff_t c_stride, int accumulate) {
    for (ptrdiff_t row = 0; row < rows; row += BLOCK_ROWS) {
        ptrdiff_t block = rows - row < BLOCK_ROWS ? rows - row : BLOCK_ROWS;
        for (ptrdiff_t column = 0; column < columns; column += 2 * LANES) {
            ptrdiff_t width = columns - column;
            float *to = c + row * c_stride + column;
            if (width > LANES)
                tile_rows(block, 2, width, depth, a + row, a_step, b + column, b_stride, to, c_stride, accumulate);
            else
                tile_rows(block, 1, width, depth, a + row, a_step, b + column, b_stride, to, c_stride, accumulate);
        }
    }
}

// Dot products of `rows` weight rows with one x; two accumulators each hide the latency of the multiply-adds.
INLINE void matvec_block(const int rows, const ck_weight_kind kind, const float *x, const char *w,
                         ptrdiff_t stride_bytes, ptrdiff_t depth, float *y, int accumulate) {
    vector even[4], odd[4];
    UNROLL for (int row = 0; row < rows; row++) even[row] = odd[row] = 0;
    ptrdiff_t k = 0;
    for (; k + 2 * LANES <= depth; k += 2 * LANES) {
        vector x0 = load(x + k), x1 = load(x + k + LANES);
        UNROLL for (int row = 0; row < rows; row++) {
            even[row] = fma_of(load_weight(w + row * stride_bytes, k, kind), x0, even[row]);
            odd[row] = fma_of(load_weight(w + row * stride_bytes, k + LANES, kind), x1, odd[row]);
        }
    }
    if (k + LANES <= depth) {
        vector x0 = load(x + k);
        UNROLL for (int row = 0; row < rows; row++)
            even[row] = fma_of(load_weight(w + row * stride_bytes, k, kind), x0, even[row]);
        k += LANES;
    }
    if (k < depth) {
        vector x1 = load_part(x + k, depth - k);
        UNROLL for (int row = 0; row < rows; row++)
            odd[row] = fma_of(load_weight_part(w + row * stride_bytes, k, depth - k, kind), x1, odd[row]);
    }
    UNROLL for (int row = 0; row < rows; row++) {
        float sum = sum_of(even[row] + odd[row]);
        y[row] = accumulate ? y[row] + sum : sum;
    }
}

INLINE void matvec_of(const ck_weight_kind kind, const float *x, ptrdiff_t x_stride, ptrdiff_t count, const char *w,
                      ptrdiff_t stride_bytes, ptrdiff_t rows, ptrdiff_t depth, float *y, ptrdiff_t y_stride,
                      int accumulate) {
    ptrdiff_t row = 0;
    for (; row + 4 <= rows; row += 4)
        for (ptrdiff_t i = 0; i < count; i++)
            matvec_block(4, kind, x + i * x_stride, w + row * stride_bytes, stride_bytes, depth,
                         y + i * y_stride + row, accumulate);
    for (; row < rows; row++)
        for (ptrdiff_t i = 0; i < count; i++)
            matvec_block(1, kind, x + i * x_stride, w + row * stride_bytes, stride_bytes, depth,
                         y + i * y_stride + row, accumulate);
}

static void vector_matvec(const float *x, ptrdiff_t x_stride, ptrdiff_t count, const void *w, ck_weight_kind kind,
                          ptrdiff_t w_stride_bytes, ptrdiff_t rows, ptrdiff_t depth, float *y, ptrdiff_t y_stride,
                          int accumulate) {
    if (kind == CK_WEIGHT_BF16)
        matvec_of(CK_WEIGHT_BF16, x, x_stride, count, w, w_stride_bytes, rows, depth, y, y_stride, accumulate);
    else
        matvec_of(CK_WEIGHT_F32, x, x_stride, count, w, w_stride_bytes, rows, depth, y, y_stride, accumulate);
}
