"""Files that are hardly one of the formats, or two at the same time."""

from . import jpeg, png, tiff
from .noise import noise
from .pdf import one_page


def files():
    yield "empty.pdf", b"", "empty-file"
    yield "zeros.bin", bytes(1 << 20), "unknown-content"
    yield "noise.bin", noise(1 << 16), "unknown-content"
    yield "half-a-byte-order-mark.bin", b"\xff", "unknown-content"
    yield "only-the-start.pdf", b"%PDF-1.7\n", "truncated corrupt"
    yield "only-the-start.png", png.SIGNATURE, "truncated corrupt"
    yield "only-the-start.jpg", b"\xff\xd8\xff", "truncated corrupt"
    yield "only-the-start.tif", b"II*\0\x08\0\0\0", "truncated corrupt"
    yield "start-then-noise.pdf", b"%PDF-1.7\n" + noise(1 << 18), "truncated corrupt"
    yield "start-noise-and-end.pdf", b"%PDF-1.7\n" + noise(1 << 18) + b"\nstartxref\n9\n%%EOF\n", "truncated corrupt"
    yield "start-then-noise.png", png.SIGNATURE + noise(1 << 18), "truncated corrupt"
    yield "start-then-noise.jpg", b"\xff\xd8\xff\xe0" + noise(1 << 18), "truncated corrupt"
    yield "start-then-noise.tif", b"II*\0\x08\0\0\0" + noise(1 << 18), "truncated corrupt unsupported"
    page = one_page(b"0 0 100 100 re f")
    yield "png-and-pdf.png", png.picture(before=png.chunk(b"tEXt", b"Comment\0" + page)), "pages"
    yield "jpeg-and-pdf.jpg", jpeg.picture(before=jpeg.marker(0xFE, page)), "pages"
    yield "png-then-pdf.png", png.picture() + page, "pages corrupt"
    yield "pdf-then-png.pdf", page + png.picture(), "pages corrupt truncated"
    yield "pdf-after-html.pdf", b"<html><script>x()</script><!--" + page, "pages corrupt truncated"
    yield "tiff-and-pdf.tif", tiff.picture() + page, "pages"
    yield "png-and-jpeg.png", png.picture(before=png.chunk(b"tEXt", b"a\0" + jpeg.picture())), "pages"
