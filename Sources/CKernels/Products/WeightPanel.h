// Weights in blocks as integers, unpacked into a panel that many rows of activations use, over vectors of LANES.
// Part of VectorProductTable.h, which see. The formats are described in Dequantize.c.

enum { PANEL_OUTPUTS = VECTORS * LANES };

// 256 weights of each of PANEL_OUTPUTS outputs. Lane i of vector v belongs to output v * LANES + i.
typedef struct panel {
    // Four consecutive values a lane. Those of weights in blocks of 32 are signed if SIGNED_PANEL says so, otherwise
    // 128 larger; those of the others are unsigned.
    integers values[64][VECTORS];
    // The integer scales of a group, and pairs of minimums as 16-bit integers.
    integers scales[16][VECTORS];
    integers minimums[4][VECTORS];
    // The scale of a block (of 32 or 256 weights), and that of the minimums.
    vector scale[8][VECTORS];
    vector minimum[VECTORS];
} panel;

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

// 256 weights of LANES outputs, or `blocks` times 32 at the end of a row.
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
