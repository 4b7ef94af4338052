"""EXIF data that lead a reader in circles or out of its bounds."""

import struct


def directory(entries, following=0):
    """A big-endian TIFF directory of (tag, type, count, value or offset)."""
    body = b"".join(struct.pack(">HHII", *entry) for entry in entries)
    return struct.pack(">H", len(entries)) + body + struct.pack(">I", following)


def exif(entries, following=0, first=8):
    return b"MM\0*" + struct.pack(">I", first) + directory(entries, following)


ORIENTATION = (0x0112, 3, 1, 6 << 16)

LOOPS = {
    # The next directory, and the one of the camera's settings, is this one.
    "loop": exif([ORIENTATION, (0x8769, 4, 1, 8), (0x8825, 4, 1, 8)], following=8),
    "four-billion-values": exif([(0x0112, 3, 0xFFFFFFFF, 8), (0x010E, 2, 0xFFFFFFFF, 0xFFFFFFF0)]),
    "beyond-its-end": exif([ORIENTATION], first=0xFFFFFFFE),
    "65535-entries": b"MM\0*" + struct.pack(">IH", 8, 0xFFFF) + struct.pack(">HHII", *ORIENTATION),
}
