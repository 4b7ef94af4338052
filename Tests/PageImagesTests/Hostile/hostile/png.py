"""PNG: bombs of pixels, of chunks and of what chunks hold."""

import struct
import zlib

from .deflate import constant
from .exif import LOOPS
from .noise import noise

SIGNATURE = b"\x89PNG\r\n\x1a\n"
END = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


def chunk(kind, data, length=None):
    return (
        struct.pack(">I", len(data) if length is None else length)
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
    )


def header(width, height, depth=8, colour=2, interlaced=0):
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def black(width, height, depth=8, colour=2, before=b""):
    """A whole picture of zeros: rows of the filter byte and the samples."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    data = constant(0, height * (1 + (width * bits + 7) // 8))
    return header(width, height, depth, colour) + before + chunk(b"IDAT", data) + END


def picture(before=b"", pixels=None, width=64, height=64):
    """A small coloured picture with more chunks before its pixels."""
    rows = b"".join(
        b"\0" + b"".join(bytes((4 * x & 255, 4 * y & 255, x * y & 255)) for x in range(width)) for y in range(height)
    )
    return header(width, height) + before + (chunk(b"IDAT", zlib.compress(rows)) if pixels is None else pixels) + END


def interlaced_bytes(width, height):
    """Length of the seven passes of an 8-bit grey picture."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    sizes = [((width - x + dx - 1) // dx, (height - y + dy - 1) // dy) for x, y, dx, dy in passes]
    return sum(rows * (1 + columns) for columns, rows in sizes if columns > 0)


def interlaced(width, height):
    return header(width, height, 8, 0, 1) + chunk(b"IDAT", constant(0, interlaced_bytes(width, height))) + END


def files():
    # Pixels
    yield "png-35000x35000.png", black(35000, 35000, 8, 0), "too-many-pixels"
    yield "png-35000x35000-interlaced.png", interlaced(35000, 35000), "too-many-pixels"
    yield "png-gigapixel-in-a-kilobyte.png", (
        header(32768, 32768, 1, 0) + chunk(b"IDAT", constant(0, 900 << 10)) + END
    ), "too-many-pixels"
    yield "png-widest.png", header(2**31 - 1, 1, 8, 0) + chunk(b"IDAT", constant(0, 1 << 20)) + END, (
        "too-many-pixels corrupt unsupported"
    )
    yield "png-highest.png", header(1, 2**31 - 1, 8, 0) + chunk(b"IDAT", constant(0, 1 << 20)) + END, (
        "too-many-pixels corrupt unsupported"
    )
    yield "png-wider-than-allowed.png", header(2**32 - 1, 2**32 - 1) + chunk(b"IDAT", b"") + END, (
        "too-many-pixels corrupt"
    )
    yield "png-no-pixels.png", header(0, 0) + chunk(b"IDAT", zlib.compress(b"")) + END, "corrupt"
    yield "png-one-column.png", black(1, 1_000_000), "pages too-slow"
    yield "png-large-rgba16.png", black(5400, 5400, 16, 6), "pages too-slow"
    yield "png-large-interlaced.png", interlaced(5400, 5400), "pages too-slow"
    yield "png-pixels-missing.png", header(5400, 5400) + chunk(b"IDAT", constant(0, 1000)) + END, "corrupt truncated"
    yield "png-gigabyte-too-much.png", (
        header(1, 1) + chunk(b"IDAT", constant(0, 1 << 30)) + END
    ), "pages corrupt too-slow"

    # Chunks
    bomb = constant(65, 200 << 20)
    yield "png-ztxt-bomb.png", picture(chunk(b"zTXt", b"Comment\0\0" + bomb)), "pages corrupt"
    yield "png-itxt-bomb.png", picture(chunk(b"iTXt", b"Comment\0\1\0\0\0" + bomb)), "pages corrupt"
    yield "png-iccp-bomb.png", picture(chunk(b"iCCP", b"profile\0\0" + bomb)), "pages corrupt"
    yield "png-100000-texts.png", picture(chunk(b"tEXt", b"Comment\0text") * 100_000), "pages corrupt"
    yield "png-100000-unknown-chunks.png", picture(chunk(b"abCd", b"data") * 100_000), "pages corrupt"
    yield "png-10000-palettes.png", picture(chunk(b"sPLT", b"name\0\x08" + bytes(6)) * 10_000), "pages corrupt"
    data = zlib.compress(b"".join(b"\0" + noise(3 * 100, row) for row in range(150)))
    yield "png-pixels-byte-by-byte.png", (
        header(100, 150) + b"".join(chunk(b"IDAT", data[i : i + 1]) for i in range(len(data))) + END
    ), "pages"
    yield "png-empty-pixel-chunks.png", picture(
        pixels=chunk(b"IDAT", b"") * 100_000 + picture().split(END)[0][33:]
    ), "pages corrupt"
    yield "png-chunk-of-4-gigabytes.png", picture(chunk(b"tEXt", b"a\0b", 0xFFFFFFFF)), "corrupt truncated"
    yield "png-chunk-of-2-gigabytes.png", picture(chunk(b"tEXt", b"a\0b", 0x7FFFFFFF)), "corrupt truncated"
    yield "png-pixels-of-2-gigabytes.png", picture(pixels=chunk(b"IDAT", b"\x78\xda", 0x7FFFFFFF)), "corrupt truncated"
    yield "png-no-palette.png", black(64, 64, 8, 3), "corrupt"
    yield "png-colour-beyond-palette.png", (
        header(64, 64, 8, 3) + chunk(b"PLTE", bytes(3)) + chunk(b"IDAT", constant(255, 64 * 65)) + END
    ), "corrupt"
    yield "png-not-zlib.png", picture(pixels=chunk(b"IDAT", noise(5000))), "corrupt"
    yield "png-two-headers.png", picture(header(20000, 20000)[8:]), "corrupt too-many-pixels"
    for name, exif in LOOPS.items():
        yield f"png-exif-{name}.png", picture(chunk(b"eXIf", exif)), "pages corrupt"
