"""The fonts: which there are, where their files lie, and how wide their text is."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from .words import WordList

FONTS = WordList(Path(__file__).with_name("fonts.txt"))
NARROW = {
    "Roboto Condensed": 100,
    "Liberation Sans Narrow": 75,
    "PT Sans Narrow": 75,
}  # width that fontconfig gives them
REGULAR, BOLD, ITALIC = "", " Bold", " Italic"


@cache
def installed() -> dict[str, dict[str, str]]:
    """family → style → file, as fontconfig knows them."""
    listed = subprocess.run(
        ["fc-list", "--format", "%{family[0]}|%{file}|%{weight}|%{slant}|%{width}|%{variable}\n"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    families: dict[str, dict[str, str]] = {}
    for line in sorted(listed.splitlines()):
        family, file, weight, slant, width, variable = line.split("|")[:6] if line.count("|") == 5 else [""] * 6
        if (
            not file.lower().endswith((".ttf", ".otf"))
            or variable != "False"
            or width not in ("100", str(NARROW.get(family)))
        ):
            continue
        style = {
            ("80", "0"): REGULAR,
            ("200", "0"): BOLD,
            ("180", "0"): BOLD,
            ("80", "100"): ITALIC,
            ("80", "110"): ITALIC,
        }.get((weight, slant))
        if style is None:
            continue
        known = families.setdefault(family, {})
        if (
            style not in known
            or (weight == "200" and "SemiBold" in known[style])
            or file.endswith(".ttf")
            and not known[style].endswith(".ttf")
        ):
            known[style] = file
    return families


def missing() -> list[str]:
    """The families of the list that are not installed."""
    return sorted({f for part in FONTS.lists.values() for names in part for f in names} - set(installed()))


def choose(r: random.Random, kind: str, held_out: bool, html: bool) -> str:
    """A family of a class; with `html`, also of those that only WeasyPrint embeds."""
    lists = [kind] + ([f"html.{kind}"] if html and f"html.{kind}" in FONTS else [])
    trained = [f for name in lists for f in FONTS.trained(name) if f in installed()]
    kept = [f for name in lists for f in FONTS.held_out(name) if f in installed()]
    return r.choice(kept if held_out and kept else trained)


@dataclass(frozen=True)
class Face:
    """A family for reportlab: the names of its registered styles."""

    family: str

    def name(self, bold: bool = False, italic: bool = False) -> str:
        return register(self.family, BOLD if bold else ITALIC if italic else REGULAR)

    def width(self, text: str, size: float, bold: bool = False, italic: bool = False) -> float:
        return pdfmetrics.stringWidth(text, self.name(bold, italic), size)


@cache
def register(family: str, style: str) -> str:
    files = installed()[family]
    if style not in files:
        return register(family, REGULAR)
    name = family + style
    pdfmetrics.registerFont(TTFont(name, files[style]))
    return name


@cache
def advances(file: str) -> tuple[dict[int, int], int]:
    """Character → advance in font units, and the units of an em: for engines that do not say where each word ends."""
    font = FontFile(file, lazy=True)
    widths = font["hmtx"].metrics
    return {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}, font["head"].unitsPerEm
