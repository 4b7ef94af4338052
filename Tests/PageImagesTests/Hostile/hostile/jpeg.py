"""JPEG: bombs of pixels, scans and markers."""

import struct

from .exif import LOOPS
from .noise import noise


def marker(code, data=b""):
    return bytes([0xFF, code]) + struct.pack(">H", len(data) + 2) + data


def frame(width, height, code=0xC0, samplings=(0x11,), precision=8):
    components = b"".join(bytes([1 + i, sampling, 0]) for i, sampling in enumerate(samplings))
    return marker(code, struct.pack(">BHHB", precision, height, width, len(samplings)) + components)


def scan(components=(1,), first=0, last=63, approximation=0):
    selectors = b"".join(bytes([c, 0]) for c in components)
    return marker(0xDA, bytes([len(components)]) + selectors + bytes([first, last, approximation]))


START = b"\xff\xd8"
END = b"\xff\xd9"
QUANTISATION = marker(0xDB, b"\0" + b"\x08" * 64)


def huffman(identity, *symbols):
    """A table of one code a length: 0, 10, 110 and so on."""
    counts = bytes(len(symbols) > i for i in range(16))
    return marker(0xC4, bytes([identity]) + counts + bytes(symbols))


# A difference of nothing, or one of six bits; an end of block.
TABLES = huffman(0x00, 0, 6) + huffman(0x10, 0)


def picture(width=64, height=64, before=b"", code=0xC0, after=b""):
    """Grey blocks, each much lighter or darker than the one before it."""
    count = ((width + 7) // 8) * ((height + 7) // 8)
    bits = "".join("10" + ("101000", "010111")[i % 2] + "0" for i in range(count))
    bits += "1" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    return START + before + QUANTISATION + frame(width, height, code) + TABLES + scan() + data + after + END


def grey(width, height):
    """Every block is two zero bits."""
    count = ((width + 7) // 8) * ((height + 7) // 8)
    return START + QUANTISATION + frame(width, height) + TABLES + scan() + bytes(count // 4 + 1) + END


# Runs of empty blocks: 2^14 and more, then 2^0, 2^1 and so on, each with as many bits as the exponent says.
RUNS = huffman(0x10, 0xE0, *range(0x00, 0xE0, 0x10))


def run_of_nothing(count):
    """The entropy-coded end of `count` blocks."""
    bits = ("0" + "1" * 14) * (count // 32767)
    rest = count % 32767
    if rest:
        exponent = rest.bit_length() - 1
        code = "0" if exponent == 14 else "1" * (exponent + 1) + "0"
        bits += code + format(rest, "b")[1:]
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")


def progressive(width, height, colours, scans):
    """A progressive picture of nothing, with the scans (component, first, last, approximation) after the first."""
    count = ((width + 7) // 8) * ((height + 7) // 8)
    components = tuple(range(1, colours + 1))
    start = START + QUANTISATION + frame(width, height, 0xC2, (0x11,) * colours) + huffman(0x00, 0) + RUNS
    out = [start, scan(components, 0, 0, 0), bytes(count * colours // 8 + 1)]
    nothing = run_of_nothing(count)
    for component, first, last, approximation in scans:
        out += [scan((component,), first, last, approximation), nothing]
    return b"".join(out) + END


def legal_scans(colours):
    """Every coefficient alone, one bit after the other, as the standard allows: 882 scans a colour."""
    for component in range(1, colours + 1):
        for coefficient in range(1, 64):
            yield component, coefficient, coefficient, 13
            for bit in range(12, -1, -1):
                yield component, coefficient, coefficient, (bit + 1) << 4 | bit


def files():
    # Pixels
    yield "jpeg-65500x65500.jpg", START + QUANTISATION + frame(65500, 65500) + TABLES + scan() + bytes(1000) + END, (
        "too-many-pixels"
    )
    yield "jpeg-65500x65500-progressive.jpg", (
        START
        + QUANTISATION
        + frame(65500, 65500, 0xC2, (0x11, 0x11, 0x11))
        + TABLES
        + scan((1, 2, 3), 0, 0)
        + bytes(1000)
        + END
    ), "too-many-pixels"
    yield "jpeg-no-height.jpg", START + QUANTISATION + frame(65500, 0) + TABLES + scan() + bytes(1000) + END, (
        "corrupt unsupported"
    )
    yield "jpeg-one-column.jpg", grey(1, 65500), "pages"
    yield "jpeg-large.jpg", grey(5400, 5400), "pages too-slow"
    yield "jpeg-pixels-missing.jpg", grey(5400, 5400)[:300] + END, "corrupt truncated"
    yield "jpeg-arithmetic-without-pixels.jpg", (
        START + QUANTISATION + frame(5400, 5400, 0xC9, (0x11, 0x11, 0x11)) + scan((1, 2, 3)) + bytes(16) + END
    ), "pages corrupt truncated unsupported too-slow"
    yield "jpeg-coarse-sampling.jpg", (
        START
        + QUANTISATION
        + frame(5400, 5400, 0xC0, (0x44, 0x11, 0x11, 0x44))
        + TABLES
        + scan((1, 2, 3, 4))
        + bytes(500_000)
        + END
    ), "pages corrupt truncated unsupported"

    # Scans
    yield "jpeg-2646-legal-scans.jpg", progressive(4000, 4000, 3, legal_scans(3)), (
        "pages corrupt unsupported too-slow"
    )
    yield "jpeg-20000-scans.jpg", progressive(4000, 4000, 1, [(1, 1, 63, 0)] * 20_000), "corrupt unsupported too-slow"

    # Markers
    yield "jpeg-100000-comments.jpg", picture(before=marker(0xFE, b"text") * 100_000), "pages corrupt"
    yield "jpeg-100000-tables.jpg", picture(before=QUANTISATION * 20_000 + TABLES * 20_000), "pages corrupt"
    yield "jpeg-fill-bytes.jpg", picture(before=b"\xff" * 2_000_000), "pages corrupt"
    yield "jpeg-rubbish-between-markers.jpg", picture(before=bytes(2_000_000)), "unknown-content corrupt"
    yield "jpeg-profile-in-255-parts.jpg", picture(
        before=b"".join(marker(0xE2, b"ICC_PROFILE\0" + bytes([i, 255]) + noise(8000, i)) for i in range(1, 256))
    ), "pages corrupt"
    yield "jpeg-two-frames.jpg", START + QUANTISATION + frame(64, 64) + frame(60000, 60000) + TABLES + scan() + END, (
        "corrupt too-many-pixels"
    )
    yield "jpeg-scan-before-frame.jpg", START + QUANTISATION + TABLES + scan() + bytes(100) + END, "corrupt"
    yield "jpeg-no-tables.jpg", START + frame(64, 64) + scan() + bytes(100) + END, "corrupt"
    yield "jpeg-overfull-codes.jpg", (
        START
        + QUANTISATION
        + frame(64, 64)
        + marker(0xC4, b"\0" + b"\xff" * 16 + bytes(16 * 255))
        + scan()
        + bytes(100)
        + END
    ), "corrupt"
    yield "jpeg-restart-at-each-block.jpg", picture(1000, 1000, before=marker(0xDD, b"\0\1")), "corrupt truncated"
    yield "jpeg-segment-beyond-end.jpg", picture()[:2] + b"\xff\xe1\xff\xff" + b"Exif\0\0", "corrupt truncated"
    yield "jpeg-65535-components.jpg", START + marker(0xC0, struct.pack(">BHHB", 8, 64, 64, 255) + bytes(765)) + END, (
        "corrupt unsupported"
    )
    for name, exif in LOOPS.items():
        yield f"jpeg-exif-{name}.jpg", picture(before=marker(0xE1, b"Exif\0\0" + exif)), "pages corrupt"
