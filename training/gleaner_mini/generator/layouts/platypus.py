"""Families that reportlab's platypus flows: its tables choose the column widths and break the pages."""

from __future__ import annotations

import io
import random

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Spacer
from reportlab.platypus import Table as FlowTable

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
    text,
)
from . import marks
from .flowables import Cell, Mark, Painted
from .form_painter import FormPainter
from .pen import Pen
from .recorder import Recorder
from .theme import Theme, lighter

FLOWS = {"ledger": (A4, "split"), "letter-size": (LETTER, "stacked")}
HELD_OUT_FLOWS = {"folio": (landscape(A4), "row")}


class Flow:
    """One document on its way through platypus."""

    def __init__(self, sheet: Sheet, family: str, seed: str, held_out: bool, pages: int):
        (self.page_size, self.head_style), self.sheet, self.pages = (FLOWS | HELD_OUT_FLOWS)[family], sheet, pages
        self.r = random.Random(seed)
        self.theme = Theme(self.r, held_out)
        self.output = io.BytesIO()
        width, height = self.page_size
        self.pen = Pen(Canvas(io.BytesIO()), Recorder(), width, height)
        self.paint = FormPainter(self.pen, self.theme)
        self.margin = self.r.uniform(40, 64)
        self.stamp_place = self.r.uniform(0.3, 0.7), self.r.uniform(0.4, 0.7)
        self.mark_seed = self.r.random()
        self.gap = self.theme.size * self.r.uniform(0.9, 1.8)

    def build(self) -> int:
        width, height = self.page_size
        document = BaseDocTemplate(self.output, pagesize=self.page_size, invariant=1, pageCompression=1)
        frame = Frame(self.margin, self.margin + 20, width - 2 * self.margin, height - 2 * self.margin - 20, 0, 0, 0, 0)
        document.addPageTemplates([PageTemplate(frames=[frame], onPage=self.page)])
        document.build(self.head() + self.body())
        return document.page

    def page(self, canvas: Canvas, document):
        pen, theme, sheet = self.pen, self.theme, self.sheet
        pen.canvas, pen.page = canvas, canvas.getPageNumber() - 1
        if sheet.watermark:
            marks.watermark(pen, sheet.watermark, theme.heading)
        y, width = pen.height - self.margin - 14, pen.width - 2 * self.margin
        if self.pages > 1:
            pen.recorder.next_block()
            label = sheet.page_of.replace("{page}", str(pen.page + 1)).replace("{pages}", str(self.pages))
            pen.text(
                label,
                self.margin,
                pen.height - 24,
                theme.body,
                theme.size * 0.85,
                colour=theme.grey,
                align="c",
                width=width,
            )
        if sheet.footer:
            pen.rule(self.margin, y, pen.width - self.margin, 0.4, theme.rule_colour)
            lines = [
                text(*(part for k, line in enumerate(column) for part in ((" · ", line) if k else (line,))))
                for column in sheet.footer
            ]
            self.paint.lines(lines, self.margin, y + 2, width, theme.size * 0.78, align="c", colour=theme.grey)
        if sheet.stamp and pen.page == 0:
            marks.stamp(
                pen,
                random.Random(self.mark_seed),
                sheet.stamp,
                theme.heading,
                pen.width * self.stamp_place[0],
                pen.height * self.stamp_place[1],
            )

    def painted(self, drawing) -> Painted:
        return Painted(self, drawing)

    def head(self) -> list:
        sheet, paint, theme = self.sheet, self.paint, self.theme

        def name(x, y, width):
            if theme.logo:
                marks.logo(self.pen, random.Random(self.mark_seed), x, y, 34, theme.accent, "", theme.heading)
                x, width = x + 42, width - 42
            return max(paint.party(sheet.issuer, x, y, width, bold_first=True), y + 36)

        issuer = self.painted(name)
        title = self.painted(
            lambda x, y, w: paint.title(sheet.title, x, y, w, "r" if self.head_style == "split" else "l")
        )
        facts = self.painted(lambda x, y, w: paint.facts(sheet.facts, x, y, w))
        parties = [self.painted(lambda x, y, w, p=p: paint.party(p, x, y, w - 8)) for p in sheet.parties]
        if self.head_style == "split":
            rows = [[issuer, [title, facts]]]
            story = [self.grid(rows, [0.5, 0.5]), Spacer(1, self.gap)]
            return story + (
                [self.grid([parties], [1 / len(parties)] * len(parties)), Spacer(1, self.gap)] if parties else []
            )
        if self.head_style == "stacked":
            grid = self.painted(lambda x, y, w: paint.fact_grid(sheet.facts, x, y, w, True) if sheet.facts.pairs else y)
            cells = [issuer] + parties
            return [
                title,
                Spacer(1, self.gap),
                self.grid([cells], [1 / len(cells)] * len(cells)),
                Spacer(1, self.gap),
                grid,
                Spacer(1, self.gap),
            ]
        cells = parties + [facts, issuer]
        return [self.grid([cells], [1 / len(cells)] * len(cells)), Spacer(1, self.gap), title, Spacer(1, self.gap)]

    def grid(self, rows, shares) -> FlowTable:
        width = self.page_size[0] - 2 * self.margin
        return FlowTable(
            rows,
            colWidths=[share * width for share in shares],
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ],
        )

    def body(self) -> list:
        story: list = []
        for block in self.sheet.body:
            story += [Mark(self), self.flowable(block), Spacer(1, self.gap)]
        return story

    def flowable(self, block):
        paint, theme = self.paint, self.theme
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Totals):
            return self.painted(
                lambda x, y, w: paint.totals(block, x + w * (1 - theme.total_share), y, w * theme.total_share, w)
            )
        if isinstance(block, Facts):
            return self.painted(
                lambda x, y, w: paint.facts(block, x, y, w, "columns" if theme.facts == "right" else None)
            )
        if isinstance(block, Prose):
            return self.painted(lambda x, y, w: paint.prose(block, x, y, w))
        if isinstance(block, Section):
            return self.painted(lambda x, y, w: paint.form(block, x, y, w))
        if isinstance(block, Party):
            return self.painted(lambda x, y, w: paint.party(block, x, y, w))
        if isinstance(block, Signature):
            return self.painted(lambda x, y, w: self.signature(block, x, y))
        return self.painted(lambda x, y, w: self.code(block, x, y, w))

    def signature(self, block: Signature, x: float, y: float) -> float:
        marks.signature(self.pen, random.Random(self.mark_seed), x + 8, y + 28, 100)
        self.pen.rule(x, y + 32, x + 150, 0.5, self.theme.rule_colour)
        lines = [line for line in (text(*block.name), text(block.label)) if line]
        return self.paint.lines(lines, x, y + 34, 220, self.theme.size * 0.85)

    def code(self, block: Code, x: float, y: float, width: float) -> float:
        drawn, height = marks.code(self.pen, block, x, y, width, 64 if block.symbology == "qr" else 34)
        return (
            self.paint.lines([block.caption], x, y + height + 2, max(60, drawn), align="c")
            if block.caption
            else y + height
        )

    def table(self, block: Table) -> FlowTable:
        theme = self.theme
        size = theme.size * (0.95 if block.main else 0.88)
        fill = theme.header == "fill"
        rows, styles = (
            [],
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 1 + theme.row_space * 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5 + theme.row_space * 4),
            ],
        )
        headed = any(c.label for c in block.columns)
        if headed:
            rows.append(
                [
                    Cell(self, [text(c.label)], c.align, size, True, (1, 1, 1) if fill else theme.ink, True)
                    for c in block.columns
                ]
            )
            accent = Color(*(theme.accent if fill else lighter(theme.accent, 0.15)))
            styles += (
                [("BACKGROUND", (0, 0), (-1, 0), accent)]
                if theme.header in ("fill", "tint")
                else [("LINEBELOW", (0, 0), (-1, 0), 0.8, Color(*theme.rule_colour))]
            )
        for row in block.rows:
            rows.append(
                [Cell(self, cell, c.align, size, False, theme.ink, c.wraps) for c, cell in zip(block.columns, row)]
            )
        line = Color(*theme.rule_colour)
        if theme.table == "grid":
            styles.append(("GRID", (0, 0), (-1, -1), theme.line, line))
        elif theme.table == "box":
            styles.append(("BOX", (0, 0), (-1, -1), theme.line, line))
        elif theme.table == "columns":
            styles += [("BOX", (0, 0), (-1, -1), theme.line, line), ("LINEAFTER", (0, 0), (-2, -1), theme.line, line)]
        elif theme.table == "striped":
            styles.append(("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, Color(*lighter(theme.accent, 0.1))]))
        elif theme.table == "rules":
            styles.append(("LINEBELOW", (0, 0), (-1, -1), theme.line, line))
        widths = self.column_widths(block, rows)
        return FlowTable(
            rows,
            colWidths=widths,
            style=styles,
            repeatRows=1 if headed else 0,
            hAlign="LEFT" if block.main else "RIGHT",
        )

    def column_widths(self, block: Table, rows) -> list[float]:
        """The columns as wide as their content asks; the wrapping one takes the rest."""
        available = self.page_size[0] - 2 * self.margin
        widths = [max(row[k].minWidth() for row in rows) + 9 for k in range(len(block.columns))]
        rest = available - sum(w for w, c in zip(widths, block.columns) if not c.wraps)
        return [
            (max(rest, w) if block.main else min(rest, max(w, 80))) if c.wraps else w
            for w, c in zip(widths, block.columns)
        ]


def draw(sheet: Sheet, family: str, seed: str, held_out: bool):
    from . import Drawing

    pages = 1
    for _ in range(2):  # the second round knows how many pages there are
        flow = Flow(sheet, family, seed, held_out, pages)
        before, pages = pages, flow.build()
        if pages == before:
            break
    theme = flow.theme
    return Drawing(
        flow.output.getvalue(),
        [flow.page_size] * pages,
        flow.pen.recorder,
        family,
        sorted({theme.body.family, theme.heading.family, theme.fill.family}),
    )
