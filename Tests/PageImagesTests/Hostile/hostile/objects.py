"""PDF: cross-reference tables, object streams, lengths, nesting and encryption."""

import struct

from .pdf import end, flate, one_page, pdf, stream

CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>"
SMALL = [CATALOGUE, PAGES, PAGE]
DAMAGED = "pages corrupt truncated"


def body_of(data):
    """The objects of a file without its table, and where the table began."""
    place = data.rindex(b"xref\n0 ")
    return data[:place], place


def own_table(table, trailer=b"/Root 1 0 R /Size 4", more=b""):
    """The small file with another table; PLACE in the trailer stands for the place of the table."""
    body, place = body_of(pdf(SMALL))
    return body + more + table + end(trailer.replace(b"PLACE", b"%d" % (place + len(more))), place + len(more))


def right_table():
    data = pdf(SMALL)
    return data[data.rindex(b"xref\n0 ") : data.rindex(b"trailer")]


def table_stream(dictionary, rows=None):
    """The small file with a cross-reference stream at PLACE."""
    body, place = body_of(pdf(SMALL))
    offsets = [body.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    if rows is None:
        rows = struct.pack(">BIB", 0, 0, 0) + b"".join(struct.pack(">BIB", 1, o, 0) for o in [*offsets, place])
    xref = flate(b"/Type /XRef /Root 1 0 R %s" % dictionary.replace(b"PLACE", b"%d" % place), rows)
    return body + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (xref, place)


def two_tables():
    """Each names the other as the one before it."""
    body, place = body_of(pdf(SMALL))
    table = right_table()
    first = b"trailer\n<</Root 1 0 R /Size 4 /Prev %010d>>\n"
    second = place + len(table) + len(first % 0)
    return body + table + first % second + table + end(b"/Root 1 0 R /Size 4 /Prev %d" % place, second)


def in_object_stream(inner, dictionary=b"/N 3 /First 15", holds_itself=False):
    """Catalogue, tree and page are said to lie in object stream 5, which is also in a table of its own."""
    out = b"%PDF-1.7\n"
    places = {5: len(out)}
    out += b"5 0 obj\n%s\nendobj\n" % stream(b"/Type /ObjStm " + dictionary, inner)
    places[6] = len(out)
    rows = b""
    for number in range(7):
        if number == 5 and holds_itself or number in (1, 2, 3):
            rows += struct.pack(">BIB", 2, 5, max(0, number - 1) % 3)
        else:
            rows += struct.pack(">BIB", 1 if number in places else 0, places.get(number, 0), 0)
    xref = flate(b"/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R", rows)
    return out + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (xref, places[6])


def packed():
    bodies = [CATALOGUE, PAGES, PAGE]
    places = [0, len(bodies[0]) + 1, len(bodies[0]) + len(bodies[1]) + 2]
    head = b" ".join(b"%d %d" % (i + 1, place) for i, place in enumerate(places)) + b"\n"
    return head + b"\n".join(bodies), b"/N 3 /First %d" % len(head)


def encrypted(entry):
    return pdf([*SMALL, entry], trailer=b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")


def files():
    # Tables
    yield "pdf-table-before-is-itself.pdf", own_table(right_table(), b"/Root 1 0 R /Size 4 /Prev PLACE"), DAMAGED
    yield "pdf-two-tables-in-a-circle.pdf", two_tables(), DAMAGED
    yield "pdf-table-stream-before-is-itself.pdf", table_stream(b"/Size 5 /W [1 4 1] /Prev PLACE"), DAMAGED
    yield "pdf-table-and-stream-in-a-circle.pdf", own_table(
        right_table(), b"/Root 1 0 R /Size 4 /XRefStm PLACE /Prev PLACE"
    ), DAMAGED
    yield "pdf-table-of-4-billion.pdf", own_table(b"xref\n0 4294967295\n0000000000 65535 f \n"), DAMAGED
    yield "pdf-table-from-2-to-31.pdf", own_table(b"xref\n2147483646 5\n" + b"0000000015 00000 n \n" * 5), DAMAGED
    memory = DAMAGED + " too-much-memory"
    yield "pdf-size-of-2-to-31.pdf", own_table(right_table(), b"/Root 1 0 R /Size 2147483647"), memory
    yield "pdf-table-stream-of-2-to-31.pdf", table_stream(b"/Size 2147483647 /W [1 4 1] /Index [0 2147483647]"), memory
    yield "pdf-table-stream-of-wide-columns.pdf", table_stream(b"/Size 5 /W [1 2147483647 1]"), DAMAGED
    yield "pdf-table-stream-of-negative-columns.pdf", table_stream(b"/Size 5 /W [-1 -4 -1] /Index [-5 -5]"), DAMAGED
    yield "pdf-table-of-no-columns.pdf", table_stream(b"/Size 100000000 /W [0 0 0]", b""), memory
    yield "pdf-object-of-high-number.pdf", own_table(right_table(), more=b"2147483646 0 obj\n<<>>\nendobj\n"), DAMAGED
    yield "pdf-trailer-is-missing.pdf", pdf(SMALL).replace(b"trailer", b"thriller"), DAMAGED
    yield "pdf-everything-is-everything.pdf", pdf(
        [b"<</Type /Catalog /Pages 1 0 R /Parent 1 0 R /Kids 1 0 R>>"]
    ), DAMAGED

    # References and object streams
    yield "pdf-object-refers-to-itself.pdf", pdf([b"1 0 R"]), DAMAGED
    chain = [b"%d 0 R" % (i + 5) for i in range(20_000)]
    yield "pdf-chain-of-20000-references.pdf", one_page(
        b"", *chain[1:], CATALOGUE, page=b"/CropBox 5 0 R"
    ), DAMAGED + " crashed too-slow"
    inner, dictionary = packed()
    yield "pdf-object-stream-holds-itself.pdf", in_object_stream(inner, dictionary, holds_itself=True), DAMAGED
    yield "pdf-object-stream-extends-itself.pdf", in_object_stream(inner, dictionary + b" /Extends 5 0 R"), DAMAGED
    yield "pdf-object-stream-of-2-to-31.pdf", in_object_stream(inner, b"/N 2147483647 /First 2147483647"), memory
    yield "pdf-object-stream-of-a-million.pdf", in_object_stream(inner, b"/N 999999 /First 16"), memory
    yield "pdf-object-stream-of-less-than-nothing.pdf", in_object_stream(inner, b"/N -3 /First -3"), DAMAGED
    yield "pdf-object-stream-first-is-itself.pdf", in_object_stream(inner, b"/N 5 0 R /First 5 0 R"), DAMAGED

    # Lengths
    drawing = b"0 0 100 100 re f"
    for name, length in {
        "nothing": b"0",
        "2-to-31": b"2147483647",
        "2-to-63": b"9223372036854775807",
        "minus-1": b"-1",
        "itself": b"4 0 R",
        "a-word": b"/Long",
    }.items():
        yield f"pdf-length-{name}.pdf", one_page(stream(b"", drawing, length)), DAMAGED
    yield "pdf-stream-without-end.pdf", one_page(stream(b"", drawing)).replace(b"endstream", b"endstrand"), DAMAGED

    # Nesting
    deep = DAMAGED + " crashed too-slow"
    yield "pdf-arrays-100000-deep.pdf", one_page(b"", page=b"/A " + b"[" * 100_000 + b"]" * 100_000), deep
    yield "pdf-dictionaries-100000-deep.pdf", one_page(
        b"", page=b"/A " + b"<</A " * 100_000 + b"1" + b">>" * 100_000
    ), deep
    yield "pdf-arrays-without-end.pdf", one_page(b"", page=b"/A " + b"[" * 1_000_000), deep
    yield "pdf-trailer-100000-deep.pdf", pdf(SMALL, b"/Root 1 0 R /A " + b"[" * 100_000 + b"]" * 100_000), deep
    yield "pdf-brackets-in-text-100000-deep.pdf", one_page(b"", page=b"/A " + b"(" * 100_000 + b")" * 100_000), deep
    yield "pdf-operands-100000-deep.pdf", one_page(b"[" * 100_000 + b"]" * 100_000 + b" TJ"), deep
    yield "pdf-name-of-a-megabyte.pdf", one_page(b"", page=b"/" + b"A" * 1_000_000 + b" 1"), DAMAGED

    # Encryption
    locked = DAMAGED + " encrypted unsupported"
    strings = b"/O (%s) /U (%s) /P -4" % (b"o" * 32, b"u" * 32)
    for name, entry in {
        "key-of-a-billion-bits": b"/V 2 /R 3 /Length 999999999 " + strings,
        "negative-key": b"/V 2 /R 3 /Length -8 " + strings,
        "key-of-nothing": b"/V 1 /R 2 /Length 0 " + strings,
        "version-99": b"/V 99 /R 99 /Length 128 " + strings,
        "megabyte-of-password": b"/V 2 /R 3 /Length 128 /O (%s) /U (%s) /P -4" % (b"o" * 500_000, b"u" * 500_000),
        "no-passwords": b"/V 4 /R 4 /CF <</StdCF 4 0 R>> /StmF /StdCF /StrF /StdCF",
        "endless-hash": b"/V 5 /R 6 /Length 256 /O (%s) /U (%s) /OE (%s) /UE (%s) /Perms (%s) /P -4"
        % (b"o" * 48, b"u" * 48, b"e" * 32, b"e" * 32, b"p" * 16),
        "is-itself": b"/V 4 0 R /R 4 0 R /O 4 0 R /U 4 0 R /CF 4 0 R",
    }.items():
        yield f"pdf-encrypted-{name}.pdf", encrypted(b"<</Filter /Standard %s>>" % entry), locked
    yield "pdf-encryption-is-the-page.pdf", pdf(SMALL, b"/Root 1 0 R /Encrypt 3 0 R"), locked
