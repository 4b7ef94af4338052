"""Writes one-page and many-page documents for page-speed into a folder.

    python3 make_samples.py OUTDIR

digital.pdf and hundred.pdf hold text and lines; scan-jpeg.pdf and scan-fax.pdf the same page as a scanner would
give it, at 300 dots per inch. Needs pdftoppm and, for the fax, tiffcp (libtiff-tools).
"""

import pathlib
import struct
import subprocess
import sys

A4 = (595, 842)
WORDS = (
    "Invoice number date customer article quantity unit price amount subtotal tax total payment terms thirty days net "
    "delivery address order reference account bank transfer thank you for your business"
).split()


def pdf(objects):
    parts, offsets, place = [b"%PDF-1.4\n"], [], 9
    for number, body in enumerate(objects, 1):
        offsets.append(place)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        place += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join(parts) + end % (len(offsets) + 1, table, len(offsets) + 1, place)


def stream(dictionary, data):
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def text(page):
    """An invoice of 50 lines in two fonts, with a ruled table."""
    lines = [b"BT /B 20 Tf 50 790 Td (Invoice %d) Tj ET" % (1000 + page)]
    for row in range(50):
        words = " ".join(WORDS[(row * 7 + page * 3 + i) % len(WORDS)] for i in range(9))
        y = 750 - 14 * row
        lines.append(b"BT /F 10 Tf 50 %d Td (%s) Tj ET" % (y, words.encode()))
        lines.append(b"BT /F 10 Tf 480 %d Td (%d.%02d EUR) Tj ET" % (y, 37 * row + page, row))
        lines.append(b"0.5 w 50 %d m 545 %d l S" % (y - 3, y - 3))
    return b"\n".join(lines)


def digital(count):
    kids = b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(count))
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        b"<</Type /Font /Subtype /Type1 /BaseFont /Times-Bold>>",
    ]
    for page in range(count):
        objects.append(
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources <</Font <</F 3 0 R /B 4 0 R>>>>>>" % (*A4, 6 + 2 * page)
        )
        objects.append(stream(b"", text(page)))
    return pdf(objects)


def scan(width, height, coding, data):
    picture = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (width, height, coding)
    return pdf(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>>"
            % A4,
            stream(b"", b"%d 0 0 %d 0 0 cm /X Do" % A4),
            stream(picture, data),
        ]
    )


def jpeg_size(data):
    """Width and height in a baseline JPEG's frame."""
    place = data.index(b"\xff\xc0")
    return struct.unpack(">HH", data[place + 5 : place + 9])[::-1]


def fax_strip(path):
    """The one strip of a little-endian TIFF, and the size of its picture."""
    data = path.read_bytes()
    place = struct.unpack_from("<I", data, 4)[0]
    tags = {}
    for index in range(struct.unpack_from("<H", data, place)[0]):
        tag, kind, _, value = struct.unpack_from("<HHII", data, place + 2 + 12 * index)
        tags[tag] = value & 0xFFFF if kind == 3 else value
    return tags[256], tags[257], data[tags[273] : tags[273] + tags[279]]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "digital.pdf"
    source.write_bytes(digital(1))
    (folder / "hundred.pdf").write_bytes(digital(100))
    subprocess.run(["pdftoppm", "-r", "300", "-jpeg", "-singlefile", source, folder / "scan-jpeg"], check=True)
    data = (folder / "scan-jpeg.jpg").read_bytes()
    coding = b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    (folder / "scan-jpeg.pdf").write_bytes(scan(*jpeg_size(data), coding, data))
    subprocess.run(["pdftoppm", "-r", "300", "-mono", "-tiff", "-singlefile", source, folder / "scan-mono"], check=True)
    fax = folder / "scan-fax.tif"
    subprocess.run(["tiffcp", "-L", "-c", "g4", "-r", "100000", folder / "scan-mono.tif", fax], check=True)
    width, height, data = fax_strip(fax)
    parameters = b"/DecodeParms <</K -1 /Columns %d /Rows %d>>" % (width, height)
    coding = b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode " + parameters
    (folder / "scan-fax.pdf").write_bytes(scan(width, height, coding, data))


if __name__ == "__main__":
    main()
