"""The layout families, by engine; which of them draw which kind, and which are held out for ever."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from ..blocks import Sheet
from .canvas_families import (
    Banner,
    Boxed,
    Centred,
    Classic,
    Compact,
    Footed,
    Sidebar,
    Typewriter,
)
from .pen import Pen
from .recorder import Recorder
from .small_families import Label, Roll, Ticket, WideLabel

PAGES = {
    "classic": Classic,
    "banner": Banner,
    "centred": Centred,
    "boxed": Boxed,
    "compact": Compact,
    "typewriter": Typewriter,
}
HELD_OUT_PAGES = {"sidebar": Sidebar, "footed": Footed}
ROLLS, HELD_OUT_ROLLS = {"roll": Roll}, {"ticket": Ticket}
LABELS, HELD_OUT_LABELS = {"label": Label}, {"wide-label": WideLabel}


@dataclass
class Drawing:
    """A drawn document: the PDF, the size of each page in points, the words on it."""

    pdf: bytes
    sizes: list[tuple[float, float]]
    recorder: Recorder
    family: str
    fonts: list[str]


def choose(r: random.Random, kind: str, held_out: bool) -> str:
    """The family that draws a document of this kind."""
    from .html import HELD_OUT_STYLES, STYLES
    from .platypus import FLOWS, HELD_OUT_FLOWS

    pick = lambda trained, kept: r.choice(list(kept if held_out else trained))
    if kind == "receipt" and r.random() < 0.75:
        return pick(ROLLS, HELD_OUT_ROLLS)
    if kind == "shipping_label":
        return pick(LABELS, HELD_OUT_LABELS)
    engine = r.random()
    if engine < 0.68:
        return pick(PAGES, HELD_OUT_PAGES)
    return pick(FLOWS, HELD_OUT_FLOWS) if engine < 0.84 else pick(STYLES, HELD_OUT_STYLES)


def draw(sheet: Sheet, family: str, seed: str, held_out: bool) -> Drawing:
    from . import html, platypus

    if family in html.STYLES or family in html.HELD_OUT_STYLES:
        return html.draw(sheet, family, seed, held_out)
    if family in platypus.FLOWS or family in platypus.HELD_OUT_FLOWS:
        return platypus.draw(sheet, family, seed, held_out)
    return draw_on_canvas(sheet, family, seed, held_out)


def draw_on_canvas(sheet: Sheet, family: str, seed: str, held_out: bool) -> Drawing:
    drawing = (PAGES | HELD_OUT_PAGES | ROLLS | HELD_OUT_ROLLS | LABELS | HELD_OUT_LABELS)[family]
    width, height = drawing.page_size
    if issubclass(drawing, Roll):
        width = random.Random(seed).choice([164, 204, 227, 227, 255])
        height = 14000.0
    pages = 1
    for dry in (True, False):  # the first round counts pages, and finds how long a roll is
        output, recorder = io.BytesIO(), Recorder()
        canvas = Canvas(output, pagesize=(width, height), invariant=1, pageCompression=1)
        pen = Pen(canvas, recorder, width, height)
        pen.dry = dry
        layout = drawing(pen, sheet, random.Random(seed), held_out, pages)
        pages = layout.draw()
        if issubclass(drawing, Roll):
            height = round(layout.y + 14, 1)
    canvas.showPage()
    canvas.save()
    theme = layout.theme
    fonts = sorted({theme.body.family, theme.heading.family, theme.fill.family})
    return Drawing(output.getvalue(), [(width, height)] * pages, recorder, family, fonts)
