"""Compares pages that the reader drew with those of pdftoppm, Pillow and djpeg.

    GLEANER_PAGES_OUT=/tmp/pages swift test -c release --filter PageCorpusTests
    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install Pillow numpy
    cd Tests/PageImagesTests/Corpora
    /tmp/venv/bin/python compare_pages.py /tmp/pages ../../../../shared/corpora

PDF pages are drawn by pdftoppm at the same size and with the same fonts; PNG files are opened by Pillow and laid on
white, JPEG files decoded by djpeg. Prints the files that differ by more than they may (PDF: a mean of 2 of 255; PNG: at
all; JPEG: 1 anywhere), and what the other tool says where it gives no picture.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


def fonts(folder):
    """A fontconfig file of the reader's fonts alone: the same folders, files and aliases."""
    source = (REPOSITORY / "Sources/PageImages/Formats/PDFFonts+Configuration.swift").read_text()
    names = re.findall(r'\("([^"]+)", \[([^\]]+)\]\)', source)
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept><family>{family}</family></accept></alias>'
        for family, others in names
        for name in re.findall(r'"([^"]+)"', others)
    )
    accepted = "".join(
        f"<glob>/usr/share/fonts/truetype/{pattern}</glob>"
        for pattern in [
            *(
                f"dejavu/DejaVu{n}.ttf"
                for n in ["Sans", "Sans-Bold", "SansMono", "SansMono-Bold", "Serif", "Serif-Bold"]
            ),
            "liberation*/Liberation*.ttf",
        ]
    )
    path = pathlib.Path(folder) / "fonts.conf"
    path.write_text(
        "<?xml version='1.0'?><fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>"
        "<dir>/usr/share/fonts/truetype/liberation</dir><dir>/usr/share/fonts/truetype/liberation2</dir>"
        f"<cachedir>{folder}/cache</cachedir>"
        f"<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{accepted}</acceptfont></selectfont>{aliases}"
        '<match target="pattern"><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>'
        "</fontconfig>"
    )
    return path


def tool(command, environment=None):
    """Its output's pixels, or what it complained about."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, env=environment)
    except subprocess.TimeoutExpired:
        return None, "took more than 60 seconds"
    complaint = (done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    return done.stdout, complaint


def read(path):
    with Image.open(path) as picture:
        return numpy.asarray(picture.convert("RGB")).astype(numpy.int16)


def pdf_page(source, page, size, scratch, environment, turned=False):
    width, height = reversed(size) if turned else size
    stem = scratch / "page"
    command = ["pdftoppm", "-f", str(page), "-l", str(page), "-cropbox", "-singlefile"]
    _, complaint = tool([*command, "-scale-to-x", str(width), "-scale-to-y", str(height), source, stem], environment)
    drawn = scratch / "page.ppm"
    if not drawn.exists():
        return None, complaint
    pixels = read(drawn)
    drawn.unlink()
    # It takes the two sides for those of the page before it is turned.
    if pixels.shape[1::-1] != size and pixels.shape[:2] == size and not turned:
        return pdf_page(source, page, size, scratch, environment, turned=True)
    return pixels, complaint


def sixteen_bit_grey(picture):
    """The high bytes, which Pillow takes of all other 16-bit pictures; these it would clip."""
    samples = numpy.asarray(picture)
    grey = (samples >> 8).astype(numpy.int16)
    grey[samples == picture.info.get("transparency", -1)] = 255
    return numpy.stack([grey] * 3, axis=-1)


def png_picture(source):
    try:
        with Image.open(source) as picture:
            if picture.mode == "I;16":
                return sixteen_bit_grey(picture), ""
            picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "WHITE")
        white.paste(picture, (0, 0), picture)
        return numpy.asarray(white.convert("RGB")).astype(numpy.int16), ""
    except (OSError, SyntaxError, ValueError) as error:
        return None, str(error)


def jpeg_picture(source, scratch):
    out = scratch / "picture.ppm"
    out.unlink(missing_ok=True)
    _, complaint = tool(["djpeg", "-rgb", "-dct", "int", "-outfile", out, source])
    return (read(out), complaint) if out.exists() and out.stat().st_size else (None, complaint)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("pages", type=pathlib.Path, help="the folder in GLEANER_PAGES_OUT")
    arguments.add_argument("corpora", type=pathlib.Path)
    options = arguments.parse_args()
    counts, exceptions, means = {}, [], []
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        environment = os.environ | {"FONTCONFIG_FILE": str(fonts(folder))}
        for path in sorted(options.pages.rglob("*.ppm")):
            name, page = str(path.relative_to(options.pages))[:-4].rsplit("-", 1)
            source, ours, kind = options.corpora / name, read(path), name.rsplit(".", 1)[1]
            size = (ours.shape[1], ours.shape[0])
            if kind == "pdf":
                theirs, complaint = pdf_page(source, int(page), size, scratch, environment)
            elif kind == "png":
                theirs, complaint = png_picture(source)
            else:
                theirs, complaint = jpeg_picture(source, scratch)
            counts[kind] = counts.get(kind, 0) + 1
            if theirs is None:
                exceptions.append((name, page, f"no picture to compare with: {complaint}"))
                continue
            if theirs.shape != ours.shape:
                exceptions.append((name, page, f"{size[0]} x {size[1]}, theirs {theirs.shape[1]} x {theirs.shape[0]}"))
                continue
            difference = numpy.abs(ours - theirs)
            mean, largest = float(difference.mean()), int(difference.max())
            if kind == "pdf":
                means.append(mean)
            if mean >= 2 if kind == "pdf" else largest > (0 if kind == "png" else 1):
                exceptions.append((name, page, f"mean {mean:.2f}, largest {largest}; {complaint}"))
    for name, page, reason in exceptions:
        print(f"{name}, page {page}: {reason}")
    print(", ".join(f"{count} pages of {kind}" for kind, count in counts.items()), f"; {len(exceptions)} exceptions")
    if means:
        means.sort()
        print(f"PDF: median of the mean differences {means[len(means) // 2]:.3f}, largest {means[-1]:.3f}")
    return 1 if exceptions else 0


if __name__ == "__main__":
    sys.exit(main())
