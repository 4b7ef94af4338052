#include "ProductTables.h"

#include "Rows/RowTables.h"

ck_activation_format ck_activation_format_for(uint32_t type) {
    switch (type) {
    case TYPE_Q4_0:
    case TYPE_Q8_0:
        return CK_ACTIVATIONS_SHARED_BY_32;
    case TYPE_Q4_K:
    case TYPE_Q5_K:
    case TYPE_Q6_K:
        return CK_ACTIVATIONS_SHARED_BY_256;
    default:
        return CK_ACTIVATIONS_FLOAT;
    }
}

const ck_products *ck_products_for(ck_implementation implementation) {
    switch (implementation) {
    case CK_PLAIN:
        return &ck_plain_products;
#if defined(__x86_64__)
    case CK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")
                   ? &ck_avx2_products
                   : NULL;
    case CK_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                       __builtin_cpu_supports("avx512vnni")
                   ? &ck_avx512_products
                   : NULL;
#endif
    default:
        return NULL;
    }
}

const ck_products *ck_products_beside(const ck_kernels *kernels) {
    const ck_products *products = NULL;
#if defined(__x86_64__)
    // The first processors with AVX-512 have no VNNI.
    if (kernels == &ck_avx512_kernels) products = ck_products_for(CK_AVX512);
    if (products == NULL && kernels != &ck_plain_kernels) products = ck_products_for(CK_AVX2);
#else
    (void)kernels;
#endif
    return products != NULL ? products : &ck_plain_products;
}
