#include "RowTables.h"

const ck_kernels *ck_kernels_for(ck_implementation implementation) {
    switch (implementation) {
    case CK_PLAIN:
        return &ck_plain_kernels;
#if defined(__x86_64__)
    case CK_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &ck_avx2_kernels : NULL;
    case CK_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                       __builtin_cpu_supports("fma")
                   ? &ck_avx512_kernels
                   : NULL;
#endif
    default:
        return NULL;
    }
}

const ck_kernels *ck_kernels_best(void) {
    const ck_kernels *best = ck_kernels_for(CK_AVX512);
    if (best == NULL) best = ck_kernels_for(CK_AVX2);
    return best != NULL ? best : &ck_plain_kernels;
}

void ck_spin_hint(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}
