"""Writes the fixtures beside this file: pictures in many variants of PNG, JPEG and TIFF, the pixels expected of each, and
`expectations.txt`, which says what belongs together.

Needs Pillow 13 and libtiff's tools (Debian: libtiff-tools). The pixels expected are Pillow's, read from the same file,
turned by their orientation and pasted on white. Where Pillow is known to see something else, the picture that the file
was made from is expected instead, with the reason here.
"""
import io
import pathlib
import struct
import subprocess
import zlib

from PIL import Image, ImageDraw, ImageOps

FOLDER = pathlib.Path(__file__).parent
SIZE = WIDTH, HEIGHT = 37, 29
expectations = []


# The picture: a gradient with shapes that no turn maps to itself. -------------------------------------------------------
def make_picture():
    picture = Image.new("RGB", SIZE)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            picture.putpixel((x, y), (6 * x, 8 * y, 255 - 3 * (x + y)))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((3, 3, 9, 20), fill=(255, 0, 0))
    draw.rectangle((3, 15, 24, 20), fill=(0, 160, 0))
    draw.polygon([(20, 2), (34, 2), (34, 10)], fill=(255, 255, 255))
    draw.line((12, 25, 34, 23), fill=(0, 0, 0))
    return picture


picture = make_picture()
grey = picture.convert("L")
bilevel = picture.convert("1")
palette = picture.quantize(16, dither=Image.Dither.NONE)
alpha = Image.linear_gradient("L").resize(SIZE)
transparent = picture.copy()
transparent.putalpha(alpha)


# Expectations -----------------------------------------------------------------------------------------------------------
def on_white(image):
    """As mistral-common prepares a picture: RGBA pasted on white; upright."""
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGB":
        return image
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.paste(image, (0, 0), image)
    return white.convert("RGB")


def ppm(image):
    return b"P6\n%d %d\n255\n" % image.size + image.tobytes()


def expect(name, images, tolerance=0):
    """`images`: what the pages of a fixture look like, or None for what Pillow sees in it."""
    if images is None:
        with Image.open(FOLDER / name) as file:
            images = []
            for page in range(getattr(file, "n_frames", 1)):
                file.seek(page)
                images.append(on_white(file.copy()))
    for page, image in enumerate(images, 1):
        data = ppm(image)
        for known in sorted(FOLDER.glob("*.ppm")):
            if known.read_bytes() == data:
                break
        else:
            known = FOLDER / f"{name.rsplit('.', 1)[0]}-{page}.ppm"
            known.write_bytes(data)
        expectations.append(f"{name} {page} {known.name} {tolerance}")


def fixture(name, data, images=None, tolerance=0):
    (FOLDER / name).write_bytes(data)
    expect(name, images, tolerance)


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


# TIFF --------------------------------------------------------------------------------------------------------------------
def tiff(directories, order="<", big=False):
    """A TIFF or BigTIFF. Each directory is (tags, strips): tags {number: (type, values)}, strips a list of bytes."""
    word, count_code, entry_size = ("Q", "Q", 20) if big else ("I", "H", 12)
    codes = {1: "B", 3: "H", 4: "I", 5: "II", 16: "Q"}
    mark = b"II" if order == "<" else b"MM"
    header = 16 if big else 8
    out = bytearray(mark + (struct.pack(order + "HHH", 43, 8, 0) if big else struct.pack(order + "H", 42)))
    link = len(out)
    out += bytes(header - len(out))
    for tags, strips in directories:
        tags = dict(tags)
        places = []
        for strip in strips:
            places.append(len(out))
            out += strip
        offsets, counts = (324, 325) if 322 in tags else (273, 279)  # of tiles or strips
        tags[offsets] = (16 if big else 4, places)
        tags[counts] = (16 if big else 4, [len(strip) for strip in strips])
        entries = b""
        for number, (kind, values) in sorted(tags.items()):
            packed = b"".join(struct.pack(order + codes[kind], *(v if kind == 5 else (v,))) for v in values)
            room = 8 if big else 4
            if len(packed) > room:
                out += bytes(-len(out) % 2)
                place = len(out)
                out += packed
                packed = struct.pack(order + word, place)
            entries += struct.pack(order + "HH" + word, number, kind, len(values)) + packed.ljust(room, b"\0")
        out += bytes(-len(out) % 2)
        out[link : link + struct.calcsize(word)] = struct.pack(order + word, len(out))
        out += struct.pack(order + count_code, len(tags)) + entries
        link = len(out)
        out += bytes(struct.calcsize(word))
    return bytes(out)


def tags(photometric, bits, width=WIDTH, height=HEIGHT, compression=1, **more):
    """`more`: tagNUMBER=(type, values)."""
    result = {
        256: (4, [width]), 257: (4, [height]), 258: (3, bits), 259: (3, [compression]), 262: (3, [photometric]),
        277: (3, [len(bits)]), 278: (4, [height]),
    }
    result.update({int(name[3:]): value for name, value in more.items()})
    return result


def wide(data, order):
    """Samples of 16 bits: the high byte as given, and a low byte that must play no part."""
    return b"".join(struct.pack(order + "H", 256 * value + 255 - value) for value in data)


def packed(image, depth):
    """Grey or palette rows at 2 or 4 bits a pixel."""
    rows = bytearray()
    for y in range(image.height):
        bits = "".join(format(image.getpixel((x, y)), f"0{depth}b") for x in range(image.width))
        bits += "0" * (-len(bits) % 8)
        rows += int(bits, 2).to_bytes(len(bits) // 8, "big")
    return bytes(rows)


def with_tool(name, *command, source="rgb.tiff", images=None, tolerance=0):
    subprocess.run([*command, FOLDER / source, FOLDER / name], check=True)
    expect(name, images, tolerance)


def subsampled():
    """YCbCr with one pair of colours for each 2 x 2 pixels, and what it looks like."""
    luma, blue, red = picture.convert("YCbCr").split()
    units = bytearray()
    seen = Image.new("YCbCr", SIZE)
    for top in range(0, HEIGHT, 2):
        for left in range(0, WIDTH, 2):
            block = [(min(left + x, WIDTH - 1), min(top + y, HEIGHT - 1)) for y in (0, 1) for x in (0, 1)]
            colour = (blue.getpixel((left, top)), red.getpixel((left, top)))
            units += bytes(luma.getpixel(place) for place in block) + bytes(colour)
            for place in block:
                seen.putpixel(place, (luma.getpixel(place), *colour))
    return tiff([(tags(6, [8] * 3, tag530=(3, [2, 2])), [bytes(units)])]), seen.convert("RGB")


def tiffs():
    rgb = picture.tobytes()
    fixture("rgb.tiff", tiff([(tags(2, [8] * 3), [rgb])]))
    fixture("rgb-big-endian.tiff", tiff([(tags(2, [8] * 3), [rgb])], order=">"))
    fixture("rgb-bigtiff.tiff", tiff([(tags(2, [8] * 3), [rgb])], big=True))
    for order, ending in ("<", ""), (">", "-big-endian"):
        fixture(f"rgb16{ending}.tiff", tiff([(tags(2, [16] * 3), [wide(rgb, order)])], order))
        # Pillow clips 16-bit grey at 255 where it should divide by 256.
        data = tiff([(tags(1, [16]), [wide(grey.tobytes(), order)])], order)
        fixture(f"grey16{ending}.tiff", data, [grey.convert("RGB")])
    for method in "packbits", "lzw", "zip", "lzma", "zstd":
        with_tool(f"rgb-{method}.tiff", "tiffcp", "-c", method)
    with_tool("rgb-lzw-predictor.tiff", "tiffcp", "-c", "lzw:2")
    with_tool("rgb16-zip-predictor.tiff", "tiffcp", "-c", "zip:2", source="rgb16.tiff")
    with_tool("rgb-strips-of-one-row.tiff", "tiffcp", "-c", "lzw", "-r", "1")
    with_tool("rgb-strips-of-five-rows.tiff", "tiffcp", "-c", "lzw", "-r", "5")
    with_tool("rgb-tiles.tiff", "tiffcp", "-c", "zip", "-t", "-w", "16", "-l", "16")
    with_tool("rgb-tile-larger-than-page.tiff", "tiffcp", "-c", "zip", "-t", "-w", "64", "-l", "48")
    with_tool("rgb-planes.tiff", "tiffcp", "-c", "lzw", "-p", "separate")
    with_tool("rgb-planes-in-tiles.tiff", "tiffcp", "-c", "lzw", "-p", "separate", "-t", "-w", "16", "-l", "32")
    # Lossy: the two decoders may be of different versions of libjpeg.
    fixture("ycbcr-jpeg.tiff", saved(picture, "TIFF", compression="jpeg", quality=90), tolerance=1)
    with_tool("rgb-jpeg-tiles.tiff", "tiffcp", "-c", "jpeg:r:90", "-t", "-w", "16", "-l", "16", tolerance=1)
    # Pillow reads no subsampled colours without JPEG.
    data, seen = subsampled()
    fixture("ycbcr-subsampled.tiff", data, [seen], tolerance=2)

    fixture("grey.tiff", tiff([(tags(1, [8]), [grey.tobytes()])]))
    fixture("grey-white-is-zero.tiff", tiff([(tags(0, [8]), [bytes(255 - v for v in grey.tobytes())])]))
    for depth in 2, 4:
        few = grey.point(lambda value: value >> (8 - depth))
        fixture(f"grey{depth}.tiff", tiff([(tags(1, [depth]), [packed(few, depth)])]))
    fixture("bilevel.tiff", tiff([(tags(1, [1]), [bilevel.tobytes()])]))
    fixture("bilevel-white-is-zero.tiff", tiff([(tags(0, [1]), [bytes(255 - v for v in bilevel.tobytes())])]))
    for method in "g3:1d", "g3:2d", "g4":
        name = f"bilevel-{method.replace(':', '-')}.tiff"
        with_tool(name, "tiffcp", "-c", method, source="bilevel-white-is-zero.tiff")
    # Pillow's own libtiff is built without JBIG.
    for ending, order in ("", "msb2lsb"), ("-reversed-bits", "lsb2msb"):
        with_tool(
            f"bilevel-jbig{ending}.tiff", "tiffcp", "-c", "jbig", "-f", order, source="bilevel-white-is-zero.tiff",
            images=[bilevel.convert("RGB")])
    with_tool("bilevel-reversed-bits.tiff", "tiffcp", "-f", "lsb2msb", "-c", "g4", source="bilevel-white-is-zero.tiff")

    colours = palette.getpalette()[: 3 * 16]
    for depth in 4, 8:
        table = colours + [0] * (3 * 2**depth - len(colours))
        planes = [257 * table[3 * i + channel] for channel in range(3) for i in range(2**depth)]
        data = palette.tobytes() if depth == 8 else packed(palette, depth)
        fixture(f"palette{depth}.tiff", tiff([(tags(3, [depth], tag320=(3, planes)), [data])]))

    fixture("cmyk.tiff", saved(picture.convert("CMYK"), "TIFF"), tolerance=1)
    fixture("rgba.tiff", tiff([(tags(2, [8] * 4, tag338=(3, [2])), [transparent.tobytes()])]))
    with_tool("rgba-planes.tiff", "tiffcp", "-p", "separate", source="rgba.tiff")
    fixture("rgba16.tiff", tiff([(tags(2, [16] * 4, tag338=(3, [2])), [wide(transparent.tobytes(), "<")])]))
    # Pillow undoes the multiplication before it pastes, and so rounds twice.
    multiplied = transparent.convert("RGBa").tobytes()
    data = tiff([(tags(2, [8] * 4, tag338=(3, [1])), [multiplied])])
    fixture("rgba-premultiplied.tiff", data, [on_white(transparent)], tolerance=1)
    # A fourth sample that nobody explains is no alpha.
    unused = transparent.copy()
    unused.putalpha(0)
    fixture("rgbx.tiff", tiff([(tags(2, [8] * 4, tag338=(3, [0])), [unused.tobytes()])]))
    fixture("grey-alpha.tiff", tiff([(tags(1, [8] * 2, tag338=(3, [2])), [transparent.convert("LA").tobytes()])]))


def pages():
    """Three pages of different kinds, with a thumbnail, which is no page, behind the first."""
    small = picture.resize((9, 7))
    half = picture.crop((0, 0, 20, 10))
    resolution = {"tag282": (5, [(300, 1)]), "tag283": (5, [(300, 1)]), "tag296": (3, [2])}
    data = tiff([
        (tags(2, [8] * 3, **resolution), [picture.tobytes()]),
        (tags(2, [8] * 3, 9, 7, tag254=(4, [1])), [small.tobytes()]),
        (tags(1, [8], tag254=(4, [2])), [grey.tobytes()]),
        (tags(2, [8] * 3, 20, 10, compression=8), [zlib.compress(half.tobytes())]),
    ])
    fixture("pages.tiff", data, [picture, grey.convert("RGB"), half])
    # The directory of the last page points back to the first.
    (FOLDER / "pages-in-a-circle.tiff").write_bytes(data[:-4] + data[4:8])
    (FOLDER / "pages-cut-short.tiff").write_bytes(data[:-100])


# Orientations ------------------------------------------------------------------------------------------------------------
TURNS = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180], 4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}


def exif(orientation, order="<"):
    """EXIF data with orientation and 200 dots per inch."""
    tail = b"II\x2a\0" if order == "<" else b"MM\0\x2a"
    entries = struct.pack(order + "HHIHH", 274, 3, 1, orientation, 0)
    entries += struct.pack(order + "HHII", 282, 5, 1, 62) + struct.pack(order + "HHII", 283, 5, 1, 62)
    entries += struct.pack(order + "HHIHH", 296, 3, 1, 2, 0)
    return tail + struct.pack(order + "IH", 8, 4) + entries + bytes(4) + struct.pack(order + "II", 200, 1)


def orientations():
    """One upright picture, stored in the eight ways there are. JPEG blocks of one colour are turned without a trace."""
    blocks = picture.resize((5, 4), Image.Resampling.NEAREST).resize((80, 64), Image.Resampling.NEAREST)
    for orientation in range(1, 9):
        stored, stored_blocks = picture, blocks
        for turn in TURNS.get(orientation, []):
            stored, stored_blocks = stored.transpose(turn), stored_blocks.transpose(turn)
        order = "<" if orientation % 2 else ">"
        fixture(f"orientation-{orientation}.png", saved(stored, "PNG", exif=exif(orientation, order)), [picture])
        turned = tags(2, [8] * 3, *stored.size, tag274=(3, [orientation]))
        fixture(f"orientation-{orientation}.tiff", tiff([(turned, [stored.tobytes()])], order), [picture])
        data = saved(stored_blocks, "JPEG", quality=95, subsampling=0, exif=b"Exif\0\0" + exif(orientation, order))
        fixture(f"orientation-{orientation}.jpg", data, [blocks], tolerance=4)
    # The chunk may stand behind the pixels.
    data = (FOLDER / "orientation-6.png").read_bytes()
    start = data.index(b"eXIf") - 4
    length = 12 + struct.unpack(">I", data[start : start + 4])[0]
    chunk, rest = data[start : start + length], data[:start] + data[start + length :]
    end = rest.index(b"IEND") - 4
    fixture("orientation-6-behind-pixels.png", rest[:end] + chunk + rest[end:], [picture])


# JPEG and PNG ------------------------------------------------------------------------------------------------------------
def jpegs():
    for name, options in {
        "rgb": {"keep_rgb": True}, "ycbcr": {}, "ycbcr-420": {"subsampling": 2}, "ycbcr-422": {"subsampling": 1},
        "progressive": {"progressive": True}, "restart": {"restart_marker_blocks": 1},
    }.items():
        options.setdefault("subsampling", 0)
        fixture(f"{name}.jpg", saved(picture, "JPEG", quality=90, **options), tolerance=1)
    fixture("grey.jpg", saved(grey, "JPEG", quality=90), tolerance=1)
    fixture("cmyk.jpg", saved(picture.convert("CMYK"), "JPEG", quality=90), tolerance=1)
    (FOLDER / "temporary.ppm").write_bytes(ppm(picture))
    arithmetic = subprocess.run(
        ["cjpeg", "-quality", "90", "-arithmetic", FOLDER / "temporary.ppm"], check=True, capture_output=True).stdout
    (FOLDER / "temporary.ppm").unlink()
    fixture("arithmetic.jpg", arithmetic, tolerance=1)
    fixture("ycck.jpg", ycck(), tolerance=1)
    fixture("dpi-150.jpg", saved(picture, "JPEG", quality=90, subsampling=0, dpi=(150, 150)), tolerance=1)


def hostile():
    """What costs little to write and much to read."""
    nothing = zlib.compress(bytes(8 << 20), 9)
    good = saved(picture, "PNG")
    chunks = png_chunk(b"zTXt", b"Comment\0\0" + nothing) + png_chunk(b"iCCP", b"Profile\0\0" + nothing)
    chunks += png_chunk(b"eXIf", b"MM\0\x2a\xff\xff\xff\xff") + png_chunk(b"pHYs", b"\xff" * 8 + b"\1")
    fixture("large-chunks.png", good[:33] + chunks + good[33:], [picture])
    (FOLDER / "huge-header.tiff").write_bytes(tiff([(tags(2, [8] * 3, 60000, 60000), [bytes(16)])]))
    tile = {"tag322": (4, [1 << 16]), "tag323": (4, [1 << 16])}
    directory = tags(2, [8] * 3, 8, 8, compression=8, **tile)
    (FOLDER / "huge-tile.tiff").write_bytes(tiff([(directory, [zlib.compress(bytes(1 << 16), 9)])]))
    # JBIG data that are wider than the page says, by 2 to the power of 31.
    data = bytearray((FOLDER / "bilevel-jbig.tiff").read_bytes())
    data[12] = 1
    (FOLDER / "jbig-wider-than-page.tiff").write_bytes(data)
    # A hundred tags of one large value: libtiff copies it for each.
    shared = {40000 + i: (1, b"") for i in range(100)}
    data = bytearray(tiff([({**tags(2, [8] * 3), **shared}, [picture.tobytes()])]))
    for place in range(struct.unpack("<I", data[4:8])[0] + 2, len(data) - 4, 12):
        if struct.unpack("<H", data[place : place + 2])[0] >= 40000:
            data[place + 4 : place + 12] = struct.pack("<II", 3 * WIDTH * HEIGHT, 8)
    (FOLDER / "tags-of-one-value.tiff").write_bytes(data)
    (FOLDER / "float.tiff").write_bytes(tiff([(tags(1, [32], 4, 4, tag339=(3, [3])), [bytes(64)])]))


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def ycck():
    """Adobe's YCCK: the file of CMYK whose samples are taken for YCC and K. The colours differ; all readers agree."""
    data = saved(picture.convert("CMYK"), "JPEG", quality=90)
    mark = data.index(b"Adobe") + 11
    return data[:mark] + b"\x02" + data[mark + 1 :]


def main():
    for pattern in "*.png", "*.jpg", "*.tiff", "*.ppm":
        for old in FOLDER.glob(pattern):
            old.unlink()
    tiffs()
    pages()
    orientations()
    jpegs()
    hostile()
    fixture("dpi-300.png", saved(picture, "PNG", dpi=(300, 300)))
    (FOLDER / "expectations.txt").write_text(
        "# fixture, page, the pixels expected of it, largest difference of a sample\n" + "\n".join(expectations) + "\n")


main()
