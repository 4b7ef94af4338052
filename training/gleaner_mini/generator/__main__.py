"""Writes documents: `python -m gleaner_mini.generator --out DIR --count N --first-seed S --split train --gleaner PATH`.

For each seed there is NAME.pdf, NAME-p001.png and so on as Gleaner draws the pages, and NAME.json with the truth. Of a
scan the pictures are NAME-p001.jpg, and there is NAME.scan.pdf, made of them. The same seed gives the same bytes.
Without --scan and --clean, half of the documents are scans.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from PIL import Image

from . import documents, pages, scan
from .kinds import KINDS
from .words import LANGUAGES

BATCH = 32  # documents for each call of the renderer


def arguments():
    parser = argparse.ArgumentParser(
        prog="gleaner_mini.generator", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--split", choices=documents.SPLITS, default="train")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--family", help="draw everything with this layout family")
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--clean", action="store_true", help="no scans")
    state.add_argument("--scan", action="store_true", help="nothing but scans")
    parser.add_argument(
        "--gleaner", type=Path, help="the binary that draws the pages; without it there are no pictures"
    )
    parser.add_argument("--resolution", type=float, default=144, help="dots per inch")
    parser.add_argument("--longest", type=int, default=1540, help="pixels of the longest side")
    return parser.parse_args()


def is_scan(options, document) -> bool:
    if options.clean or options.scan:
        return options.scan
    return random.Random(f"scan/{document.split}/{document.seed}").random() < 0.5


def age(folder: Path, images: list[dict], effects: dict):
    """Puts their scans in place of the pictures of a document."""
    clean = []
    for image in images:
        with Image.open(folder / image["file"]) as picture:
            clean.append(picture.convert("RGB"))
    for number, image in enumerate(images):
        picture, image["to_pixels"] = scan.age(
            clean[number], effects, image["to_pixels"], number, clean[(number + 1) % len(clean)]
        )
        (folder / image["file"]).unlink()
        image["file"] = str(Path(image["file"]).with_suffix(".jpg"))
        picture.save(folder / image["file"], quality=92)


def write(batch: list[documents.Document], options):
    files = []
    for document in batch:
        files.append(options.out / f"{document.name}.pdf")
        files[-1].write_bytes(document.drawing.pdf)
    pictures = (
        pages.render(options.gleaner, files, options.out, options.resolution, options.longest)
        if options.gleaner
        else {}
    )
    for document, file in zip(batch, files):
        images, effects = pictures.get(file.name, []), {}
        if images and is_scan(options, document):
            effects = scan.draw_effects(f"{document.split}/{document.seed}")
            age(options.out, images, effects)
            if len(images) == len(document.drawing.sizes):  # no page is in tiles
                scanned = [options.out / image["file"] for image in images]
                file.with_suffix(".scan.pdf").write_bytes(pages.picture_pdf(scanned, document.drawing.sizes))
        file.with_suffix(".json").write_text(documents.to_json(documents.truth(document, images, effects)) + "\n")


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    start, batch, drawn = time.monotonic(), [], 0
    for seed in range(options.first_seed, options.first_seed + options.count):
        batch.append(documents.make(seed, options.split, options.kind, options.language, options.family))
        drawn += len(batch[-1].drawing.sizes)
        if len(batch) == BATCH or seed + 1 == options.first_seed + options.count:
            write(batch, options)
            batch = []
    seconds = time.monotonic() - start
    print(
        f"{options.count} documents, {drawn} pages, {seconds:.1f} s, {drawn / seconds:.1f} pages a second",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
