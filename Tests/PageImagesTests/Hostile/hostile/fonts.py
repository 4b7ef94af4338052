"""PDF: fonts whose glyphs, programs and tables call themselves."""

import struct

from .deflate import constant, repeated
from .noise import noise
from .pdf import HELVETICA, one_page, plain, stream

TEXT = b"BT /F 40 Tf 50 400 Td (abcdefgh) Tj ET"
FONT = b"/Font <</F 5 0 R>>"
TIME = "pages corrupt too-slow"
MEMORY = "pages corrupt too-slow too-much-memory crashed"


def table(tag, data):
    return tag, data + b"\0" * (-len(data) % 4)


def truetype(glyphs, program=b"", depth=0xFFFF):
    """A TrueType font with these glyphs; every character shows glyph 1. `program` runs before each of them."""
    places, outlines = [0], b""
    for glyph in glyphs:
        outlines += glyph + b"\0" * (-len(glyph) % 4)
        places.append(len(outlines))
    count = len(glyphs)
    tables = dict(
        [
            table(b"cmap", struct.pack(">HHHHIHHH", 0, 1, 1, 0, 12, 0, 262, 0) + b"\1" * 256),
            table(b"fpgm", program),
            table(b"glyf", outlines),
            table(
                b"head",
                struct.pack(
                    ">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 1000, 1000, 0, 8, 2, 1, 0
                ),
            ),
            table(
                b"hhea",
                struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 1000, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, count),
            ),
            table(b"hmtx", struct.pack(">Hh", 600, 0) * count),
            table(b"loca", b"".join(struct.pack(">I", place) for place in places)),
            table(
                b"maxp",
                struct.pack(
                    ">IHHHHHHHHHHHHHH",
                    0x10000,
                    count,
                    100,
                    10,
                    0xFFFF,
                    0xFFFF,
                    2,
                    100,
                    100,
                    100,
                    0,
                    500,
                    5000,
                    0xFFFF,
                    depth,
                ),
            ),
            table(b"prep", program),
        ]
    )
    place, directory = 12 + 16 * len(tables), b""
    for tag, data in sorted(tables.items()):
        directory += tag + struct.pack(">III", 0, place, len(data))
        place += len(data)
    return (
        struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16)
        + directory
        + b"".join(d for _, d in sorted(tables.items()))
    )


def composite(*parts):
    """A glyph made of other glyphs."""
    out = struct.pack(">hhhhh", -1, 0, 0, 1000, 1000)
    for index, part in enumerate(parts):
        more = 0x20 if index + 1 < len(parts) else 0
        out += struct.pack(">HHbb", 0x2 | more, part, index, index)
    return out


TRIANGLE = (
    struct.pack(">hhhhhHH", 1, 0, 0, 1000, 1000, 2, 0)
    + b"\1\1\1"
    + struct.pack(">hhh", 0, 500, 500)
    + struct.pack(">hhh", 0, 900, -900)
)


def embedded(file, key=b"FontFile2", kind=b"TrueType", more=b"", length=None):
    """A page of text in a font program."""
    font = (
        b"<</Type /Font /Subtype /%s /BaseFont /AAAAAA+Font /FontDescriptor 6 0 R "
        b"/FirstChar 97 /LastChar 104 /Widths [%s]>>" % (kind, b"600 " * 8)
    )
    descriptor = (
        b"<</Type /FontDescriptor /FontName /AAAAAA+Font /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV 80 /%s 7 0 R>>" % key
    )
    return one_page(TEXT, font, descriptor, stream(more + b" /Length1 %d" % len(file), file, length), resources=FONT)


def index(items):
    """An INDEX of CFF."""
    if not items:
        return b"\0\0"
    places, place = [], 1
    for item in [*items, b""]:
        places.append(struct.pack(">I", place))
        place += len(item)
    return struct.pack(">HB", len(items), 4) + b"".join(places) + b"".join(items)


def number(value):
    return b"\x1d" + struct.pack(">i", value)


def cff(glyphs, subroutines=()):
    """A CFF font with these char strings (0 is .notdef, the others a, b, ...) and global subroutines."""
    start = b"\1\0\4\4" + index([b"AAAAAA+Font"])
    rest = index([]) + index(list(subroutines))
    charset = b"\0" + b"".join(struct.pack(">H", 66 + i) for i in range(len(glyphs) - 1))
    # Its length is known before the places that it holds: charset, CharStrings, and a Private of no bytes.
    dictionary_length = 6 + 6 + 11
    place = len(start) + len(index([bytes(dictionary_length)])) + len(rest)
    strings = place + len(charset)
    private = strings + len(index(glyphs))
    dictionary = number(place) + b"\x0f" + number(strings) + b"\x11" + number(0) + number(private) + b"\x12"
    return start + index([dictionary]) + rest + charset + index(glyphs)


def call(subroutine):
    """Calls a global subroutine of a font with fewer than 1240: they count from -107."""
    return bytes([139 + subroutine - 107]) + b"\x1d"


def type3(content, matrix=b"/FontMatrix [0.001 0 0 0.001 0 0]", resources=b"/Font <</F 5 0 R>>"):
    """A page of text in a font whose glyphs are drawings; object 6 is the drawing of every letter."""
    letters = b"abcdefgh"
    names = b" ".join(b"/%c" % letter for letter in letters)
    procedures = b" ".join(b"/%c 6 0 R" % letter for letter in letters)
    font = (
        b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] %s /FirstChar 97 /LastChar 104 "
        b"/Widths [%s] /Encoding <</Type /Encoding /Differences [97 %s]>> /CharProcs <<%s>> /Resources <<%s>>>>"
        % (matrix, b"600 " * 8, names, procedures, resources)
    )
    return one_page(TEXT, font, stream(b"", plain(content)), resources=FONT)


def composite_font(descendant, encoding=b"/Identity-H", *more, mapping=b""):
    """A page of text in a Type 0 font; objects from 7 are `more`."""
    font = b"<</Type /Font /Subtype /Type0 /BaseFont /Font /Encoding %s /DescendantFonts [6 0 R] %s>>" % (
        encoding,
        mapping,
    )
    return one_page(TEXT, font, descendant, *more, resources=FONT)


CID = (
    b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /Font "
    b"/CIDSystemInfo <</Registry (Adobe) /Ordering (%s) /Supplement 0>> "
    b"/FontDescriptor <</Type /FontDescriptor /FontName /Font /Flags 4>> %s>>"
)
CMAP = b"/CIDInit /ProcSet findresource begin begincmap\n%s\nendcmap end"


def type_3():
    shape = b"600 0 d0 "
    yield "type3-calls-itself", type3(shape + b"BT /F 1 Tf (a) Tj ET"), TIME + " crashed"
    yield "type3-calls-itself-twice", type3(
        shape + b"BT /F 900 Tf (ab) Tj ET BT /F 900 Tf (cd) Tj ET"
    ), TIME + " crashed"
    yield "type3-cached-calls-itself", type3(b"600 0 0 0 1000 1000 d1 BT /F 1 Tf (a) Tj ET"), TIME + " crashed"
    yield "type3-of-1e9-pixels", type3(
        b"1e9 0 -1e9 -1e9 1e9 1e9 d1 0 0 1e9 1e9 re f", b"/FontMatrix [1e9 0 0 1e9 0 0]"
    ), MEMORY
    yield "type3-without-area", type3(shape, b"/FontMatrix [0 0 0 0 0 0]"), TIME


def true_type():
    yield "glyph-is-part-of-itself", embedded(truetype([b"", composite(1, 1)])), TIME
    yield "glyphs-are-parts-of-each-other", embedded(truetype([b"", composite(2, 2), composite(1, 1)])), TIME
    chain = [composite(i + 2, i + 2) for i in range(40)]
    yield "glyph-billion-laughs", embedded(truetype([b"", *chain, TRIANGLE])), TIME
    yield "glyph-60000-deep", embedded(
        truetype([b"", *[composite(i + 2) for i in range(60_000)], TRIANGLE])
    ), TIME + " crashed"
    # PUSHW -3; JMPR: back to the push.
    yield "font-program-loops", embedded(truetype([b"", TRIANGLE], b"\xb8\xff\xfd\x1c")), TIME
    # PUSHB 0; FDEF; PUSHB 0; CALL; ENDF; PUSHB 0; CALL.
    yield "font-program-calls-itself", embedded(truetype([b"", TRIANGLE], b"\xb0\0\x2c\xb0\0\x2b\x2d\xb0\0\x2b")), TIME
    # Function 0 calls function 1 65535 times, which calls function 2 as often, and so on.
    nested = b"".join(b"\xb0%c\x2c\xb8\x7f\xff\xb0%c\x2a\x2d" % (i, i + 1) for i in range(8))
    yield "font-program-billion-laughs", embedded(
        truetype([b"", TRIANGLE], nested + b"\xb0\x08\x2c\x2d\xb0\0\x2b")
    ), TIME
    points = struct.pack(">hhhhh", 0x7FFF, 0, 0, 1000, 1000) + b"\xff" * 400
    yield "glyph-of-32767-contours", embedded(truetype([b"", points])), TIME
    whole = truetype([b"", TRIANGLE])
    yield "font-cut", embedded(whole[: len(whole) // 2]), TIME
    yield "font-noise", embedded(b"\0\1\0\0" + noise(5000)), TIME
    tables = b"".join(b"glyf" + struct.pack(">III", 0, 0xFFFFFF00, 0xFFFFFFFF) for _ in range(65535))
    yield "font-of-65535-tables", embedded(struct.pack(">IHHHH", 0x10000, 65535, 0, 0, 0) + tables), TIME
    yield "font-of-300-megabytes", embedded(constant(0, 300 << 20), more=b"/Filter /FlateDecode"), MEMORY


def compact():
    end = b"\x0e"
    cff_key = (b"FontFile3", b"Type1", b"/Subtype /Type1C")
    letters = [end, *[call(0) + end] * 8]
    yield "cff-calls-itself", embedded(cff(letters, [call(0) * 3]), *cff_key), TIME
    laughs = [call(i + 1) * 20 for i in range(9)] + [b"\x8b\x8b\x05"]
    yield "cff-billion-laughs", embedded(cff(letters, laughs), *cff_key), TIME
    # endchar with four numbers puts two glyphs of the standard encoding together: here a and a.
    accent = b"\x8b\x8b" + bytes([139 + 97, 139 + 97]) + end
    yield "cff-accent-is-itself", embedded(cff([end, *[accent] * 8]), *cff_key), TIME
    lines = b"\x8b\x8b\x15" + (b"\x8c\x8d\x8e\x8f" * 12 + b"\x05") * 4_000 + end
    yield "cff-glyph-of-100000-lines", embedded(cff([end, *[lines] * 8]), *cff_key), TIME
    yield "cff-index-of-4-gigabytes", embedded(b"\1\0\4\4\xff\xff\4" + b"\xff" * 5000, *cff_key), TIME
    yield "cff-noise", embedded(b"\1\0\4\4" + noise(5000), *cff_key), TIME
    type1 = b"%!PS-AdobeFont-1.0: Font\n" + b"{" * 200_000 + b"\ncurrentfile eexec\n" + noise(5000)
    yield "type1-braces-without-end", embedded(type1, b"FontFile", b"Type1"), TIME


def character_maps():
    wide = CID % (b"Identity", b"/W [0 2147483647 500 2147483646 2147483647 1]")
    yield "widths-of-2-to-31", composite_font(wide), MEMORY
    yield "million-widths", composite_font(CID % (b"Identity", b"/W [0 [%s]]" % (b"500 " * 500_000))), MEMORY
    repeating = stream(b"/Type /CMap /CMapName /A /UseCMap 7 0 R", CMAP % b"/A usecmap")
    yield "character-map-uses-itself", composite_font(CID % (b"Identity", b""), b"7 0 R", repeating), MEMORY
    ranges = CMAP % (
        b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n"
        + b"100 begincidrange\n"
        + b"<00000000> <FFFFFFFF> 0\n" * 100
        + b"endcidrange\n"
    )
    yield "character-map-of-4-billion", composite_font(
        CID % (b"Identity", b""), b"7 0 R", stream(b"/Type /CMap /CMapName /A", ranges)
    ), MEMORY
    unicode_ = CMAP % (
        b"100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 100 + b"<00000000> <7FFFFFFF> <0041>\nendbfrange\n"
    )
    yield "unicode-map-of-2-to-31", composite_font(
        CID % (b"Identity", b""), b"/Identity-H", stream(b"", unicode_), mapping=b"/ToUnicode 7 0 R"
    ), MEMORY
    yield "unicode-map-of-100-megabytes", composite_font(
        CID % (b"Identity", b""),
        b"/Identity-H",
        stream(b"/Filter /FlateDecode", repeated(b"1 beginbfchar <41> <42> endbfchar\n" * 10_000, 300)),
        mapping=b"/ToUnicode 7 0 R",
    ), MEMORY
    yield "map-to-glyphs-of-300-megabytes", composite_font(
        CID % (b"Identity", b"/CIDToGIDMap 7 0 R"),
        b"/Identity-H",
        stream(b"/Filter /FlateDecode", constant(0, 300 << 20)),
    ), MEMORY
    yield "descendant-is-its-own-parent", one_page(
        TEXT,
        b"<</Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [5 0 R]>>",
        resources=FONT,
    ), TIME
    many = b"/Font <<%s>>" % b" ".join(b"/F%d 5 0 R" % i for i in range(20_000))
    text = b"BT " + b"".join(b"/F%d 9 Tf 1 0 Td (a) Tj " % i for i in range(20_000)) + b"ET"
    yield "20000-fonts", one_page(text, b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>", resources=many), TIME
    yield "character-codes-of-all-kinds", one_page(
        b"BT /F 9 Tf 9 9 Td (" + noise(20_000).translate(None, b"()\\") + b") Tj ET", resources=HELVETICA
    ), TIME


def files():
    for make in (type_3, true_type, compact, character_maps):
        for name, data, outcomes in make():
            yield f"pdf-{name}.pdf", data, outcomes
