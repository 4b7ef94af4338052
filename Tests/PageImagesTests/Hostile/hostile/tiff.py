"""TIFF: directories in circles, huge strips and tiles, pictures that compress to nothing."""

import struct

from .deflate import constant
from .noise import noise

SHORT, LONG, RATIONAL = 3, 4, 5
NONE, GROUP4, LZW, DEFLATE, PACKBITS, JPEG = 1, 4, 5, 8, 32773, 7


def directory(tags, following=0):
    """A little-endian directory of {tag: (type, count, value or offset)}."""
    body = b""
    for tag, (kind, count, value) in sorted(tags.items()):
        body += struct.pack("<HHI", tag, kind, count)
        body += struct.pack("<HH", value, 0) if kind == SHORT and count == 1 else struct.pack("<I", value)
    return struct.pack("<H", len(tags)) + body + struct.pack("<I", following)


def tags(width, height, compression=NONE, bits=1, samples=1, offset=8, length=0, photometric=0, **others):
    """The tags of a picture in one strip; `others` are tNUMBER=(type, count, value)."""
    result = {
        256: (LONG, 1, width),
        257: (LONG, 1, height),
        258: (SHORT, 1, bits),
        259: (SHORT, 1, compression),
        262: (SHORT, 1, photometric),
        273: (LONG, 1, offset),
        277: (SHORT, 1, samples),
        278: (LONG, 1, height),
        279: (LONG, 1, length),
    }
    result.update({int(name[1:]): value for name, value in others.items()})
    return result


def tiff(data, *directories, following=0):
    """The strip, then the directories, each leading to the next, and the last to `following`."""
    data += b"\0" * (len(data) % 2)
    place = 8 + len(data)
    out = b"II*\0" + struct.pack("<I", place) + data
    for index, entries in enumerate(directories):
        place += 6 + 12 * len(entries)
        out += directory(entries, place if index + 1 < len(directories) else following)
    return out


def white(width, height):
    """Group 4 fax of a white page: one bit a row, however wide it is."""
    rows = b"\xff" * (height // 8 + 1)
    return rows, tags(width, height, GROUP4, length=len(rows))


def picture(width=200, height=200):
    """Uncompressed grey noise."""
    data = noise(width * height)
    return tiff(data, tags(width, height, bits=8, length=len(data), photometric=1))


def changed(width=64, height=64, **others):
    """A small grey picture with some tags replaced."""
    data = noise(width * height)
    return tiff(data, tags(width, height, bits=8, length=len(data), photometric=1, **others))


def many_directories(count):
    """Each holds one tag, and leads to the next."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for index in range(count):
        following = 8 + 18 * (index + 1) if index + 1 < count else 0
        out += directory({256: (LONG, 1, 1)}, following)
    return bytes(out)


def files():
    # Directories
    data, entries = white(64, 64)
    start = 8 + len(data) + len(data) % 2
    loops = "corrupt pages too-many-pages"
    yield "tiff-directory-loop.tif", tiff(data, entries, following=start), loops
    yield "tiff-two-directories-loop.tif", tiff(data, entries, entries, following=start), loops
    yield "tiff-200000-directories.tif", many_directories(200_000), "too-many-pages corrupt"
    yield "tiff-3000-pages.tif", tiff(data, *[entries] * 3000), "too-many-pages"
    yield "tiff-subdirectory-loop.tif", tiff(
        data, entries | {330: (LONG, 1, start), 34665: (LONG, 1, start)}
    ), "pages corrupt"
    yield "tiff-directory-beyond-end.tif", b"II*\0" + struct.pack("<I", 0xFFFFFFF0), "corrupt truncated"
    yield "tiff-65535-tags.tif", b"II*\0" + struct.pack("<IH", 8, 0xFFFF) + bytes(
        12 * 65535
    ), "corrupt truncated unsupported"
    yield "tiff-big-beyond-end.tif", b"II+\0\x08\0\0\0" + struct.pack("<Q", 2**63 - 1) + bytes(64), "corrupt truncated"
    yield "tiff-big-2-to-63-tags.tif", (
        b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 2**63 - 1) + bytes(64)
    ), "corrupt truncated"

    # Pixels
    yield "tiff-gigapixel-in-a-kilobyte.tif", tiff(*white(1 << 20, 1 << 10)), "too-many-pixels"
    yield "tiff-35000x35000.tif", tiff(*white(35000, 35000)), "too-many-pixels"
    yield "tiff-large.tif", tiff(*white(5400, 5400)), "pages too-slow"
    data, entries = white(5000, 5000)
    yield "tiff-40-large-pages.tif", tiff(data, *[entries] * 40), "too-many-pixels"
    yield "tiff-largest-size.tif", changed(t256=(LONG, 1, 0xFFFFFFFF), t257=(LONG, 1, 0xFFFFFFFF)), (
        "too-many-pixels corrupt"
    )
    yield "tiff-no-pixels.tif", changed(t256=(LONG, 1, 0), t257=(LONG, 1, 0)), "corrupt unsupported"
    bomb = constant(0, 1 << 30)
    yield "tiff-deflate-bomb.tif", tiff(bomb, tags(64, 64, DEFLATE, 8, length=len(bomb), photometric=1)), (
        "pages corrupt"
    )
    yield "tiff-large-deflate.tif", tiff(
        constant(0, 5400 * 5400 * 4),
        tags(5400, 5400, DEFLATE, 8, 4, length=len(constant(0, 5400 * 5400 * 4)), photometric=2, t258=(SHORT, 1, 8)),
    ), "pages corrupt unsupported too-slow"

    # Strips and tiles
    damaged = "corrupt truncated unsupported"
    yield "tiff-strip-beyond-end.tif", changed(t273=(LONG, 1, 0x7FFFFFFF)), damaged
    yield "tiff-strip-of-4-gigabytes.tif", changed(t279=(LONG, 1, 0xFFFFFFFF)), "pages " + damaged
    yield "tiff-strip-of-nothing.tif", changed(t279=(LONG, 1, 0)), "pages " + damaged
    yield "tiff-4-billion-strips.tif", changed(
        t273=(LONG, 0xFFFFFFFF, 8), t279=(LONG, 0xFFFFFFFF, 8), t278=(LONG, 1, 1)
    ), damaged
    yield "tiff-strips-without-rows.tif", changed(t278=(LONG, 1, 0)), "pages " + damaged
    tile = {322: (LONG, 1, 0x7FFFFFF0), 323: (LONG, 1, 0x7FFFFFF0), 324: (LONG, 1, 8), 325: (LONG, 1, 4096)}
    yield "tiff-tile-of-2-to-31.tif", tiff(noise(4096), tags(64, 64, bits=8, photometric=1) | tile), damaged
    tile = {322: (LONG, 1, 65536), 323: (LONG, 1, 65536), 324: (LONG, 1, 8), 325: (LONG, 1, 4096)}
    yield "tiff-tile-of-4-gigabytes.tif", tiff(
        noise(4096), tags(64, 64, DEFLATE, bits=8, photometric=1) | tile
    ), damaged + " too-many-pixels too-much-memory"
    tile = {322: (LONG, 1, 0), 323: (LONG, 1, 0), 324: (LONG, 1, 8), 325: (LONG, 1, 4096)}
    yield "tiff-tile-of-nothing.tif", tiff(noise(4096), tags(64, 64, bits=8, photometric=1) | tile), damaged

    # Variants that do not exist
    yield "tiff-65535-samples.tif", changed(t277=(SHORT, 1, 65535)), damaged
    yield "tiff-64-bits.tif", changed(t258=(SHORT, 1, 64)), damaged
    yield "tiff-unknown-compression.tif", changed(t259=(SHORT, 1, 54321)), damaged
    yield "tiff-orientation-99.tif", changed(t274=(SHORT, 1, 99)), "pages"
    yield "tiff-resolution-by-zero.tif", changed(t282=(RATIONAL, 1, 8), t283=(RATIONAL, 1, 0xFFFFFFF0)), "pages corrupt"
    yield "tiff-palette-missing.tif", changed(t262=(SHORT, 1, 3)), "pages " + damaged
    yield "tiff-palette-of-4-billion.tif", changed(t262=(SHORT, 1, 3), t320=(SHORT, 0xFFFFFFFF, 8)), "pages " + damaged
    yield "tiff-sampling-of-nothing.tif", changed(t262=(SHORT, 1, 6), t277=(SHORT, 1, 3), t530=(SHORT, 2, 0)), damaged
    yield "tiff-lzw-noise.tif", changed(t259=(SHORT, 1, LZW)), damaged
    yield "tiff-fax-noise.tif", changed(t259=(SHORT, 1, GROUP4), t258=(SHORT, 1, 1)), "pages " + damaged
    yield "tiff-packbits-noise.tif", changed(t259=(SHORT, 1, PACKBITS)), "pages " + damaged
    yield "tiff-jpeg-noise.tif", changed(t259=(SHORT, 1, JPEG)), damaged
