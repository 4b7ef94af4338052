// Products with weights in blocks, as integers, over vectors of LANES. Part of VectorProductTable.h, which see.
//
// The sums of integers of a block are exact, so their order does not matter: they stay below 2^28 (sixteen groups of
// Q6_K, each 16 * 63 * 127 times a scale of 128). The blocks' sums are scaled and added to y in order.

// y = or += the products of 256 weights with scales for groups of 4 * steps.
INLINE void tile_of_256(const int rows, const int steps, const int largest, const panel *w,
                        const ck_activation_block *x, float *y, ptrdiff_t y_stride, ptrdiff_t outputs,
                        int accumulate) {
    const int has_minimum = steps == 8;
    integers sums[BLOCK_ROWS][VECTORS];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < VECTORS; v++) sums[row][v] = 0;
    }
    for (int group = 0; group < 64 / steps; group++) {
        integers dots[BLOCK_ROWS][VECTORS];
        UNROLL for (int row = 0; row < rows; row++) {
            UNROLL for (int v = 0; v < VECTORS; v++)
                dots[row][v] = has_minimum ? (integers)(0) : (integers)(x[row].corrections[group]);
        }
        add_dots(rows, steps, largest, w->values + group * steps, x->values + 4 * group * steps, sizeof *x, dots);
        UNROLL for (int row = 0; row < rows; row++) {
            UNROLL for (int v = 0; v < VECTORS; v++) sums[row][v] += dots[row][v] * w->scales[group][v];
        }
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < VECTORS; v++) {
            vector value = __builtin_convertvector(sums[row][v], vector) * w->scale[0][v];
            if (has_minimum) {
                integers minimum = 0;
                UNROLL for (int i = 0; i < 4; i++)
                    minimum += multiply_pairs(w->minimums[i][v], broadcast(x[row].sums + 2 * i));
                value = fma_of(-__builtin_convertvector(minimum, vector), w->minimum[v], value);
            }
            add_scaled(value, x[row].scales[0], y + row * y_stride + v * LANES, outputs - v * LANES, accumulate);
        }
    }
}

// y = or += the products of `blocks` times 32 weights.
INLINE void tile_of_32(const int rows, const panel *w, int blocks, const ck_activation_block *x, float *y,
                       ptrdiff_t y_stride, ptrdiff_t outputs, int accumulate) {
    vector sums[BLOCK_ROWS][VECTORS];
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < VECTORS; v++)
            sums[row][v] = accumulate ? load_part(y + row * y_stride + v * LANES, within(outputs - v * LANES))
                                      : (vector)(0.0f);
    }
    for (int block = 0; block < blocks; block++) {
        integers dots[BLOCK_ROWS][VECTORS];
        UNROLL for (int row = 0; row < rows; row++) {
            UNROLL for (int v = 0; v < VECTORS; v++)
                dots[row][v] = SIGNED_PANEL ? (integers)(0) : (integers)(x[row].corrections[block]);
        }
        add_dots(rows, 8, SIGNED_PANEL ? -128 : 255, w->values + 8 * block, x->values + 32 * block, sizeof *x, dots);
        UNROLL for (int row = 0; row < rows; row++) {
            UNROLL for (int v = 0; v < VECTORS; v++) {
                vector value = __builtin_convertvector(dots[row][v], vector) * w->scale[block][v];
                sums[row][v] = fma_of(value, (vector)(x[row].scales[block]), sums[row][v]);
            }
        }
    }
    UNROLL for (int row = 0; row < rows; row++) {
        UNROLL for (int v = 0; v < VECTORS; v++)
            store_part(y + row * y_stride + v * LANES, sums[row][v], within(outputs - v * LANES));
    }
}

INLINE void tile_of(const int rows, const uint32_t type, const panel *w, int blocks, const ck_activation_block *x,
                    float *y, ptrdiff_t y_stride, ptrdiff_t outputs, int accumulate) {
    switch (type) {
    case TYPE_Q4_K:
        tile_of_256(rows, 8, 15, w, x, y, y_stride, outputs, accumulate);
        break;
    case TYPE_Q5_K:
        tile_of_256(rows, 8, 31, w, x, y, y_stride, outputs, accumulate);
        break;
    case TYPE_Q6_K:
        tile_of_256(rows, 4, 63, w, x, y, y_stride, outputs, accumulate);
        break;
    default:
        tile_of_32(rows, w, blocks, x, y, y_stride, outputs, accumulate);
    }
}

#define TILE_CASE(count)                                                                                               \
    case count:                                                                                                        \
        tile_of(count, type, w, blocks, x, y, p->y_stride, outputs, accumulate);                                       \
        break;

// All rows with one panel.
INLINE void tiles_of(const uint32_t type, const ck_product *p, const panel *w, ptrdiff_t k, ptrdiff_t first_row,
                     ptrdiff_t last_row, ptrdiff_t output) {
    int blocks = (int)((p->depth - k < 256 ? p->depth - k : 256) / 32);
    int accumulate = k > 0 || p->accumulate;
    ptrdiff_t outputs = p->outputs - output;
    for (ptrdiff_t row = first_row; row < last_row; row += BLOCK_ROWS) {
        const ck_activation_block *x = p->x_blocks + k / CK_ACTIVATION_BLOCK * p->x_stride + row;
        float *y = p->y + row * p->y_stride + output;
        switch (last_row - row) {
            TILE_CASE(1)
            TILE_CASE(2)
            TILE_CASE(3)
#if BLOCK_ROWS == 6
            TILE_CASE(4)
            TILE_CASE(5)
#endif
        default:
            tile_of(BLOCK_ROWS, type, w, blocks, x, y, p->y_stride, outputs, accumulate);
        }
    }
}

#undef TILE_CASE

// Rows of activations of which 256 columns stay in the second-level cache.
enum { INTEGER_ROW_BLOCK = 1008 };

INLINE void multiply_integers(const uint32_t type, const ck_product *p) {
    const ck_block_format *format = ck_block_format_for(type);
    // Bytes of 256 weights.
    const ptrdiff_t length = CK_ACTIVATION_BLOCK / format->weights * format->bytes;
    panel own;
    for (ptrdiff_t row = 0; row < p->rows; row += INTEGER_ROW_BLOCK) {
        ptrdiff_t last_row = p->rows - row < INTEGER_ROW_BLOCK ? p->rows : row + INTEGER_ROW_BLOCK;
        // The weights are read in order if x stays in the second-level cache; otherwise a block of x does.
        ptrdiff_t x_blocks = (last_row - row) * ((p->depth + CK_ACTIVATION_BLOCK - 1) / CK_ACTIVATION_BLOCK);
        int in_order = x_blocks <= MOST_CACHED_BYTES / (ptrdiff_t)sizeof(ck_activation_block);
        ptrdiff_t step = in_order ? p->depth : CK_ACTIVATION_BLOCK;
        for (ptrdiff_t first = 0; first < p->depth; first += step) {
            ptrdiff_t last = p->depth - first < step ? p->depth : first + step;
            for (ptrdiff_t output = 0; output < p->outputs; output += PANEL_OUTPUTS) {
                const uint8_t *w[PANEL_OUTPUTS];
                for (ptrdiff_t i = 0; i < PANEL_OUTPUTS; i++)
                    w[i] = (const uint8_t *)p->weights + first / CK_ACTIVATION_BLOCK * length +
                           (output + i < p->outputs ? output + i : p->outputs - 1) * p->weight_stride_bytes;
                for (ptrdiff_t k = first, offset = 0; k < last; k += CK_ACTIVATION_BLOCK, offset += length) {
                    // The processor alone sees no pattern in so many short pieces.
                    ptrdiff_t next = k + CK_ACTIVATION_BLOCK < last ? offset + length
                                                                    : PANEL_OUTPUTS * p->weight_stride_bytes;
                    int blocks = (int)((p->depth - k < 256 ? p->depth - k : 256) / 32);
                    UNROLL for (int v = 0; v < VECTORS; v++) {
                        for (int i = v * LANES; i < (v + 1) * LANES; i++) prefetch(w[i] + next, length);
                        unpack(type, w + v * LANES, offset, blocks, v, &own);
                    }
                    tiles_of(type, p, &own, k, row, last_row, output);
                }
            }
        }
    }
}

static void multiply_q4_0(const ck_product *p) { multiply_integers(TYPE_Q4_0, p); }
static void multiply_q8_0(const ck_product *p) { multiply_integers(TYPE_Q8_0, p); }
static void multiply_q4_k(const ck_product *p) { multiply_integers(TYPE_Q4_K, p); }
static void multiply_q5_k(const ck_product *p) { multiply_integers(TYPE_Q5_K, p); }
static void multiply_q6_k(const ck_product *p) { multiply_integers(TYPE_Q6_K, p); }
