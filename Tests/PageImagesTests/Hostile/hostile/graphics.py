"""PDF: drawings that call themselves, never end, or need more than there is."""

from .deflate import repeated
from .pdf import HELVETICA, flate, form, one_page, stream

DRAW = b"/X Do"
SQUARE = b"0 0 100 100 re f "
TIME = "pages corrupt too-slow"
MEMORY = "pages corrupt too-slow too-much-memory crashed"
GROUP = b"/Group <</S /Transparency /I true>>"


def xobjects(**numbers):
    return (
        b"/XObject <<" + b" ".join(b"/%s %d 0 R" % (name.encode(), number) for name, number in numbers.items()) + b">>"
    )


def many(part, count):
    """Content of the part, `count` hundred times over, compressed."""
    return stream(b"/Filter /FlateDecode", repeated(part * 100, count))


def laughs(depth, fan, more=b""):
    """Forms that each draw the next one `fan` times: fan^depth squares."""
    calls = [form(b"/X Do " * fan, xobjects(X=6 + i), more=more) for i in range(depth)]
    return one_page(DRAW, *calls, form(SQUARE, more=more), resources=xobjects(X=5))


def groups(depth):
    """Transparency groups within each other, each of the size of the page."""
    calls = [
        form(SQUARE + b"/G gs /X Do", xobjects(X=6 + i) + b"/ExtGState <</G <</ca 0.5>>>>", more=GROUP)
        for i in range(depth)
    ]
    return one_page(DRAW, *calls, form(SQUARE, more=GROUP), resources=xobjects(X=5))


def shaded(*functions, kind=1, more=b"", box=b""):
    """The page is filled with a shading whose function is object 5."""
    shading = b"/Shading <</S <</ShadingType %d /ColorSpace /DeviceRGB /Function 5 0 R %s>>>>" % (kind, more)
    return one_page(box + b"/S sh", *functions, resources=shading)


AXIS = b"/Coords [0 0 612 792] /Extend [true true]"


def functions():
    """Functions of shadings."""
    stitched = b"<</FunctionType 3 /Domain [0 1] /Functions [%s] /Bounds [0.5] /Encode [0 1 0 1]>>"
    yield "function-calls-itself", shaded(stitched % b"5 0 R 5 0 R", kind=2, more=AXIS), "pages corrupt"
    chain = [stitched % (b"%d 0 R %d 0 R" % (6 + i, 6 + i)) for i in range(40)]
    end = b"<</FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0] /C1 [1 1 1]>>"
    yield "function-billion-laughs", shaded(*chain, end, kind=2, more=AXIS), MEMORY
    sampled = b"/FunctionType 0 /Domain [0 1 0 1] /Range [0 1 0 1 0 1] /BitsPerSample 32 /Size [%s]"
    yield "samples-of-2-to-62", shaded(stream(sampled % b"2147483647 2147483647", b"")), MEMORY
    yield "samples-of-a-gigabyte", shaded(stream(sampled % b"10000 10000", bytes(1000))), MEMORY
    inputs = b"/FunctionType 0 /Domain [%s] /Range [0 1] /BitsPerSample 1 /Size [%s]" % (b"0 1 " * 32, b"2 " * 32)
    yield "samples-of-32-inputs", shaded(stream(inputs, bytes(1000))), MEMORY
    calculator = b"/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]"
    yield "calculator-100000-deep", shaded(stream(calculator, b"{" * 100_000 + b"}" * 100_000)), MEMORY
    yield "calculator-of-a-million-steps", shaded(
        stream(calculator, b"{" + b"dup mul " * 500_000 + b"dup dup}")
    ), MEMORY
    yield "calculator-overflows", shaded(
        stream(
            calculator,
            b"{2147483647 cvi 2147483647 mul cvi -2147483648 idiv 99999999 -7 roll 1e999 bitshift copy index}",
        )
    ), TIME
    yield "exponent-overflows", shaded(
        b"<</FunctionType 2 /Domain [0 1] /N -1e308 /C0 [1e308 0 0] /C1 [-1e308 1 1]>>", kind=2, more=AXIS
    ), TIME
    yield "1000-functions", shaded(b"[" + end * 1000 + b"]", kind=2, more=AXIS), "pages corrupt"


def shadings():
    linear = b"<</FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0] /C1 [1 1 1]>>"
    yield "axis-of-1e300", shaded(linear, kind=2, more=b"/Coords [-1e300 0 1e300 0] /Extend [true true]"), TIME
    yield "circles-of-1e30", shaded(linear, kind=3, more=b"/Coords [0 0 1e30 0 0 -1e30] /Extend [true true]"), TIME
    plane = stream(b"/FunctionType 4 /Domain [-1e9 1e9 -1e9 1e9] /Range [0 1 0 1 0 1]", b"{add sin dup dup}")
    yield "plane-of-1e18", shaded(plane, more=b"/Domain [-1e9 1e9 -1e9 1e9]"), TIME
    mesh = (
        b"/ShadingType %d /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 "
        b"/Decode [-1e6 1e6 -1e6 1e6 0 1] /VerticesPerRow %d"
    )
    for name, kind, rows, count in [
        ("triangles", 4, 2, 400_000),
        ("lattice", 5, 1000, 400_000),
        ("lattice-of-2-to-31", 5, 2147483647, 100),
        ("patches", 7, 2, 100_000),
    ]:
        data = repeated(bytes(range(256))[: 36 if kind == 7 else 256] * 100, count // 100)
        shading = stream(b"/Filter /FlateDecode " + mesh % (kind, rows), data)
        yield f"mesh-of-{name}", one_page(b"/S sh", shading, resources=b"/Shading <</S 5 0 R>>"), MEMORY


def recursions():
    yield "form-draws-itself", one_page(DRAW, form(DRAW, xobjects(X=5)), resources=xobjects(X=5)), TIME
    yield "forms-draw-each-other", one_page(
        DRAW, form(DRAW * 3, xobjects(X=6)), form(DRAW * 3, xobjects(X=5)), resources=xobjects(X=5)
    ), TIME
    yield "form-uses-resources-of-page", one_page(
        DRAW, stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]", DRAW * 2), resources=xobjects(X=5)
    ), TIME
    yield "forms-billion-laughs", laughs(20, 10), TIME + " crashed"
    yield "groups-billion-laughs", laughs(20, 10, GROUP), MEMORY
    yield "forms-5000-deep", laughs(5000, 1), TIME + " crashed"
    yield "groups-1000-deep", groups(1000), MEMORY
    tiling = (
        b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 %s %s] /XStep %s /YStep %s "
        b"/Resources <</Pattern <</P 5 0 R>>>>"
    )
    paint = b"/Pattern cs /P scn 0 0 612 792 re f"
    patterns = b"/Pattern <</P 5 0 R>>"
    yield "pattern-paints-itself", one_page(
        paint, stream(tiling % (b"9", b"9", b"9", b"9"), paint), resources=patterns
    ), TIME + " crashed"
    yield "pattern-of-tiny-steps", one_page(
        paint, stream(tiling % (b"1", b"1", b"0.00001", b"0.00001"), b"0 0 1 1 re f"), resources=patterns
    ), MEMORY
    yield "pattern-of-no-steps", one_page(
        paint, stream(tiling % (b"1", b"1", b"0", b"0"), b"0 0 1 1 re f"), resources=patterns
    ), TIME
    yield "pattern-of-a-huge-cell", one_page(
        paint, stream(tiling % (b"1e9", b"1e9", b"1e9", b"1e9"), SQUARE), resources=patterns
    ), MEMORY
    mask = b"/ExtGState <</G <</SMask <</S /Luminosity /G 5 0 R>>>>>>"
    yield "mask-masks-itself", one_page(
        b"/G gs " + SQUARE,
        form(b"/G gs " + SQUARE, mask, more=b"/Group <</S /Transparency /CS /DeviceGray>>"),
        resources=mask,
    ), TIME + " crashed"
    yield "colour-space-is-its-own-base", one_page(
        b"/C cs 1 sc " + SQUARE,
        b"[/Indexed 5 0 R 255 (a)]",
        b"[/ICCBased 6 0 R]",
        resources=b"/ColorSpace <</C 5 0 R>>",
    ), TIME
    deep = b"[/Indexed " * 20_000 + b"/DeviceRGB" + b" 1 (abcdef)]" * 20_000
    yield "colour-space-20000-deep", one_page(
        b"/C cs 1 sc " + SQUARE, deep, resources=b"/ColorSpace <</C 5 0 R>>"
    ), TIME + " crashed"


def drawings():
    yield "ten-million-states-saved", one_page(many(b"q ", 100_000)), MEMORY
    yield "100000-clips", one_page(many(b"0 0 300 300 re W* n 9 9 300 300 re W n ", 1000)), TIME
    yield "group-of-1e9-points", one_page(
        DRAW, form(SQUARE, box=b"-1e9 -1e9 1e9 1e9", more=GROUP), resources=xobjects(X=5)
    ), MEMORY
    yield "10000-groups", one_page(
        many(b"/G gs /X Do ", 100),
        form(SQUARE, more=GROUP),
        resources=xobjects(X=5) + b"/ExtGState <</G <</BM /Luminosity /ca 0.5>>>>",
    ), MEMORY
    yield "dashes-without-end", one_page(b"[0.00001 0.00001] 0 d 1 w 0 0 m 1000000 1000000 l S"), MEMORY
    yield "dashes-of-nothing", one_page(b"[0 0] 0 d 0 0 m 99 99 l S [1e-30] 1e30 d 0 0 m 99 99 l S"), MEMORY
    yield "path-of-ten-million-lines", one_page(many(b"1 1 m 600 700 l 9 700 l 600 3 l ", 25_000)), MEMORY
    yield "path-that-crosses-itself", one_page(
        flate(
            b"", b"0 0 m " + b"".join(b"%d %d l " % (i * 7919 % 612, i * 104729 % 792) for i in range(20_000)) + b"f*"
        )
    ), MEMORY
    yield "curves-of-1e30", one_page(b"0 0 m 1e30 -1e30 -1e30 1e30 9 9 c b 1e30 w 0 0 m 1e38 1e38 l S"), TIME
    yield "numbers-overflow", one_page(
        b"1e999 -1e999 m 99999999999999999999 9 l 1e999 w S 1e300 0 0 1e300 0 0 cm " * 9
    ), TIME
    yield "matrix-of-nothing", one_page(
        b"0 0 0 0 0 0 cm " + SQUARE + b"BT /F 9 Tf (a) Tj ET", resources=HELVETICA
    ), TIME
    yield "text-of-a-million-points", one_page(
        b"BT /F 1000000 Tf 1 Tr 0 0 Td (abcdefghij) Tj 7 Tr (abcdefgh) Tj ET " + SQUARE, resources=HELVETICA
    ), MEMORY
    yield "million-letters-on-each-other", one_page(
        flate(b"", b"BT /F 50 Tf " + b"(abcdefghij) Tj -0.1 0 Td " * 100_000 + b"ET"), resources=HELVETICA
    ), MEMORY
    yield "flatness-and-miter", one_page(b"1e-30 i 1e30 M 1 j 0 0 m 99 99 l 0 0.0001 l S"), TIME


def files():
    for make in (functions, shadings, recursions, drawings):
        for name, data, outcomes in make():
            yield f"pdf-{name}.pdf", data, outcomes
