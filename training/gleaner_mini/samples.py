"""Pictures with their ground truth: single lines, blocks of lines, whole receipts. Everything follows from one seed."""
from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from . import content
from .canvas import MONOSPACED, PROPORTIONAL, Glyph, image_canvas
from .receipts import ReceiptDrawing

CELL = 28  # pixels: one merged patch; pages are drawn at 144 dots per inch, 2 pixels a point
PATCH = 14
POINT = 2.0
FIELDS = ["", "merchant", "date.year", "date.month", "date.day", "number", "currency", "description", "quantity", "amount", "total"]
CHARACTERS = [chr(c) for c in range(33, 127)] + ["€", "£"]
SLOTS = 3  # labels of characters under one patch, in reading order
HELD_OUT_SEED = 1 << 40  # training seeds stay below it


@dataclass
class Sample:
    pixels: np.ndarray  # (height, width) uint8
    glyphs: list[Glyph]  # in points
    scale: tuple[float, float]  # pixels a point, x and y
    text: str  # what the decoder is to write
    schema_order: list[str] | None = None  # properties asked for; None: transcription


def random_token(r: random.Random) -> str:
    kind = r.random()
    if kind < 0.35:
        word = r.choice([r.choice(content.GOODS), r.choice(content.FIRST), r.choice(content.KIND), r.choice(content.QUALITY)])
        return r.choice([word, word.upper(), word.lower()])
    if kind < 0.5:
        return f"{r.randint(1, 31):02d}{r.choice('./-')}{r.randint(1, 12):02d}{r.choice('./-')}{r.randint(1990, 2035)}"
    if kind < 0.7:
        return f"{r.choice(['', '', '$', '€', '£'])}{r.randint(0, 9999)}{r.choice('..,')}{r.randint(0, 99):02d}"
    if kind < 0.85:
        return "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-/") for _ in range(r.randint(3, 9)))
    if kind < 0.93:
        return "".join(r.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(r.randint(2, 9)))
    return "".join(r.choice(CHARACTERS[:94]) for _ in range(r.randint(2, 7)))


def text_block(r: random.Random, columns: int, rows: int) -> Sample:
    """Lines of random words, dates, amounts and codes on columns x rows cells."""
    width, height = columns * CELL, rows * CELL
    canvas, pixels = image_canvas(width, height, POINT, POINT, r.uniform(0.88, 1), r.uniform(0, 0.3))
    family = r.choice(MONOSPACED) if r.random() < 0.5 else r.choice(PROPORTIONAL)
    size = r.uniform(7.2, 10) * (1.35 if r.random() < 0.15 else 1)
    canvas.font(family, size, r.random() < 0.2)
    baseline = size * 0.9 + r.uniform(0, max(0.1, min(8, height / POINT - 1.3 * size)))
    pitch = size * r.uniform(1.15, 1.6)
    lines = []
    while baseline + 0.25 * size < height / POINT:
        x = r.uniform(1, 12)
        text = random_token(r)
        if r.random() < 0.85:
            while True:
                longer = text + " " + random_token(r)
                if x + canvas.width(longer) > width / POINT - 2 or r.random() < 0.12:
                    break
                text = longer
            if x + canvas.width(text) <= width / POINT - 1:
                canvas.text(x, baseline, text)
                lines.append(text)
        baseline += pitch
    return Sample(pixels(), canvas.glyphs, (POINT, POINT), "\n".join(lines))


def receipt_page(seed: int, columns: int, rows: int, held_out: bool = False):
    """The receipt of a seed and the size of its page in points; the drawing itself is made by `draw`."""
    r = random.Random(seed)
    width = (columns * CELL - r.uniform(0, CELL - 1)) / POINT
    height = (rows * CELL - r.uniform(0, CELL - 1)) / POINT
    receipt = content.receipt(r, most_items=max(1, int((height - 135) / 13)), held_out=held_out)
    return r, receipt, width, height


def receipt_sample(seed: int, columns: int, rows: int, held_out: bool = False, properties: list[str] | None = None) -> Sample | None:
    """A receipt as the page renderer would show it, or None when what the seed says does not fit on the page."""
    r, receipt, width, height = receipt_page(seed, columns, rows, held_out)
    scale = (columns * CELL / width, rows * CELL / height)
    # Paper and noise have a generator of their own: the drawing of a seed is the same in a picture and in a PDF.
    look = random.Random(seed + 0.5)
    paper, ink = (1.0, 0.0) if look.random() < 0.6 else (look.uniform(0.85, 1), look.uniform(0, 0.35))
    canvas, pixels = image_canvas(columns * CELL, rows * CELL, *scale, paper, ink)
    if not ReceiptDrawing(r, canvas, receipt, width, height).draw():
        return None
    picture = pixels()
    if paper < 1 and look.random() < 0.4:
        noise = np.random.default_rng(seed).normal(0, look.uniform(1, 8), picture.shape)
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    values = receipt.values()
    if properties is not None:
        values = {name: values[name] for name in properties}
    return Sample(picture, canvas.glyphs, scale, content.to_json(values), list(values))


def patch_labels(sample: Sample) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per 14-pixel patch: the characters under it (rows, columns, SLOTS; 0 none), their field, and the line item (0 none)."""
    rows, columns = sample.pixels.shape[0] // PATCH, sample.pixels.shape[1] // PATCH
    characters = np.zeros((rows, columns, SLOTS), np.int64)
    fields = np.zeros((rows, columns), np.int64)
    ordinals = np.zeros((rows, columns), np.int64)
    used = np.zeros((rows, columns), np.int64)
    for glyph in sample.glyphs:
        column, row = int(glyph.x * sample.scale[0] // PATCH), int(glyph.y * sample.scale[1] // PATCH)
        if not (0 <= row < rows and 0 <= column < columns):
            continue
        if glyph.field:
            fields[row, column] = FIELDS.index(glyph.field)
            ordinals[row, column] = min(glyph.ordinal, 15)
        if used[row, column] < SLOTS and glyph.character in CHARACTER_INDEX:
            characters[row, column, used[row, column]] = CHARACTER_INDEX[glyph.character]
            used[row, column] += 1
    return characters, fields, ordinals


CHARACTER_INDEX = {c: k + 1 for k, c in enumerate(CHARACTERS)}
