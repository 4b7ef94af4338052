// The kernels over vectors of LANES floats. Included once for each instruction set, after its primitives:
// load, load_part, store, store_part and sum_of.
// No include guard: each inclusion defines another table.

INLINE vector fma_of(vector a, vector b, vector c) { return __builtin_elementwise_fma(a, b, c); }

static float vector_dot(const float *a, const float *b, ptrdiff_t count) {
    vector s0 = 0, s1 = 0;
    ptrdiff_t i = 0;
    for (; i + 2 * LANES <= count; i += 2 * LANES) {
        s0 = fma_of(load(a + i), load(b + i), s0);
        s1 = fma_of(load(a + i + LANES), load(b + i + LANES), s1);
    }
    if (i + LANES <= count) {
        s0 = fma_of(load(a + i), load(b + i), s0);
        i += LANES;
    }
    if (i < count) s1 = fma_of(load_part(a + i, count - i), load_part(b + i, count - i), s1);
    return sum_of(s0 + s1);
}

static void vector_rms_norm(const float *x, const float *weight, float epsilon, float *y, ptrdiff_t count) {
    vector factor = (vector)(1.0f / __builtin_sqrtf(vector_dot(x, x, count) / (float)count + epsilon));
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, load(x + i) * factor * load(weight + i));
    if (i < count) {
        ptrdiff_t rest = count - i;
        store_part(y + i, load_part(x + i, rest) * factor * load_part(weight + i, rest), rest);
    }
}

// exp by reduction to [-ln 2 / 2, ln 2 / 2] and the polynomial of the Cephes library (expf, public domain).
INLINE vector exp_of(vector x) {
    vector t = x > 88.376f ? (vector)(88.376f) : x;
    t = t < -87.336544f ? (vector)(-87.336544f) : t;
    vector n = __builtin_elementwise_roundeven(t * 1.44269504088896341f);
    vector r = fma_of(n, (vector)(-0.693359375f), t);
    r = fma_of(n, (vector)(2.12194440e-4f), r);
    vector p = fma_of((vector)(1.9875691500e-4f), r, (vector)(1.3981999507e-3f));
    p = fma_of(p, r, (vector)(8.3334519073e-3f));
    p = fma_of(p, r, (vector)(4.1665795894e-2f));
    p = fma_of(p, r, (vector)(1.6666665459e-1f));
    p = fma_of(p, r, (vector)(5.0000001201e-1f));
    vector value = fma_of(p * r, r, r) + 1.0f;
    integers power = (__builtin_convertvector(n, integers) + 127) << 23;
    value *= (vector)power;
    return x < -87.336544f ? (vector)(0.0f) : value;
}

static void vector_exponential(float *x, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) store(x + i, exp_of(load(x + i)));
    if (i < count) store_part(x + i, exp_of(load_part(x + i, count - i)), count - i);
}

INLINE vector silu_of(vector x) { return x / (exp_of(-x) + 1.0f); }

static void vector_silu_gate(const float *gate, const float *up, float *y, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + LANES <= count; i += LANES) store(y + i, silu_of(load(gate + i)) * load(up + i));
    if (i < count) {
        ptrdiff_t rest = count - i;
        store_part(y + i, silu_of(load_part(gate + i, rest)) * load_part(up + i, rest), rest);
    }
}

const ck_kernels TABLE = {
    .name = TABLE_NAME,
    .dot = vector_dot,
    .rms_norm = vector_rms_norm,
    .silu_gate = vector_silu_gate,
    .gelu = ck_gelu_erf,
    .exponential = vector_exponential,
};
