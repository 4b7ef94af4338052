"""A document on as many pages as it needs: the body flows, heads and footers repeat."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod

from ..blocks import (
    Code,
    Facts,
    Party,
    Prose,
    Section,
    Sheet,
    Signature,
    Table,
    Totals,
    plain,
    text,
)
from . import marks
from .form_painter import FormPainter
from .pen import Pen
from .table import TableDrawing
from .theme import Theme


class PageFlow(ABC):
    """Base of the families that reportlab's canvas draws. A family overrides `head`, which sets the cursor `y`."""

    page_size = (595.28, 841.89)
    typewriter = serif = False

    def __init__(self, pen: Pen, sheet: Sheet, r: random.Random, held_out: bool, pages: int):
        self.pen, self.sheet, self.r, self.pages = pen, sheet, r, pages
        self.theme = self.make_theme(held_out)
        self.paint = FormPainter(pen, self.theme)
        margin = self.theme.margin
        self.left, self.right = margin, pen.width - margin
        self.top, self.bottom = margin * r.uniform(0.7, 1), pen.height - margin * 0.8
        self.footer_style = r.choice(["columns", "columns", "line"])
        self.footer_rule = r.random() < 0.6
        self.page_number = r.choice(["r", "c", "l"])
        self.mark_seed = r.random()  # signatures and stamps draw by themselves, however often they are measured
        self.stamp_place = (r.uniform(0.3, 0.75), r.uniform(0.35, 0.75))
        self.gap = self.theme.size * r.uniform(1, 2.2)
        if sheet.footer:
            self.bottom -= self.footer_height()
        self.bottom -= self.theme.pitch
        self.y = self.top

    def make_theme(self, held_out: bool) -> Theme:
        return Theme(self.r, held_out, typewriter=self.typewriter, serif=self.serif)

    @property
    def width(self) -> float:
        return self.right - self.left

    # Pages

    def draw(self) -> int:
        """Draws everything and returns the number of pages."""
        self.start_page()
        self.head()
        for block in self.sheet.body:
            self.block(block)
            self.y += self.gap
        self.end_page()
        return self.pen.page + 1

    @abstractmethod
    def head(self):
        """Draws what stands above the body of the first page."""

    def start_page(self):
        if self.sheet.watermark:
            marks.watermark(self.pen, self.sheet.watermark, self.theme.heading)

    def end_page(self):
        footer, pen, theme = self.sheet.footer, self.pen, self.theme
        y = pen.height - self.theme.margin * 0.8 - theme.pitch * 0.5
        if self.pages > 1 and self.sheet.page_of:
            label = self.sheet.page_of.replace("{page}", str(pen.page + 1)).replace("{pages}", str(self.pages))
            pen.recorder.next_block()
            pen.text(
                label,
                self.left,
                y + theme.size,
                theme.body,
                theme.size * 0.85,
                colour=theme.grey,
                align=self.page_number,
                width=self.width,
            )
        if footer:
            y -= self.footer_height()
            if self.footer_rule:
                pen.rule(self.left, y - 3, self.right, 0.5, theme.rule_colour)
            each = self.width / len(footer)
            for k, lines in enumerate(footer):
                self.paint.lines(lines, self.left + k * each, y, each - 6, theme.size * 0.8, colour=theme.grey)
        if self.sheet.stamp and pen.page == 0:
            marks.stamp(
                pen,
                random.Random(self.mark_seed),
                self.sheet.stamp,
                theme.heading,
                pen.width * self.stamp_place[0],
                pen.height * self.stamp_place[1],
            )

    def footer_height(self) -> float:
        each = self.width / len(self.sheet.footer) - 6
        dry, self.pen.dry = self.pen.dry, True
        height = max(self.paint.lines(lines, 0, 0, each, self.theme.size * 0.8) for lines in self.sheet.footer)
        self.pen.dry = dry
        return height + 4

    def next_page(self):
        self.end_page()
        self.pen.new_page()
        self.start_page()
        self.y = self.top
        first = self.sheet.facts.pairs[0].value if self.sheet.facts.pairs else ()
        self.pen.recorder.next_block()
        self.pen.text(
            text(*self.sheet.name, "   ", *first),
            self.left,
            self.y + self.theme.size,
            self.theme.body,
            self.theme.size * 0.85,
            colour=self.theme.grey,
        )
        self.y += self.theme.pitch * 2

    def room(self, height: float):
        if self.y + height > self.bottom and self.y > self.top + self.theme.pitch * 3:
            self.next_page()

    def measured(self, drawing) -> float:
        """The height of what `drawing(y)` draws."""
        dry, self.pen.dry = self.pen.dry, True
        block = self.pen.recorder.block
        height = drawing(0.0)
        self.pen.dry, self.pen.recorder.block = dry, block
        return height

    def flow(self, drawing):
        self.room(self.measured(drawing))
        self.y = drawing(self.y)

    # Blocks

    def block(self, block):
        if isinstance(block, Table):
            self.table(block)
        elif isinstance(block, Totals):
            width = min(max(self.width * self.theme.total_share, 150), self.width)
            self.flow(lambda y: self.paint.totals(block, self.right - width, y, width, self.width))
        elif isinstance(block, Facts):
            self.flow(
                lambda y: self.paint.facts(
                    block, self.left, y, self.width, "columns" if self.theme.facts == "right" else None
                )
            )
        elif isinstance(block, Prose):
            for paragraph in block.paragraphs:
                one = Prose([paragraph], block.small, block.strong)
                self.flow(lambda y, one=one: self.paint.prose(one, self.left, y, self.width))
        elif isinstance(block, Section):
            self.flow(lambda y: self.paint.form(block, self.left, y, self.width))
        elif isinstance(block, Party):
            self.flow(lambda y: self.paint.party(block, self.left, y, self.width))
        elif isinstance(block, Signature):
            self.flow(lambda y: self.signature(block, self.left, y))
        elif isinstance(block, Code):
            self.flow(lambda y: self.code(block, self.left, y, self.width))

    def table(self, block: Table):
        drawing = TableDrawing(self.pen, self.theme, block, self.left, self.width)
        first = drawing.header_height() + (drawing.row_height(block.rows[0]) if block.rows else 0)
        whole = drawing.header_height() + sum(drawing.row_height(row) for row in block.rows)
        self.room(whole if not block.main else first)
        self.pen.recorder.next_block()
        self.y = drawing.header(self.y)
        for k, row in enumerate(block.rows):
            carried = self.theme.pitch if self.sheet.carried and k + 1 < len(block.rows) else 0
            if self.y + drawing.row_height(row) + carried > self.bottom and k:
                if self.sheet.carried:
                    self.paint.lines([text(self.sheet.carried)], self.left, self.y + 2, self.width, align="r")
                self.next_page()
                self.pen.recorder.next_block()
                self.y = drawing.header(self.y)
            last = (
                k + 1 == len(block.rows)
                or self.y + drawing.row_height(row) + drawing.row_height(block.rows[k + 1]) + carried > self.bottom
            )
            self.y = drawing.row(row, self.y, last)

    def signature(self, block: Signature, x: float, y: float) -> float:
        theme, width = self.theme, 150
        marks.signature(self.pen, random.Random(self.mark_seed), x + 10, y + 30, width * 0.7)
        self.pen.rule(x, y + 34, x + width, 0.5, theme.rule_colour)
        lines = [text(*block.name)] if block.name else []
        return self.paint.lines(
            lines + ([text(block.label)] if block.label else []), x, y + 36, width * 1.5, theme.size * 0.85
        )

    def code(
        self, block: Code, x: float, y: float, width: float, height: float | None = None, align: str = "l"
    ) -> float:
        height = height or (70 if block.symbology == "qr" else 36)
        dry, self.pen.dry = self.pen.dry, True
        drawn, _ = marks.code(self.pen, block, x, y, width, height)
        self.pen.dry = dry
        left = x + (width - drawn) * {"l": 0, "c": 0.5, "r": 1}[align]
        marks.code(self.pen, block, left, y, width, height)
        y += height + 2
        return self.paint.lines([block.caption], left, y, max(drawn, 40), align="c") if block.caption else y

    # Parts of heads

    def logo(self, x: float, y: float, side: float) -> float:
        """Draws a logo and returns the width it takes."""
        if not self.theme.logo:
            return 0
        marks.logo(self.pen, self.r, x, y, side, self.theme.accent, plain(self.sheet.name)[:1], self.theme.heading)
        return side + 8
