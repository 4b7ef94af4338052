"""zlib streams of any length, made without making what they hold."""

import zlib

BASE = 65521


def constant(byte, count):
    """`count` times the same byte: about a thousandth of that in size."""
    # Adler-32 in closed form: a is 1 plus the sum of all bytes, b the sum of all values that a takes.
    a = (1 + byte * count) % BASE
    b = (count + byte * (count * (count + 1) // 2)) % BASE
    return repeated(bytes([byte]) * (1 << 20), count >> 20, bytes([byte]) * (count & 0xFFFFF), b << 16 | a)


def repeated(part, count, rest=b"", checksum=None):
    """`count` times `part`, then `rest`."""
    if checksum is None:
        checksum = 1
        for _ in range(count):
            checksum = zlib.adler32(part, checksum)
        checksum = zlib.adler32(rest, checksum)
    # After a full flush the compressor has forgotten everything: the same bytes come out again.
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = block.compress(part) + block.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"\x78\xda" + body * count + end.compress(rest) + end.flush() + checksum.to_bytes(4, "big")
