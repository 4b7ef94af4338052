"""Writes `pngsuite.txt` beside this file: what Pillow makes of the PNG test suite, as size and CRC-32 of the RGB pixels.

    compare_with_pillow.py SUITE           write the file
    compare_with_pillow.py SUITE --check   exit with 1 where the file says something else

Upright, and RGBA pasted on white, as mistral-common prepares pictures. Pillow clips grey of 16 bits at 255 when it
converts it; here it is divided by 256, as Pillow divides all other samples of 16 bits.
"""
import pathlib
import sys
import zlib

from PIL import Image, ImageOps

GOLDENS = pathlib.Path(__file__).parent / "pngsuite.txt"


def seen(path):
    image = ImageOps.exif_transpose(Image.open(path))
    if image.mode == "I;16":
        image = Image.frombytes("L", image.size, image.tobytes()[1::2])
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.paste(image, (0, 0), image)
    return white.convert("RGB")


def lines(suite):
    # Files that begin with x are corrupt, one of them in a way that Pillow does not see.
    for path in sorted(suite.glob("[!x]*.png")):
        image = seen(path)
        yield f"{path.name} {image.width} {image.height} {zlib.crc32(image.tobytes()):08x}\n"


def main():
    text = "# file, width, height, CRC-32 of its pixels\n" + "".join(lines(pathlib.Path(sys.argv[1])))
    if "--check" in sys.argv:
        sys.exit(GOLDENS.read_text() != text)
    GOLDENS.write_text(text)


main()
