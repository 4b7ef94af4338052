"""Writes the fixtures beside this file. Needs Pillow for the JPEG files; the PNG and PDF writers are here.

Every PNG shows the gradient of `ramp`; every JPEG four flat quadrants: red, green, blue, white.
"""
import hashlib
import io
import pathlib
import struct
import zlib

from PIL import Image

HERE = pathlib.Path(__file__).parent


def write(name, data):
    (HERE / name).write_bytes(data)


# PNG -----------------------------------------------------------------------------------------------------------------
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_row(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    if depth == 8:
        return bytes(samples)
    bits = "".join(format(s, f"0{depth}b") for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def png(width, height, depth, colour, pixel, extra=b"", interlaced=False):
    """`pixel(x, y)` gives the samples of one pixel."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for x0, y0, dx, dy in passes if interlaced else [(0, 0, 1, 1)]:
        columns = range(x0, width, dx)
        if columns:
            for y in range(y0, height, dy):
                raw += b"\0" + packed_row([s for x in columns for s in pixel(x, y)], depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    body = extra + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body


def ramp(x, y):
    return (16 * x, 16 * y, 255 - 16 * x)


palette = b"".join(bytes(ramp(i, 15 - i)) for i in range(16))
write("rgb8.png", png(13, 11, 8, 2, ramp))
write("rgb8-interlaced.png", png(13, 11, 8, 2, ramp, interlaced=True))
write("rgba8.png", png(13, 11, 8, 6, lambda x, y: (*ramp(x, y), 17 * y)))
write("rgb16.png", png(13, 11, 16, 2, lambda x, y: tuple(257 * s for s in ramp(x, y))))
write("rgba16.png", png(13, 11, 16, 6, lambda x, y: (*(257 * s for s in ramp(x, y)), 257 * 17 * y)))
write("grey1.png", png(13, 11, 1, 0, lambda x, y: ((x + y) % 2,)))
write("grey4-transparent.png", png(13, 11, 4, 0, lambda x, y: (x,), chunk(b"tRNS", struct.pack(">H", 5))))
write("grey16.png", png(13, 11, 16, 0, lambda x, y: (257 * 16 * x,)))
write("grey-alpha8.png", png(13, 11, 8, 4, lambda x, y: (16 * x, 17 * y)))
write("palette4.png", png(13, 11, 4, 3, lambda x, y: (x,), chunk(b"PLTE", palette)))
write(
    "palette4-transparent-interlaced.png",
    png(13, 11, 4, 3, lambda x, y: (x,), chunk(b"PLTE", palette) + chunk(b"tRNS", bytes([0, 100, 200])), True),
)
write("rgb8-truncated.png", png(13, 11, 8, 2, ramp)[:-40])
damaged = bytearray(png(13, 11, 8, 2, ramp))
damaged[60] ^= 0x55
write("rgb8-damaged.png", bytes(damaged))
write("rgb8-text-transfer.png", png(13, 11, 8, 2, ramp).replace(b"\r\n", b"\n"))
huge = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
write(
    "huge-header.png",
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", huge) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b""),
)

# JPEG ----------------------------------------------------------------------------------------------------------------
quadrants = Image.new("RGB", (32, 32), (255, 0, 0))
quadrants.paste((0, 255, 0), (16, 0, 32, 16))
quadrants.paste((0, 0, 255), (0, 16, 16, 32))
quadrants.paste((255, 255, 255), (16, 16, 32, 32))


def jpeg(picture, **options):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, subsampling=0, **options)
    return out.getvalue()


baseline = jpeg(quadrants)
write("ycbcr.jpg", baseline)
write("progressive.jpg", jpeg(quadrants, progressive=True))
write("grey.jpg", jpeg(quadrants.convert("L")))
# Pillow stores CMYK inverted and marks it as Adobe does.
write("cmyk.jpg", jpeg(quadrants.convert("CMYK")))
write("ycbcr-truncated.jpg", baseline[: baseline.index(b"\xff\xda") + 60])
write("ycbcr-truncated-with-end.jpg", baseline[: baseline.index(b"\xff\xda") + 60] + b"\xff\xd9")
write("progressive-truncated.jpg", jpeg(quadrants, progressive=True)[:-60])
frame = baseline.index(b"\xff\xc0")
write("twelve-bit.jpg", baseline[: frame + 4] + b"\x0c" + baseline[frame + 5 :])
write("lossless.jpg", baseline[: frame + 1] + b"\xc3" + baseline[frame + 2 :])
write("huge-header.jpg", baseline[: frame + 5] + struct.pack(">HH", 60000, 60000) + baseline[frame + 9 :])


# PDF -----------------------------------------------------------------------------------------------------------------
def pdf(objects, trailer=b"", encrypt=None, first=b""):
    """`objects` are (dictionary, stream or None), numbered from 1; object 1 is the catalogue."""
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + first, []
    for number, (dictionary, stream) in enumerate(objects, 1):
        offsets.append(len(out))
        if stream is not None:
            if encrypt:
                stream = encrypt(number, stream)
            dictionary = dictionary[:-2] + b"/Length %d>>" % len(stream)
        out += b"%d 0 obj\n%s\n" % (number, dictionary)
        if stream is not None:
            out += b"stream\n%s\nendstream\n" % stream
        out += b"endobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return out


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
# A red square of 40 points at the lower left, a half transparent blue one above it, and a word.
FIRST = b"1 0 0 rg 0 0 40 40 re f /G gs 0 0 1 rg 0 100 40 40 re f 0 g BT /F 18 Tf 60 60 Td (Gleaner) Tj ET"
SECOND = b"0 1 0 rg 0 0 100 50 re f"


def two_pages():
    return [
        (b"<</Type/Catalog/Pages 2 0 R>>", None),
        (b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>", None),
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 216]/Contents 5 0 R"
            b"/Resources<</Font<</F 7 0 R>>/ExtGState<</G<</ca 0.5>>>>>>>>",
            None,
        ),
        # Cropped to 100 x 200 points and turned by 90 degrees, so 200 x 100 to the reader.
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/CropBox[0 0 100 200]/Rotate 90/Contents 6 0 R"
            b"/Resources<<>>>>",
            None,
        ),
        (b"<<>>", FIRST),
        (b"<<>>", SECOND),
        (FONT, None),
    ]


good = pdf(two_pages())
write("two-pages.pdf", good)
write("two-pages-after-junk.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + good)
write("no-end-mark.pdf", good[: good.rindex(b"%%EOF")])
write("truncated.pdf", good[: len(good) * 2 // 3])
update = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>\nendobj\nxref\n3 1\n"
write("update-cut-short.pdf", good + update)
write("offset-beyond-end.pdf", good.replace(b"startxref\n", b"startxref\n9"))
linear = b"90 0 obj\n<</Linearized 1/L 99999/H[0 0]/O 3/E 0/N 2/T 0>>\nendobj\n"
write("linearised-cut-short.pdf", pdf(two_pages(), first=linear))
empty = two_pages()
empty[1] = (b"<</Type/Pages/Kids[]/Count 0>>", None)
write("no-pages.pdf", pdf(empty))
missing = two_pages()
missing[1] = (b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", None)
write("missing-page.pdf", pdf(missing))
write("garbage.pdf", b"%PDF-1.4\n" + b"nothing of use " * 20 + b"\nstartxref\n9\n%%EOF\n")
# A valid page that would take hours: a shading computed for each pixel, drawn 200,000 times.
slow = two_pages()
slow[2] = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 216]/Contents 5 0 R/Resources<</Shading<</S 8 0 R>>>>>>",
    None,
)
slow.append(
    (
        b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 144 0 216]/Function 9 0 R>>",
        None,
    )
)
slow.append(
    (
        b"<</FunctionType 4/Domain[0 144 0 216]/Range[0 1 0 1 0 1]>>",
        b"{ mul 1000 mul sin dup dup 360 mul sin exch 720 mul cos }",
    )
)
slow[4] = (b"<</Filter/FlateDecode>>", zlib.compress(b"/S sh " * 200000, 9))
write("endless.pdf", pdf(slow))

# A calculator function of a million nested blocks: poppler parses it recursively until its stack overflows.
nested = two_pages()
nested[2] = slow[2]
nested[4] = (b"<<>>", b"/S sh")
nested.append((b"<</ShadingType 1/ColorSpace/DeviceGray/Domain[0 1 0 1]/Function 9 0 R>>", None))
nested.append(
    (b"<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]/Filter/FlateDecode>>", zlib.compress(b"{" * 1000000, 9)),
)
write("deeply-nested.pdf", pdf(nested))

# The standard security handler, revision 2 (ISO 32000-1, 7.6.3), with the passwords "reader" and "owner".
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key, data):
    s, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def encrypted_pdf(user):
    identifier = b"0123456789abcdef"
    owner_entry = rc4(hashlib.md5((b"owner" + PAD)[:32]).digest()[:5], (user + PAD)[:32])
    permissions = struct.pack("<i", -4)
    key = hashlib.md5((user + PAD)[:32] + owner_entry + permissions + identifier).digest()[:5]
    handler = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        owner_entry.hex().encode(), rc4(key, PAD).hex().encode(), identifier.hex().encode(), identifier.hex().encode(),
    )

    def encrypt(number, stream):
        return rc4(hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10], stream)

    return pdf(two_pages(), handler, encrypt)


write("encrypted.pdf", encrypted_pdf(b"reader"))
write("encrypted-without-password.pdf", encrypted_pdf(b""))

# Neither -------------------------------------------------------------------------------------------------------------
write("empty.pdf", b"")
write("text.pdf", "Caf\u00e9 receipt: 12.50\n".encode() * 10)
