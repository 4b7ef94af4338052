"""Draws orientations.png and tiles.png: documents as `gleaner pages` sees them.

    python3 -m venv venv && venv/bin/pip install pillow
    venv/bin/python docs/pictures/make_pictures.py .build/release/gleaner

The fonts are those of packaging/install-dependencies.
"""

import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent
FONTS = "/usr/share/fonts/truetype/dejavu/"
PAPER, INK, DIM = (255, 255, 255), (30, 30, 40), (120, 120, 130)
COLOURS = [(200, 30, 40), (30, 90, 200), (20, 140, 70), (210, 120, 0)]

# How an upright picture is stored under each EXIF orientation: the inverse of what a viewer does with it.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
# The same for the clockwise rotation of a PDF page.
TURNED = {0: None, 90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}


def font(size, bold=False):
    return ImageFont.truetype(FONTS + ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size)


def pages(gleaner, document, folder):
    """What `gleaner pages` tells of the one page of a document; its images are written into the folder."""
    command = [gleaner, "pages", str(document), "--out", str(folder), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def stored(picture, turn):
    return picture if turn is None else picture.transpose(turn)


def upright():
    """A page that looks different from every side. Its sides are whole tokens, so nothing is resized."""
    picture = Image.new("RGB", (252, 308), PAPER)
    draw = ImageDraw.Draw(picture)
    for place, colour in zip([(8, 8), (212, 8), (8, 268), (212, 268)], COLOURS):
        draw.rectangle([place, (place[0] + 31, place[1] + 31)], fill=colour)
    draw.text((126, 24), "Invoice", INK, font(34, bold=True), anchor="mt")
    draw.text((126, 70), "No. 2041-7", DIM, font(20), anchor="mt")
    for row, (name, amount) in enumerate([("Lamp", "39.90"), ("Cable", "7.15"), ("Bulb E27", "4.50")]):
        draw.text((24, 116 + 32 * row), name, INK, font(20))
        draw.text((228, 116 + 32 * row), amount, INK, font(20), anchor="ra")
    draw.line([(24, 216), (228, 216)], INK, 2)
    draw.text((228, 224), "51.55", INK, font(24, bold=True), anchor="ra")
    draw.polygon([(126, 244), (108, 272), (144, 272)], fill=INK)
    draw.rectangle([(120, 272), (132, 296)], fill=INK)
    return picture


def pdf(picture, rotation):
    """A PDF of one page, turned by its /Rotate, that shows a picture at one point a pixel."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=95)
    width, height = picture.size
    content = b"%d 0 0 %d 0 0 cm /P Do" % (width, height)
    image = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (width, height)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>"
        % (width, height, rotation),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        image + b"/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream" % (len(data.getvalue()), data.getvalue()),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out))


def variants(picture, folder):
    """Documents that all show the same picture: name, what is stored, and the file."""
    for orientation, turn in STORED.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        path = folder / f"exif-{orientation}.jpg"
        stored(picture, turn).save(path, quality=95, subsampling=0, exif=exif)
        yield f"EXIF {orientation}", stored(picture, turn), path
    for rotation, turn in TURNED.items():
        path = folder / f"pdf-{rotation}.pdf"
        path.write_bytes(pdf(stored(picture, turn), rotation))
        yield f"PDF {rotation}°", stored(picture, turn), path
    for ending, options in [("jpg", {"quality": 95, "subsampling": 0}), ("tif", {"compression": "tiff_lzw"})]:
        path = folder / f"cmyk-{ending}.{ending}"
        picture.convert("CMYK").save(path, **options)
        yield f"CMYK {'JPEG' if ending == 'jpg' else 'TIFF'}", picture, path


def orientations(gleaner, folder):
    """The contact sheet: above what is stored, below what the model sees."""
    cells = []
    for name, before, path in variants(upright(), folder):
        seen = pages(gleaner, path, folder)["images"][0]["file"]
        cells.append((name, before, Image.open(seen).convert("RGB")))
    columns, side, gap = 7, 124, 12
    block = 22 + side + 18 + side + 20
    sheet = Image.new("RGB", (gap + columns * (side + gap), gap + 2 * block), (238, 238, 240))
    draw = ImageDraw.Draw(sheet)
    for index, (name, before, after) in enumerate(cells):
        left, top = gap + index % columns * (side + gap), gap + index // columns * block
        draw.text((left + side // 2, top + 4), name, INK, font(13, bold=True), anchor="mt")
        draw.text((left + side // 2, top + 22 + side + 9), "is seen as", DIM, font(11), anchor="mm")
        for picture, y in [(before, top + 22), (after, top + 22 + side + 18)]:
            small = picture.copy()
            small.thumbnail((side, side), Image.Resampling.LANCZOS)
            sheet.paste(small, (left + (side - small.width) // 2, y + (side - small.height) // 2))
    save(sheet, "orientations.png")


def receipt():
    """A long receipt: 480 x 2400 pixels."""
    picture = Image.new("RGB", (480, 2400), PAPER)
    draw, choose = ImageDraw.Draw(picture), random.Random(5)
    draw.text((240, 40), "CORNER SHOP", INK, font(44, bold=True), anchor="mt")
    total = 0
    for row in range(64):
        name = choose.choice(["Bread", "Butter", "Milk 1.5%", "Apples", "Coffee", "Rice", "Pasta", "Tea", "Olives"])
        price = choose.randrange(79, 1299)
        total += price
        draw.text((36, 130 + 33 * row), f"{row + 1:2}  {name}", INK, font(24))
        draw.text((444, 130 + 33 * row), f"{price / 100:.2f}", INK, font(24), anchor="ra")
    draw.text((36, 2290), "TOTAL", INK, font(36, bold=True))
    draw.text((444, 2290), f"{total / 100:.2f}", INK, font(36, bold=True), anchor="ra")
    return picture


def tiles(gleaner, folder):
    """A receipt that is cut: the places of its tiles, the tiles, and what would be left of it without them."""
    path = folder / "receipt.png"
    receipt().save(path)
    images = pages(gleaner, path, folder)["images"]
    longest = max(max(image["size"]) for image in images)
    scale, gap = 0.25, 24
    page = receipt().resize((120, 600), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (960, 690), (238, 238, 240))
    draw = ImageDraw.Draw(sheet)
    draw.text((gap, 10), "the page, 480 x 2400", INK, font(13, bold=True))
    sheet.paste(page, (gap + 28, 40))
    left = 230
    draw.text((left, 10), f"{len(images)} tiles, of which none is shrunk", INK, font(13, bold=True))
    for index, image in enumerate(images):
        x, y, width, height = image["region"]
        colour = COLOURS[index % len(COLOURS)]
        bar = gap + (8 if index % 2 else 18)
        draw.line([(bar, 40 + y * scale), (bar, 40 + (y + height) * scale)], colour, 6)
        tile = Image.open(image["file"]).convert("RGB").resize((width // 4, height // 4), Image.Resampling.LANCZOS)
        place = (left + index * (tile.width + 16), 40 + round(y * scale))
        sheet.paste(tile, place)
        draw.rectangle([place, (place[0] + tile.width, place[1] + tile.height)], outline=colour, width=3)
    shrunk = receipt()
    shrunk.thumbnail((longest, longest), Image.Resampling.BICUBIC)
    draw.text((790, 10), "shrunk to fit instead", INK, font(13, bold=True))
    shrunk = shrunk.resize((shrunk.width // 4, shrunk.height // 4), Image.Resampling.LANCZOS)
    sheet.paste(shrunk, (790, 40))
    draw.text((gap, 662), "All to the same scale: a quarter of the pixels that the model is shown.", DIM, font(12))
    save(sheet, "tiles.png")


def save(sheet, name):
    # 64 colours are enough for print on paper, and half the file.
    sheet.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
    print(name, (FOLDER / name).stat().st_size, "bytes")


with tempfile.TemporaryDirectory() as scratch:
    orientations(sys.argv[1], Path(scratch))
    tiles(sys.argv[1], Path(scratch))
