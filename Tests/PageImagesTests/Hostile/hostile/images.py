"""PDF: pictures in pages that announce more than they hold, or hold more than fits."""

import struct
import zlib

from . import jpeg
from .deflate import constant
from .noise import noise
from .pdf import flate, image, one_page, page_of_image

GREY = b"/ColorSpace /DeviceGray /BitsPerComponent 8 "
BILEVEL = b"/ColorSpace /DeviceGray /BitsPerComponent 1 "
MEMORY = "pages corrupt too-slow too-much-memory crashed"


def segment(number, kind, data, referred=b"\0", length=None):
    """A segment of JBIG2 on page 1."""
    return (
        struct.pack(">IB", number, kind)
        + referred
        + b"\1"
        + struct.pack(">I", len(data) if length is None else length)
        + data
    )


def bilevel_page(width, height):
    return segment(0, 48, struct.pack(">IIIIBH", width, height, 0, 0, 0, 0))


def region(width, height, flags=b"", x=0, y=0):
    return struct.pack(">IIIIB", width, height, x, y, 0) + flags


ADAPTIVE = b"\3\xff\xfd\xff\2\xfe\xfe\xfe"


def jbig2():
    """Oddities of JBIG2: name, size of the picture, segments."""
    generic = b"\0" + ADAPTIVE
    yield "cut", 64, bilevel_page(64, 64) + segment(1, 38, region(64, 64, generic) + noise(20), length=5000)
    yield "page-of-2-to-62", 64, bilevel_page(0x7FFFFFFF, 0x7FFFFFFF) + segment(
        1, 38, region(64, 64, generic) + noise(99)
    )
    yield "region-of-2-to-62", 64, bilevel_page(64, 64) + segment(
        1, 38, region(0x7FFFFFFF, 0x7FFFFFFF, generic) + noise(99)
    )
    yield "region-far-away", 64, bilevel_page(64, 64) + segment(
        1, 38, region(64, 64, generic, 0x7FFFFFFF, 0x80000000) + noise(999)
    )
    yield "gigapixel", 30_000, bilevel_page(30_000, 30_000) + segment(
        1, 38, region(30_000, 30_000, generic) + noise(999)
    )
    yield "striped-page-of-unknown-height", 64, (
        segment(0, 48, struct.pack(">IIIIBH", 64, 0xFFFFFFFF, 0, 0, 0, 0xFFFF))
        + b"".join(segment(i, 50, struct.pack(">I", 0x7FFFFFFF)) for i in range(1, 1000))
    )
    symbols = b"\0\0" + ADAPTIVE
    yield "4-billion-symbols", 64, bilevel_page(64, 64) + segment(
        1, 0, symbols + struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF) + noise(999)
    )
    yield "symbols-from-itself", 64, bilevel_page(64, 64) + segment(
        1, 0, symbols + struct.pack(">II", 5, 5) + noise(999), b"\x20\1"
    )
    yield "text-of-4-billion", 64, bilevel_page(64, 64) + segment(
        1, 0, symbols + struct.pack(">II", 1, 1) + noise(99)
    ) + segment(2, 6, region(64, 64, b"\0\0" + struct.pack(">I", 0xFFFFFFFF)) + noise(999), b"\x20\1")
    yield "patterns-of-4-billion", 64, bilevel_page(64, 64) + segment(
        1, 16, b"\0\xff\xff" + struct.pack(">I", 0xFFFFFFFF) + noise(999)
    )
    yield "halftone-of-2-to-62", 64, bilevel_page(64, 64) + segment(
        1, 16, b"\0\4\4" + struct.pack(">I", 3) + noise(99)
    ) + segment(
        2, 22, region(64, 64, b"\0" + struct.pack(">IIiiHH", 0x7FFFFFFF, 0x7FFFFFFF, 0, 0, 1, 1)) + noise(99), b"\x20\1"
    )
    yield "refines-itself", 64, bilevel_page(64, 64) + segment(
        1, 42, region(64, 64, b"\0" + ADAPTIVE[:4]) + noise(99), b"\x20\1"
    )
    yield "million-segments", 64, bilevel_page(64, 64) + segment(1, 62, b"") * 200_000


def codestream(width, height, tile_width, tile_height, components=1, tiles=1, rest=b"", levels=5, layers=1):
    """A JPEG 2000 codestream of tiles without data."""
    size = struct.pack(">HIIIIIIIIH", 0, width, height, 0, 0, tile_width, tile_height, 0, 0, components)
    out = b"\xff\x4f" + jpeg.marker(0x51, size + b"\7\1\1" * components)
    out += jpeg.marker(0x52, struct.pack(">BBHBBBBBB", 0, 0, layers, 0, levels, 4, 4, 0, 1))
    out += jpeg.marker(0x5C, b"\x40" + b"\x48" * (3 * levels + 1))
    for tile in range(tiles):
        out += jpeg.marker(0x90, struct.pack(">HIBB", tile, 14 + len(rest), 0, 1)) + b"\xff\x93" + rest
    return out + b"\xff\xd9"


def jpeg2000():
    yield "2-to-62-pixels", 64, codestream(0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF)
    yield "gigapixel", 32_768, codestream(32_768, 32_768, 32_768, 32_768, rest=noise(100))
    yield "million-tiles", 1024, codestream(1024, 1024, 1, 1, tiles=2000)
    yield "16384-components", 2048, codestream(2048, 2048, 2048, 2048, components=16_384)
    yield "65535-layers", 2048, codestream(2048, 2048, 2048, 2048, layers=65_535, rest=noise(1000), levels=32)
    yield "no-tiles", 64, codestream(64, 64, 0, 0)
    yield "cut", 64, codestream(64, 64, 64, 64, rest=noise(1000))[:200]
    box = struct.pack(">I", 12) + b"jP  \r\n\x87\n" + struct.pack(">I", 1) + b"jp2c" + struct.pack(">Q", 2**63 - 1)
    yield "box-of-2-to-63", 64, box + codestream(64, 64, 64, 64)


def files():
    for name, side, data in jbig2():
        picture = image(BILEVEL + b"/Filter /JBIG2Decode", data, side, side)
        yield f"pdf-jbig2-{name}.pdf", page_of_image(picture), MEMORY
    globals_ = image(BILEVEL + b"/Filter /JBIG2Decode /DecodeParms <</JBIG2Globals 5 0 R>>", bilevel_page(64, 64))
    yield "pdf-jbig2-globals-are-itself.pdf", page_of_image(globals_), MEMORY
    for name, side, data in jpeg2000():
        yield f"pdf-jpx-{name}.pdf", page_of_image(image(b"/Filter /JPXDecode", data, side, side)), MEMORY

    # More pixels than there are bytes
    twice = zlib.compress(constant(0, 1 << 27), 9)
    yield "pdf-gigapixel-in-a-kilobyte.pdf", page_of_image(
        image(BILEVEL + b"/Filter [/FlateDecode /FlateDecode]", twice, 1 << 15, 1 << 15)
    ), MEMORY
    yield "pdf-picture-of-2-to-62.pdf", page_of_image(image(GREY, b"a", 0x7FFFFFFF, 0x7FFFFFFF)), MEMORY
    yield "pdf-picture-60000x60000.pdf", page_of_image(
        image(b"/ColorSpace /DeviceCMYK /BitsPerComponent 16", bytes(1000), 60_000, 60_000)
    ), MEMORY
    yield "pdf-picture-30000x30000.pdf", page_of_image(
        image(b"/ColorSpace /DeviceRGB /BitsPerComponent 8", bytes(1000), 30_000, 30_000)
    ), MEMORY
    yield "pdf-picture-of-nothing.pdf", page_of_image(image(GREY, b"", 0, -5)), MEMORY
    yield "pdf-picture-of-99-bits.pdf", page_of_image(
        image(b"/ColorSpace /DeviceGray /BitsPerComponent 99", noise(5000))
    ), MEMORY
    yield "pdf-fax-of-2-to-62.pdf", page_of_image(
        image(
            BILEVEL + b"/Filter /CCITTFaxDecode /DecodeParms <</K -1 /Columns 2147483647 /Rows 2147483647>>", noise(99)
        )
    ), MEMORY
    yield "pdf-fax-gigapixel.pdf", page_of_image(
        image(
            BILEVEL + b"/Filter /CCITTFaxDecode /DecodeParms <</K -1 /Columns 32000 /Rows 32000>>",
            b"\xff" * 4096,
            32_000,
            32_000,
        )
    ), MEMORY
    yield "pdf-fax-noise.pdf", page_of_image(
        image(BILEVEL + b"/Filter /CCITTFaxDecode /DecodeParms <</K 4 /Columns 64 /Rows 64>>", noise(9999))
    ), MEMORY
    yield "pdf-jpeg-65500x65500.pdf", page_of_image(
        image(
            b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
            jpeg.START
            + jpeg.QUANTISATION
            + jpeg.frame(65500, 65500, 0xC2, (0x11, 0x11, 0x11))
            + jpeg.TABLES
            + jpeg.scan((1, 2, 3), 0, 0)
            + bytes(1000)
            + jpeg.END,
        )
    ), MEMORY
    yield "pdf-jpeg-20000-scans.pdf", page_of_image(
        image(GREY + b"/Filter /DCTDecode", jpeg.progressive(4000, 4000, 1, [(1, 1, 63, 0)] * 20_000), 4000, 4000)
    ), MEMORY
    yield "pdf-jpeg-of-other-size.pdf", page_of_image(
        image(GREY + b"/Filter /DCTDecode", jpeg.picture(64, 64), 4000, 4000)
    ), MEMORY

    # Pictures of pictures
    large = image(BILEVEL + b"/Filter /FlateDecode", constant(0, 250 * 2000), 2000, 2000)
    yield "pdf-picture-drawn-10000-times.pdf", one_page(
        flate(b"", b"q 612 0 0 792 0 0 cm /X Do Q " * 10_000), large, resources=b"/XObject <</X 5 0 R>>"
    ), MEMORY
    itself = image(GREY + b"/SMask 5 0 R /Mask 5 0 R", noise(4096))
    yield "pdf-picture-masks-itself.pdf", page_of_image(itself), MEMORY
    mask = image(BILEVEL + b"/ImageMask true /Filter /FlateDecode", constant(0, 4000 * 32_000), 32_000, 32_000)
    yield "pdf-picture-with-gigapixel-mask.pdf", page_of_image(image(GREY + b"/Mask 6 0 R", noise(4096)), mask), MEMORY
    yield "pdf-picture-of-a-palette-of-2-to-31.pdf", page_of_image(
        image(b"/ColorSpace [/Indexed /DeviceRGB 2147483647 (abc)] /BitsPerComponent 8", noise(4096))
    ), MEMORY
    yield "pdf-picture-of-1000-inks.pdf", page_of_image(
        image(
            b"/ColorSpace [/DeviceN [%s] /DeviceCMYK 6 0 R] /BitsPerComponent 16"
            % b"".join(b"/I%d " % i for i in range(1000)),
            noise(4096),
        ),
        b"<</FunctionType 2 /Domain [0 1] /N 1>>",
    ), MEMORY
    yield "pdf-inline-picture-of-2-to-62.pdf", one_page(
        b"q 612 0 0 792 0 0 cm BI /W 2147483647 /H 2147483647 /BPC 8 /CS /G ID abc EI Q"
    ), MEMORY
    yield "pdf-inline-picture-without-end.pdf", one_page(
        b"BI /W 30000 /H 30000 /BPC 8 /CS /RGB ID " + noise(9999)
    ), MEMORY
    yield "pdf-picture-stretched-to-1e9.pdf", one_page(
        b"1e9 0 0 1e9 -5e8 -5e8 cm /X Do", large, resources=b"/XObject <</X 5 0 R>>"
    ), MEMORY
