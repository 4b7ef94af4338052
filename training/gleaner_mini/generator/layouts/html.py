"""Families that WeasyPrint lays out from HTML and CSS; the boxes of words are read from its layout tree."""

from __future__ import annotations

import math
import random
from functools import cache
from html import escape

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from .. import fonts
from ..blocks import Sheet, plain
from . import css, markup
from .recorder import ASCENT, DESCENT, Recorder
from .theme import Theme

STYLES = ("modern", "cards", "minimal", "bureau")
HELD_OUT_STYLES = ("ribbon", "poster")
POINTS = 0.75  # of a CSS pixel


@cache
def font_configuration() -> FontConfiguration:
    return FontConfiguration()


def page(sheet: Sheet, family: str, theme: Theme, r: random.Random) -> str:
    emblem = markup.logo(r, css.rgb(theme.accent)) if theme.logo else ""
    title = (
        f'<h1 class="{"long" if len(plain(sheet.title)) > 24 else ""}" data-block="">{markup.runs(sheet.title)}</h1>'
        if sheet.title
        else ""
    )
    issuer = markup.party(sheet.issuer, "issuer")
    parties = [markup.party(p, "to") for p in sheet.parties]
    facts = markup.facts(sheet.facts)
    columns = parties + ([facts] if facts else [])
    if r.random() < 0.35:
        columns.reverse()
    footer = "".join(f"<div data-block>{markup.lines(column)}</div>" for column in sheet.footer)
    head = {
        "modern": [emblem + title, issuer] if r.random() < 0.5 else [issuer, emblem + title],
        "cards": [emblem, title, issuer],
        "minimal": [emblem, issuer],
        "bureau": [emblem, issuer, title],
        "ribbon": [title, issuer],
        "poster": [issuer],
    }[family]
    below = title if family in ("minimal", "poster") else ""
    marks = ""
    if sheet.watermark:
        marks += mark(sheet.watermark, 55, "#888", 0.14, "30%", "45%", 86)
    if sheet.stamp:
        marks += mark(
            sheet.stamp,
            -r.randint(4, 16),
            r.choice(["#b01818", "#1c3c9c", "#1a6c34"]),
            0.6,
            f"{r.randint(25, 60)}%",
            f"{r.randint(35, 70)}%",
            24,
        )
    style = css.sheet(theme, r, family, sheet.page_of)
    joined = "".join(f"<div>{part}</div>" for part in head if part)
    return (
        f'<html lang="{sheet.language}"><head><style>{style}</style></head><body>{marks}'
        f'<div class="head">{joined}</div>{below}<div class="columns">{"".join(columns)}</div>'
        f'{markup.body(sheet, r)}<div class="footer">{footer}</div></body></html>'
    )


def mark(words: str, degrees: int, colour: str, opacity: float, left: str, top: str, size: int) -> str:
    border = "" if size > 40 else f"border: 2pt solid {colour}; border-radius: 4pt; padding: 2pt 6pt;"
    return (
        f'<div class="mark" data-block="" data-turn="{degrees}" style="left: {left}; top: {top}; font-size: {size}pt;'
        f' color: {colour}; opacity: {opacity}; transform: rotate({degrees}deg); {border}">{escape(words)}</div>'
    )


class Reader:
    """Walks WeasyPrint's layout tree and records the words."""

    def __init__(self, recorder: Recorder):
        self.recorder = recorder

    def walk(self, box, number: int, block: str, fields: tuple[str, ...], turn: float | None):
        element = getattr(box, "element", None)
        if element is not None and hasattr(element, "get"):
            if element.get("data-block") is not None and element is not block:
                block = element
                self.recorder.next_block()
            if element.get("data-turn"):
                turn = float(element.get("data-turn"))
            if element.get("data-field"):
                fields = tuple(element.get("data-field").split())
        if hasattr(box, "text") and type(box).__name__ == "TextBox":
            self.words(box, number, fields, turn)
        for child in getattr(box, "children", ()):
            self.walk(child, number, block, fields, turn)

    def words(self, box, number: int, fields: tuple[str, ...], turn: float | None):
        style = box.style
        family, size = style["font_family"][0], style["font_size"]
        files = fonts.installed().get(family) or next(iter(fonts.installed().values()))
        file = files.get(fonts.BOLD if style["font_weight"] >= 600 else fonts.REGULAR) or files[fonts.REGULAR]
        table, units = fonts.advances(file)
        spacing = style["letter_spacing"] if isinstance(style["letter_spacing"], (int, float)) else 0
        ends, x = [], 0.0
        for character in box.text:
            x += table.get(ord(character), units // 2) / units * size + spacing
            ends.append(x)
        if not ends or not box.text.strip():
            return
        stretch = box.width / x if x else 1  # what kerning and ligatures changed, spread over the line
        baseline = box.position_y + box.baseline
        start = None
        for k, character in enumerate(box.text + " "):
            if character in " \u00a0\n":
                if start is not None:
                    left = ends[start - 1] * stretch if start else 0.0
                    self.word(
                        number,
                        box.text[start:k],
                        box.position_x + left,
                        box.position_x + ends[k - 1] * stretch,
                        baseline,
                        size,
                        fields,
                        turn,
                    )
                start = None
            elif start is None:
                start = k

    def word(self, number, text, left, right, baseline, size, fields, turn):
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
        if turn is not None:  # a stamp or watermark, turned about its centre
            x, y, angle = (left + right) / 2, (top + bottom) / 2, math.radians(turn)
            width = abs(math.cos(angle)) * (right - left) + abs(math.sin(angle)) * size
            height = abs(math.sin(angle)) * (right - left) + abs(math.cos(angle)) * size
            left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
        last = self.recorder.words[-1] if self.recorder.words else None
        box = tuple(round(v * POINTS, 2) for v in (left, top, right, bottom))
        glued = (
            last
            and last.page == number
            and abs(last.box[2] - box[0]) < 0.02
            and abs(last.box[1] - box[1]) < 0.5
            and last.block == self.recorder.block
        )
        if glued:  # two runs of one word, such as a symbol and its amount
            last.text += text
            last.box = (last.box[0], last.box[1], box[2], last.box[3])
            last.fields = list(dict.fromkeys(last.fields + list(fields)))
        else:
            self.recorder.add(number, text, box, list(fields), decoration=turn is not None)


def draw(sheet: Sheet, family: str, seed: str, held_out: bool):
    from . import Drawing

    r = random.Random(seed)
    theme = Theme(r, held_out, html=True)
    document = HTML(string=page(sheet, family, theme, r)).render(font_config=font_configuration())
    recorder = Recorder()
    sizes = []
    for number, drawn in enumerate(document.pages):
        Reader(recorder).walk(drawn._page_box, number, None, (), None)
        recorder.next_block()
        sizes.append((round(drawn.width * POINTS, 2), round(drawn.height * POINTS, 2)))
    for word in recorder.words:
        if word.decoration:
            width, height = sizes[word.page]
            left, top, right, bottom = word.box
            word.box = (max(0, left), max(0, top), min(width, right), min(height, bottom))
    return Drawing(
        document.write_pdf(),
        sizes,
        recorder,
        family,
        sorted({theme.body.family, theme.heading.family, theme.fill.family}),
    )
