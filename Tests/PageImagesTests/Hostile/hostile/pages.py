"""PDF: page trees, boxes and counts."""

import struct

from .pdf import HELVETICA, flate, one_page, pdf, stream

CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>"
LEAF = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>"
ONE_KID = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"


def packed(objects):
    """An object stream of {number: body}."""
    index, place = [], 0
    for key, body in objects.items():
        index.append(b"%d %d" % (key, place))
        place += len(body) + 1
    head = b" ".join(index) + b"\n"
    return flate(b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head)), head + b"\n".join(objects.values()))


def packed_pages(count):
    """A file whose pages are real objects, all in one object stream."""
    kids = b" ".join(b"%d 0 R" % (4 + i) for i in range(count))
    objects = {1: CATALOGUE, 2: b"<</Type /Pages /Count %d /Kids [%s]>>" % (count, kids)}
    objects.update({4 + i: LEAF for i in range(count)})
    container, table = 3, 4 + count
    out = b"%PDF-1.7\n"
    first = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (container, packed(objects))
    order = {key: i for i, key in enumerate(objects)}
    rows = bytearray()
    for number in range(table + 1):
        place = {container: first, table: len(out)}.get(number)
        if place is not None:
            rows += struct.pack(">BII", 1, place, 0)
        elif number in order:
            rows += struct.pack(">BII", 2, container, order[number])
        else:
            rows += struct.pack(">BII", 0, 0, 0)
    place = len(out)
    xref = flate(b"/Type /XRef /Size %d /W [1 4 4] /Root 1 0 R" % (table + 1), bytes(rows))
    return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, xref, place)


def deep_tree(depth):
    """Each node of the tree has one kid."""
    nodes = [b"<</Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R>>" % (3 + i, 1 + i) for i in range(depth)]
    leaf = b"<</Type /Page /Parent %d 0 R /MediaBox [0 0 612 792]>>" % (1 + depth)
    return pdf([CATALOGUE, *nodes, leaf])


def box(values, more=b""):
    return one_page(b"0 0 100 100 re f", box=values, page=more)


def files():
    # Counts
    kids = b"<</Type /Pages /Count 100000 /Kids [%s]>>" % (b"3 0 R " * 100_000)
    yield "pdf-100000-times-one-page.pdf", pdf([CATALOGUE, kids, LEAF]), "too-many-pages truncated"
    yield "pdf-100000-pages.pdf", packed_pages(100_000), "too-many-pages too-slow"
    for name, count in {
        "2-to-31": b"2147483647",
        "2-to-63": b"9223372036854775807",
        "minus-1": b"-1",
        "nothing": b"0",
    }.items():
        tree = b"<</Type /Pages /Kids [3 0 R] /Count %s>>" % count
        yield f"pdf-count-{name}.pdf", pdf([CATALOGUE, tree, LEAF]), "pages corrupt truncated too-many-pages"

    # Circles
    yield "pdf-kids-lead-to-parent.pdf", pdf(
        [CATALOGUE, b"<</Type /Pages /Kids [2 0 R] /Count 1>>"]
    ), "corrupt truncated pages"
    yield "pdf-kids-in-a-circle.pdf", pdf(
        [
            CATALOGUE,
            ONE_KID,
            b"<</Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1>>",
            b"<</Type /Pages /Parent 3 0 R /Kids [3 0 R 2 0 R] /Count 5>>",
        ]
    ), "corrupt truncated pages"
    # Every node has itself ten times: 10^n pages at level n.
    yield "pdf-kids-ten-times-themselves.pdf", pdf(
        [CATALOGUE, b"<</Type /Pages /Count 1000 /Kids [%s 3 0 R]>>" % (b"2 0 R " * 10), LEAF]
    ), "corrupt truncated pages too-many-pages"
    yield "pdf-parent-is-itself.pdf", pdf(
        [CATALOGUE, b"<</Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R>>", b"<</Type /Page /Parent 3 0 R>>"]
    ), "corrupt truncated pages"
    yield "pdf-tree-of-20000-levels.pdf", deep_tree(20_000), "pages corrupt truncated crashed too-much-memory too-slow"
    yield "pdf-catalogue-is-the-tree.pdf", pdf([b"<</Type /Catalog /Pages 1 0 R /Kids [1 0 R] /Count 3>>"]), (
        "corrupt truncated pages"
    )
    yield "pdf-pages-refer-to-nothing.pdf", pdf(
        [CATALOGUE, b"<</Type /Pages /Kids [%s] /Count 1000>>" % (b"9 0 R " * 1000)]
    ), "corrupt truncated pages"

    # Boxes
    refused = "pages crashed corrupt too-many-pixels invalid-render-size"
    yield "pdf-200-inches.pdf", box(b"0 0 14400 14400"), "pages"
    yield "pdf-billion-points.pdf", box(b"0 0 1000000000 1000000000"), refused
    yield "pdf-endless-box.pdf", box(b"0 0 1%s 1%s" % (b"0" * 400, b"0" * 400)), refused
    yield "pdf-strip-of-a-million-points.pdf", box(b"0 0 1 1000000"), refused
    yield "pdf-hair.pdf", box(b"0 0 0.000001 10000"), refused
    yield "pdf-box-of-nothing.pdf", box(b"0 0 0 0"), refused
    yield "pdf-negative-box.pdf", box(b"0 0 -612 -792"), refused
    yield "pdf-box-far-away.pdf", box(b"-2147483648 -2147483648 -2147483000 -2147483000"), refused
    yield "pdf-box-of-words.pdf", box(b"nan inf /a (b)"), refused
    yield "pdf-box-is-itself.pdf", one_page(b"", b"[5 0 R 5 0 R 5 0 R 5 0 R]", page=b"/CropBox 5 0 R"), refused
    yield "pdf-crop-outside.pdf", box(b"0 0 612 792", b"/CropBox [5000 5000 6000 6000]"), refused
    yield "pdf-unit-of-a-billion.pdf", box(b"0 0 612 792", b"/UserUnit 1000000000"), refused
    yield "pdf-rotated-by-37.pdf", box(b"0 0 612 792", b"/Rotate 37"), "pages"
    yield "pdf-rotated-by-2-to-31.pdf", box(b"0 0 612 792", b"/Rotate -2147483648"), "pages"

    # What hangs on a page
    annotation = b"<</Type /Annot /Subtype /Square /Rect [10 10 20 20] /C [1 0 0]>> "
    yield "pdf-20000-annotations.pdf", one_page(b"", b"[%s]" % (annotation * 20_000), page=b"/Annots 5 0 R"), (
        "pages corrupt too-slow too-much-memory"
    )
    stamp = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>>", b"/X Do")
    yield "pdf-annotation-draws-itself.pdf", one_page(
        b"",
        b"<</Type /Annot /Subtype /Stamp /F 4 /Rect [0 0 99 99] /AP <</N 6 0 R>> /Parent 5 0 R /Popup 5 0 R>>",
        stamp,
        page=b"/Annots [5 0 R]",
    ), "pages corrupt"
    field = b"<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 99 99] /Parent 5 0 R /Kids [5 0 R 5 0 R]>>"
    yield "pdf-field-is-its-own-parent.pdf", one_page(
        b"", field, page=b"/Annots [5 0 R]", root=b"/AcroForm <</Fields [5 0 R 5 0 R]>>"
    ), "pages corrupt crashed too-slow"
    words = b"BT /F 1 Tf 0 0.3 Td " + b"(ab ) Tj 1 0 Td " * 500_000 + b"ET"
    yield "pdf-500000-words.pdf", one_page(flate(b"", words), resources=HELVETICA), "pages too-slow too-much-memory"
    condition = b"[/And " * 50_000 + b"6 0 R" + b"]" * 50_000
    yield "pdf-condition-of-50000-levels.pdf", one_page(
        b"/OC /M BDC 0 0 99 99 re f EMC",
        b"<</Type /OCMD /OCGs 6 0 R /VE %s>>" % condition,
        b"<</Type /OCG /Name (a)>>",
        resources=b"/Properties <</M 5 0 R>>",
        root=b"/OCProperties <</OCGs [6 0 R] /D <</Order [6 0 R]>>>>",
    ), "pages corrupt crashed too-slow"
