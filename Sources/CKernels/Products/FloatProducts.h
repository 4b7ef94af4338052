// Products with single numbers as weights, over vectors of LANES floats. Part of VectorProductTable.h, which see.
//
// Every number of y is the sum over blocks of the depth, in order; of each block, the lanes of one vector sum every
// LANES-th term, in order, and are added at the end. Tiles of any size do the same for each number.

enum { MOST_TILE_ROWS = 3, TILE_OUTPUTS = 8, FLOAT_ROW_BLOCK = 240 };

INLINE vector load_weight(const char *w, ptrdiff_t k, const uint32_t type) {
    return type == TYPE_F32 ? load(w + 4 * k) : type == TYPE_BF16 ? load_bf16(w + 2 * k) : load_f16(w + 2 * k);
}

INLINE vector load_weight_part(const char *w, ptrdiff_t k, ptrdiff_t count, const uint32_t type) {
    return type == TYPE_F32    ? load_part(w + 4 * k, count)
           : type == TYPE_BF16 ? load_bf16_part(w + 2 * k, count)
                               : load_f16_part(w + 2 * k, count);
}

// The sums in lanes of `rows` rows with `width` outputs for one block of the depth.
INLINE void sum_lanes(const int rows, const int width, const uint32_t type, const float *x, ptrdiff_t x_stride,
                      const char *const *w, ptrdiff_t depth, vector (*results)[TILE_OUTPUTS]) {
    vector sums[MOST_TILE_ROWS][TILE_OUTPUTS];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int i = 0; i < width; i++) sums[row][i] = 0;
    }
    ptrdiff_t k = 0;
    for (; k + LANES <= depth; k += LANES) {
        vector values[MOST_TILE_ROWS];
        UNROLL for (int row = 0; row < rows; row++) values[row] = load(x + row * x_stride + k);
        UNROLL for (int i = 0; i < width; i++) {
            vector weight = load_weight(w[i], k, type);
            UNROLL for (int row = 0; row < rows; row++) sums[row][i] = fma_of(weight, values[row], sums[row][i]);
        }
    }
    if (k < depth) {
        UNROLL for (int i = 0; i < width; i++) {
            vector weight = load_weight_part(w[i], k, depth - k, type);
            UNROLL for (int row = 0; row < rows; row++)
                sums[row][i] = fma_of(weight, load_part(x + row * x_stride + k, depth - k), sums[row][i]);
        }
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int i = 0; i < width; i++) results[row][i] = sums[row][i];
    }
}

// y (rows, outputs) = or += x * w^T for one block of the depth.
INLINE void float_tile(const int rows, const uint32_t type, const float *x, ptrdiff_t x_stride, const char *const *w,
                       ptrdiff_t depth, float *y, ptrdiff_t y_stride, ptrdiff_t outputs, int accumulate) {
    // As many sums at once as there are registers for.
    const int width = LANES == 16 || rows == 1 ? TILE_OUTPUTS : TILE_OUTPUTS / 2;
    vector sums[MOST_TILE_ROWS][TILE_OUTPUTS];
    UNROLL for (int i = 0; i < TILE_OUTPUTS; i += width)
        sum_lanes(rows, width, type, x, x_stride, w + i, depth, (vector(*)[TILE_OUTPUTS]) & sums[0][i]);
    UNROLL for (int row = 0; row < rows; row++) {
        float *to = y + row * y_stride;
        eight results = sums_of(sums[row]);
        if (outputs < TILE_OUTPUTS) {
            store_part_of_eight(to, accumulate ? load_part_of_eight(to, outputs) + results : results, outputs);
        } else {
            store_eight(to, accumulate ? load_eight(to) + results : results);
        }
    }
}

INLINE void float_tiles(const uint32_t type, ptrdiff_t rows, const float *x, ptrdiff_t x_stride, const char *const *w,
                        ptrdiff_t depth, float *y, ptrdiff_t y_stride, ptrdiff_t outputs, int accumulate) {
    ptrdiff_t row = 0;
    for (; row + 3 <= rows; row += 3)
        float_tile(3, type, x + row * x_stride, x_stride, w, depth, y + row * y_stride, y_stride, outputs, accumulate);
    if (row + 2 == rows)
        float_tile(2, type, x + row * x_stride, x_stride, w, depth, y + row * y_stride, y_stride, outputs, accumulate);
    if (row + 1 == rows)
        float_tile(1, type, x + row * x_stride, x_stride, w, depth, y + row * y_stride, y_stride, outputs, accumulate);
}

// Bytes of some weights of an output.
INLINE ptrdiff_t stored_bytes(const uint32_t type, const ck_block_format *format, ptrdiff_t count) {
    return type == TYPE_F32 ? 4 * count : type == TYPE_OTHER ? count / format->weights * format->bytes : 2 * count;
}

// The weights of one block of the depth as floats.
INLINE void widen_weights(const uint32_t type, const ck_block_format *format, const char *w, ptrdiff_t depth,
                          float *panel) {
    if (type == TYPE_OTHER) return format->dequantize((const uint8_t *)w, depth / format->weights, panel);
    ptrdiff_t k = 0;
    for (; k + LANES <= depth; k += LANES) store(panel + k, load_weight(w, k, type));
    if (k < depth) store_part(panel + k, load_weight_part(w, k, depth - k, type), depth - k);
}

// The products of some rows with up to TILE_OUTPUTS outputs over a part of the depth.
INLINE void float_block(const uint32_t type, const ck_product *p, const ck_block_format *format,
                        const char *const *w, ptrdiff_t first, ptrdiff_t last, ptrdiff_t first_row, ptrdiff_t rows,
                        ptrdiff_t output, ptrdiff_t outputs) {
    // Rows apart in the cache: at some strides, weights where they lie would push each other out of it.
    float panel[TILE_OUTPUTS][DEPTH_BLOCK + LANES] __attribute__((aligned(64)));
    for (ptrdiff_t k = first; k < last; k += DEPTH_BLOCK) {
        ptrdiff_t depth = last - k < DEPTH_BLOCK ? last - k : DEPTH_BLOCK;
        const float *x = p->x + first_row * p->x_stride + k;
        float *y = p->y + first_row * p->y_stride + output;
        const int accumulate = k > 0 || p->accumulate;
        const char *from[TILE_OUTPUTS];
        ptrdiff_t offset = stored_bytes(type, format, k);
        if (type != TYPE_OTHER && rows <= MOST_TILE_ROWS) {
            for (int i = 0; i < TILE_OUTPUTS; i++) from[i] = w[i] + offset;
            float_tiles(type, rows, x, p->x_stride, from, depth, y, p->y_stride, outputs, accumulate);
        } else {
            // What more than one tile reads is widened once, and meanwhile the next weights are on their way.
            ptrdiff_t length = stored_bytes(type, format, depth), next = offset + length;
            if (k + depth == last) next = stored_bytes(type, format, first) + TILE_OUTPUTS * p->weight_stride_bytes;
            for (int i = 0; i < TILE_OUTPUTS; i++) {
                from[i] = (const char *)panel[i < outputs ? i : 0];
                if (i >= outputs) continue;
                widen_weights(type, format, w[i] + offset, depth, panel[i]);
                prefetch(w[i] + next, length);
            }
            float_tiles(TYPE_F32, rows, x, p->x_stride, from, depth, y, p->y_stride, outputs, accumulate);
        }
    }
}

INLINE void multiply_floats(const uint32_t type, const ck_product *p) {
    const ck_block_format *format = ck_block_format_for(p->type);
    for (ptrdiff_t row = 0; row < p->rows; row += FLOAT_ROW_BLOCK) {
        ptrdiff_t rows = p->rows - row < FLOAT_ROW_BLOCK ? p->rows - row : FLOAT_ROW_BLOCK;
        // The weights are read in order if x stays in the second-level cache; otherwise a block of x does.
        ptrdiff_t step = rows * p->depth <= MOST_CACHED_BYTES / 4 ? p->depth : DEPTH_BLOCK;
        for (ptrdiff_t k = 0; k < p->depth; k += step) {
            ptrdiff_t last = p->depth - k < step ? p->depth : k + step;
            for (ptrdiff_t output = 0; output < p->outputs; output += TILE_OUTPUTS) {
                ptrdiff_t outputs = p->outputs - output < TILE_OUTPUTS ? p->outputs - output : TILE_OUTPUTS;
                const char *w[TILE_OUTPUTS];
                for (int i = 0; i < TILE_OUTPUTS; i++)
                    w[i] = (const char *)p->weights + (output + (i < outputs ? i : 0)) * p->weight_stride_bytes;
                float_block(type, p, format, w, k, last, row, rows, output, outputs);
            }
        }
    }
}

static void multiply_f32(const ck_product *p) { multiply_floats(TYPE_F32, p); }
static void multiply_f16(const ck_product *p) { multiply_floats(TYPE_F16, p); }
static void multiply_bf16(const ck_product *p) { multiply_floats(TYPE_BF16, p); }

static void multiply_dequantized(const ck_product *p) { multiply_floats(TYPE_OTHER, p); }
