"""PDF: streams that hold more than their size tells, and filters upon filters."""

import zlib

from .deflate import constant, repeated
from .noise import noise
from .pdf import one_page, pdf, stream

SQUARE = b"0 0 100 100 re f\n"
TIME = "pages corrupt too-slow"
MEMORY = "pages corrupt too-slow too-much-memory"


def filtered(names, data, more=b""):
    return stream(b"/Filter [%s] %s" % (b" ".join(b"/" + name for name in names), more), data)


def packed(data, times):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def lzw_bomb(count):
    """`count` times seven megabytes of spaces: each code of LZW stands for a run that is one longer than the last."""
    # Codes grow to ten bits with 511 already, as readers of PDF expect it ("early change").
    runs = "".join(format(code, f"0{max(9, (code + 1).bit_length())}b") for code in range(258, 4094))
    clear, space, end = format(256, "b"), format(32, "09b"), format(257, "b")
    bits = clear + (space + runs + clear.zfill(12)) * count + end
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def files():
    # Content
    yield "pdf-content-of-100-megabytes.pdf", one_page(filtered([b"FlateDecode"], repeated(SQUARE * 60_000, 100))), TIME
    yield "pdf-content-of-a-gigabyte-of-nothing.pdf", one_page(filtered([b"FlateDecode"], constant(32, 1 << 30))), TIME
    yield "pdf-content-without-end.pdf", one_page(
        b"",
        b"[%s]" % (b"6 0 R " * 200_000),
        filtered([b"FlateDecode"], packed(SQUARE * 60_000, 1)),
        page=b"/Contents 5 0 R",
    ), TIME
    yield "pdf-content-holds-itself.pdf", one_page(b"", b"[5 0 R 5 0 R 4 0 R]", page=b"/Contents 5 0 R"), TIME
    yield "pdf-operand-of-64-megabytes.pdf", one_page(
        filtered([b"FlateDecode"], b"".join([repeated(b"(" + b"a" * (1 << 20), 64, b") Tj")]))
    ), MEMORY
    yield "pdf-number-of-64-megabytes.pdf", one_page(filtered([b"FlateDecode"], constant(0x39, 64 << 20))), MEMORY
    yield "pdf-ten-million-operands.pdf", one_page(filtered([b"FlateDecode"], repeated(b"1 " * 100_000, 100))), TIME
    yield "pdf-array-of-ten-million.pdf", one_page(
        filtered([b"FlateDecode"], repeated(b"1 " * 100_000, 1)[:2] + repeated(b"[ [1] " * 100_000, 100)[2:])
    ), (MEMORY + " crashed")
    yield "pdf-noise-as-content.pdf", one_page(noise(300_000)), TIME
    yield "pdf-unknown-operators.pdf", one_page(filtered([b"FlateDecode"], repeated(b"abc " * 100_000, 30))), TIME

    # Filters
    yield "pdf-zip-of-death.pdf", one_page(filtered([b"FlateDecode"] * 3, packed(constant(32, 10 << 30), 2))), TIME
    yield "pdf-zip-of-death-that-draws.pdf", one_page(
        filtered([b"FlateDecode"] * 3, packed(repeated(SQUARE * 60_000, 500), 2))
    ), TIME
    yield "pdf-1000-filters.pdf", one_page(filtered([b"ASCIIHexDecode"] * 1000, SQUARE)), TIME + " crashed"
    yield "pdf-100000-filters.pdf", one_page(filtered([b"FlateDecode"] * 100_000, SQUARE)), MEMORY + " crashed"
    yield "pdf-lzw-bomb.pdf", one_page(filtered([b"LZWDecode"], lzw_bomb(50))), TIME
    yield "pdf-run-length-bomb.pdf", one_page(
        filtered([b"FlateDecode", b"RunLengthDecode"], repeated(b"\x81 " * 100_000, 80))
    ), TIME
    yield "pdf-predictor-of-2-to-31-columns.pdf", one_page(
        filtered(
            [b"FlateDecode"],
            zlib.compress(SQUARE * 100),
            b"/DecodeParms [<</Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 16>>]",
        )
    ), MEMORY
    yield "pdf-predictor-of-a-gigabyte.pdf", one_page(
        filtered(
            [b"FlateDecode"],
            zlib.compress(SQUARE * 100),
            b"/DecodeParms [<</Predictor 12 /Columns 500000000 /Colors 1 /BitsPerComponent 8>>]",
        )
    ), MEMORY
    yield "pdf-predictor-of-nothing.pdf", one_page(
        filtered(
            [b"FlateDecode"], zlib.compress(SQUARE * 100), b"/DecodeParms [<</Predictor 2 /Columns 0 /Colors -5>>]"
        )
    ), TIME
    yield "pdf-filter-is-the-stream.pdf", one_page(stream(b"/Filter 4 0 R /DecodeParms 4 0 R", SQUARE)), TIME
    yield "pdf-flate-cut.pdf", one_page(filtered([b"FlateDecode"], repeated(SQUARE * 60_000, 1)[:500])), TIME
    yield "pdf-flate-noise.pdf", one_page(filtered([b"FlateDecode"], b"\x78\xda" + noise(5000))), TIME
    yield "pdf-unknown-filter.pdf", one_page(filtered([b"MalwareDecode"], SQUARE)), TIME

    # The catalogue behind a bomb
    yield "pdf-object-stream-bomb.pdf", object_stream_bomb(), MEMORY + " truncated"


def object_stream_bomb():
    """The page's dictionary lies in an object stream, after half a gigabyte of spaces."""
    inner = repeated(b" " * (1 << 20), 512, b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>")
    container = stream(b"/Type /ObjStm /N 1 /First %d /Filter /FlateDecode" % (512 << 20), inner)
    objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>", b"null", container]
    whole = pdf(objects)
    body = whole[: whole.rindex(b"xref\n0 ")]
    place = len(body)
    offsets = [body.index(b"\n%d 0 obj" % number) + 1 for number in (1, 2, 3, 4)]
    rows = b"\0\0\0\0\0\0"
    for number, offset in zip((1, 2, 3, 4), offsets):
        rows += b"\2" + (4).to_bytes(4, "big") + b"\0" if number == 3 else b"\1" + offset.to_bytes(4, "big") + b"\0"
    rows += b"\1" + place.to_bytes(4, "big") + b"\0"
    table = stream(b"/Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R", rows)
    return body + b"5 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, place)
