"""Receipts as PDF files with the expected record beside each.

`python -m gleaner_mini.documents DIR --count 200` writes the held-out set: seeds and shop names that training never draws.
`python -m gleaner_mini.documents ../samples --only N --name receipt` writes held-out receipt N alone.
"""
from __future__ import annotations

import argparse
import random
from pathlib import Path

import cairo

from . import samples
from .canvas import Canvas
from .content import to_json
from .receipts import ReceiptDrawing


def held_out_receipts(count: int):
    """Seeds with their page size in cells; those whose drawing does not fit are passed over."""
    seed, found = samples.HELD_OUT_SEED, 0
    while found < count:
        r = random.Random(seed)
        columns, rows = r.randint(11, 13), r.randint(11, 19)
        if samples.receipt_sample(seed, columns, rows, held_out=True) is not None:
            yield seed, columns, rows
            found += 1
        seed += 1


def write_pdf(path: Path, seed: int, columns: int, rows: int) -> str:
    """Writes one receipt and returns its record."""
    r, receipt, width, height = samples.receipt_page(seed, columns, rows, held_out=True)
    surface = cairo.PDFSurface(str(path), width, height)
    surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z")
    ReceiptDrawing(r, Canvas(cairo.Context(surface)), receipt, width, height).draw()
    surface.finish()
    return to_json(receipt.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--only", type=int, help="write this one alone, counted from 0")
    parser.add_argument("--name", help="of the files, with --only")
    arguments = parser.parse_args()
    arguments.directory.mkdir(parents=True, exist_ok=True)
    count = arguments.count if arguments.only is None else arguments.only + 1
    for number, (seed, columns, rows) in enumerate(held_out_receipts(count)):
        if arguments.only in (None, number):
            file = arguments.directory / f"{arguments.name or f'receipt-{number:03d}'}.pdf"
            file.with_suffix(".json").write_text(write_pdf(file, seed, columns, rows) + "\n")


if __name__ == "__main__":
    main()
