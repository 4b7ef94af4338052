// Products with weights in blocks, as integers, over vectors of LANES. Part of VectorProductTable.h, which see.
//
// The sums of integers of a block are exact, so their order does not matter; the blocks' sums are scaled and added to
// y in order. Weights are unpacked into a panel, of which many rows of activations use each number.

enum { PANEL_OUTPUTS = VECTORS * LANES };

// 256 weights of each of PANEL_OUTPUTS outputs. Lane i of vector v belongs to output v * LANES + i.
typedef struct panel {
    // Four consecutive values a lane: unsigned, except where signed_panel says otherwise.
    integers values[64][VECTORS];
    // The integer scales of a group, and pairs of minimums as 16-bit integers.
    integers scales[16][VECTORS];
    integers minimums[4][VECTORS];
    // The scale of a block (of 32 or 256 weights), and that of the minimums.
    vector scale[8][VECTORS];
    vector minimum[VECTORS];
} panel;

// ---- unpacking: the formats are described in Dequantize.c ----

// Values of 32 weights that are signed bytes or half bytes minus 8.
INLINE void unpack_q8_0(const uint8_t *const *w, ptrdiff_t offset, integers *const to, vector *scale) {
    integers c[8];
    columns(w, offset + 2, c);
    columns(w, offset + 18, c + 4);
    UNROLL for (int i = 0; i < 8; i++) to[i * VECTORS] = from_signed(c[i]);
    *scale = halves(w, offset);
}

INLINE void unpack_q4_0(const uint8_t *const *w, ptrdiff_t offset, integers *const to, vector *scale) {
    integers c[4];
    columns(w, offset + 2, c);
    UNROLL for (int i = 0; i < 4; i++) {
        to[i * VECTORS] = from_signed((integers)((bytes)(c[i] & 0x0F0F0F0F) - (bytes)8));
        to[(i + 4) * VECTORS] = from_signed((integers)((bytes)(c[i] >> 4 & 0x0F0F0F0F) - (bytes)8));
    }
    *scale = halves(w, offset);
}

INLINE integers byte_of(integers words, const int index) { return words >> 8 * index & 0xFF; }

// The header that Q4_K and Q5_K share.
INLINE void unpack_scales(const uint8_t *const *w, ptrdiff_t offset, const int v, panel *to) {
    integers h[4];
    columns(w, offset, h);
    to->scale[0][v] = from_half(h[0] & 0xFFFF);
    to->minimum[v] = from_half(h[0] >> 16 & 0xFFFF);
    integers scales[2] = {h[1] & 0x3F3F3F3F, (h[3] & 0x0F0F0F0F) | (h[1] >> 6 & 0x03030303) << 4};
    integers minimums[2] = {h[2] & 0x3F3F3F3F, (h[3] >> 4 & 0x0F0F0F0F) | (h[2] >> 6 & 0x03030303) << 4};
    UNROLL for (int i = 0; i < 8; i++) to->scales[i][v] = byte_of(scales[i / 4], i % 4);
    UNROLL for (int i = 0; i < 4; i++) {
        integers first = byte_of(minimums[i / 2], i % 2 * 2), second = byte_of(minimums[i / 2], i % 2 * 2 + 1);
        to->minimums[i][v] = first | second << 16;
    }
}

INLINE void unpack_q4_k(const uint8_t *const *w, ptrdiff_t offset, const int v, panel *to) {
    unpack_scales(w, offset, v, to);
    for (int column = 0; column < 8; column++) {
        integers c[4];
        columns(w, offset + 16 + 16 * column, c);
        integers *at = &to->values[column / 2 * 16 + column % 2 * 4][v];
        UNROLL for (int i = 0; i < 4; i++) {
            at[i * VECTORS] = c[i] & 0x0F0F0F0F;
            at[(i + 8) * VECTORS] = c[i] >> 4 & 0x0F0F0F0F;
        }
    }
}

INLINE void unpack_q5_k(const uint8_t *const *w, ptrdiff_t offset, const int v, panel *to) {
    unpack_scales(w, offset, v, to);
    integers fifth[8];
    columns(w, offset + 16, fifth);
    columns(w, offset + 32, fifth + 4);
    for (int group = 0; group < 8; group += 2) {
        integers c[8];
        columns(w, offset + 48 + 16 * group, c);
        columns(w, offset + 64 + 16 * group, c + 4);
        integers *at = &to->values[8 * group][v];
        UNROLL for (int i = 0; i < 8; i++) {
            at[i * VECTORS] = (c[i] & 0x0F0F0F0F) | (fifth[i] >> group & 0x01010101) << 4;
            at[(i + 8) * VECTORS] = (c[i] >> 4 & 0x0F0F0F0F) | (fifth[i] >> (group + 1) & 0x01010101) << 4;
        }
    }
}

INLINE void unpack_q6_k(const uint8_t *const *w, ptrdiff_t offset, const int v, panel *to) {
    integers scales[4];
    columns(w, offset + 192, scales);
    UNROLL for (int i = 0; i < 16; i++) to->scales[i][v] = scales[i / 4] << (24 - i % 4 * 8) >> 24;
    to->scale[0][v] = halves(w, offset + 208);
    // Of each half of the block, sixteen bytes of the upper bits belong to one column of each of four runs.
    for (int half = 0; half < 2; half++) {
        for (int part = 0; part < 2; part++) {
            integers high[4], low[2][4];
            columns(w, offset + 128 + 32 * half + 16 * part, high);
            columns(w, offset + 64 * half + 16 * part, low[0]);
            columns(w, offset + 64 * half + 32 + 16 * part, low[1]);
            integers *at = &to->values[32 * half + 4 * part][v];
            UNROLL for (int run = 0; run < 4; run++) {
                UNROLL for (int i = 0; i < 4; i++)
                    at[(8 * run + i) * VECTORS] = (low[run % 2][i] >> run / 2 * 4 & 0x0F0F0F0F) |
                                                  (high[i] >> 2 * run & 0x03030303) << 4;
            }
        }
    }
}

// ---- tiles ----

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

INLINE void unpack(const uint32_t type, const uint8_t *const *w, ptrdiff_t offset, int blocks, const int v,
                   panel *to) {
    switch (type) {
    case TYPE_Q4_K:
        unpack_q4_k(w, offset, v, to);
        break;
    case TYPE_Q5_K:
        unpack_q5_k(w, offset, v, to);
        break;
    case TYPE_Q6_K:
        unpack_q6_k(w, offset, v, to);
        break;
    case TYPE_Q8_0:
        for (int i = 0; i < blocks; i++)
            unpack_q8_0(w, offset + 34 * i, &to->values[8 * i][v], &to->scale[i][v]);
        break;
    default:
        for (int i = 0; i < blocks; i++)
            unpack_q4_0(w, offset + 18 * i, &to->values[8 * i][v], &to->scale[i][v]);
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

// Asks for what will be unpacked next: the processor alone does not see a pattern in so many short pieces.
INLINE void prefetch(const uint8_t *const *w, ptrdiff_t offset, ptrdiff_t length) {
    for (int i = 0; i < PANEL_OUTPUTS; i++) {
        for (ptrdiff_t at = 0; at < length + 63; at += 64) __builtin_prefetch(w[i] + offset + at, 0, 2);
    }
}

// Rows of activations of which 256 columns stay in the second-level cache.
enum { INTEGER_ROW_BLOCK = 1008 };

INLINE void multiply_integers(const uint32_t type, const ck_product *p) {
    const ck_block_format *format = ck_block_format_for(type);
    // Bytes of 256 weights.
    const ptrdiff_t length = CK_ACTIVATION_BLOCK / format->weights * format->bytes;
    panel own;
    for (ptrdiff_t row = 0; row < p->rows; row += INTEGER_ROW_BLOCK) {
        ptrdiff_t last_row = p->rows - row < INTEGER_ROW_BLOCK ? p->rows : row + INTEGER_ROW_BLOCK;
        // Few rows: every weight is read once, in order. Many rows: a block of x stays in the second-level cache.
        ptrdiff_t step = last_row - row <= 2 * BLOCK_ROWS ? p->depth : CK_ACTIVATION_BLOCK;
        for (ptrdiff_t first = 0; first < p->depth; first += step) {
            ptrdiff_t last = p->depth - first < step ? p->depth : first + step;
            for (ptrdiff_t output = 0; output < p->outputs; output += PANEL_OUTPUTS) {
                const uint8_t *w[PANEL_OUTPUTS];
                for (ptrdiff_t i = 0; i < PANEL_OUTPUTS; i++)
                    w[i] = (const uint8_t *)p->weights + first / CK_ACTIVATION_BLOCK * length +
                           (output + i < p->outputs ? output + i : p->outputs - 1) * p->weight_stride_bytes;
                for (ptrdiff_t k = first, offset = 0; k < last; k += CK_ACTIVATION_BLOCK, offset += length) {
                    prefetch(w, k + CK_ACTIVATION_BLOCK < last ? offset + length
                                                               : PANEL_OUTPUTS * p->weight_stride_bytes, length);
                    int blocks = (int)((p->depth - k < 256 ? p->depth - k : 256) / 32);
                    UNROLL for (int v = 0; v < VECTORS; v++) unpack(type, w + v * LANES, offset, blocks, v, &own);
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
