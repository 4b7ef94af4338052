"""One document from one seed: content, drawing, and the truth as JSON."""

from __future__ import annotations

import datetime
import json
import random
import re
from dataclasses import dataclass
from decimal import Decimal

from . import kinds, layouts, reading
from .blocks import Sheet
from .layouts import Drawing

SPLITS = ("train", "held-out")


@dataclass
class Document:
    seed: int
    split: str
    sheet: Sheet
    drawing: Drawing

    @property
    def name(self) -> str:
        return f"{self.sheet.kind}-{self.seed}"


def make(
    seed: int, split: str, kind: str | None = None, language: str | None = None, family: str | None = None
) -> Document:
    """The document of a seed. Train and held-out documents of one seed have nothing in common."""
    r, held_out = random.Random(f"{split}/{seed}"), split == "held-out"
    kind = kind or kinds.choose(r)
    sheet = kinds.make(kind, r, held_out, language)
    family = family or layouts.choose(r, kind, held_out)
    return Document(seed, split, sheet, layouts.draw(sheet, family, f"{split}/{seed}/{family}", held_out))


def to_json(value) -> str:
    """Compact JSON; dates in ISO 8601, decimals with the places that they have."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.date):
        return f'"{value.isoformat()}"'
    if isinstance(value, dict):
        return (
            "{"
            + ",".join(json.dumps(key, ensure_ascii=False) + ":" + to_json(entry) for key, entry in value.items())
            + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(to_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def leaves(tree, path: str = ""):
    """(path, value) of every field; rows of arrays count from 0."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(tree, list):
        for k, value in enumerate(tree):
            yield from leaves(value, f"{path}[{k}]")
    else:
        yield path, tree


# Said by the document as a whole, not by a word of it.
UNPRINTED = ("topic",)


def unprinted(document: Document) -> list[str]:
    """Fields of the truth that no word on the pages prints: an error of a kind or of a layout."""
    printed = {path for word in document.drawing.recorder.words for path in word.fields}
    return [
        path
        for path, value in leaves(document.sheet.truth)
        if value is not None and path not in printed and path not in UNPRINTED
    ]


def foreign(document: Document) -> list[str]:
    """Words that print a field which the truth calls absent."""
    present = {path for path, value in leaves(document.sheet.truth) if value is not None}
    return sorted({path for word in document.drawing.recorder.words for path in word.fields} - present)


def truth(document: Document, images: list[dict], effects: dict) -> dict:
    """Everything that is known of a document. `images`: what `pages.render` says of each picture."""
    drawing, sheet = document.drawing, document.sheet
    pages = []
    for number, (width, height) in enumerate(drawing.sizes):
        page = reading.page_lines(drawing.recorder.words, number)
        pages.append(
            {
                "width": width,
                "height": height,
                "lines": [
                    [{"text": w.text, "box": list(w.box)} | ({"fields": w.fields} if w.fields else {}) for w in line]
                    for line in page
                ],
                "marks": [
                    {"text": w.text, "box": list(w.box)}
                    for w in drawing.recorder.words
                    if w.page == number and w.decoration
                ],
            }
        )
    return {
        "kind": sheet.kind,
        "language": sheet.language,
        "seed": document.seed,
        "split": document.split,
        "family": drawing.family,
        "fonts": drawing.fonts,
        "record": sheet.truth,
        "absent": [path for path, value in leaves(sheet.truth) if value is None],
        "pages": pages,
        "images": images,
        "effects": effects,
    }


def text_of(page: dict) -> str:
    """The transcription of a page of `truth`."""
    return "\n".join(" ".join(word["text"] for word in line) for line in page["lines"])


def field_path(path: str) -> str:
    """A path with its rows left open: "lines[3].amount" → "lines[].amount"."""
    return re.sub(r"\[\d+\]", "[]", path)
