"""Bytes without a pattern that are the same on every machine."""

import hashlib


def noise(count, seed=0):
    return b"".join(hashlib.sha256(b"%d %d" % (seed, i)).digest() for i in range(count // 32 + 1))[:count]
