// The implementations of attention, for the dispatcher alone.
#ifndef CK_ATTENTION_TABLES_H
#define CK_ATTENTION_TABLES_H

#include "include/Attention.h"

extern const ck_attention ck_plain_attention;
#if defined(__x86_64__)
extern const ck_attention ck_avx2_attention;
extern const ck_attention ck_avx512_attention;
#endif

#endif
