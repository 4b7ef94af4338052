"""Families of small papers: receipts from a roll, parcel labels."""

from __future__ import annotations

from ..blocks import Code, Facts, Prose, Sheet, Totals
from .page_flow import PageFlow
from .theme import Theme


class Roll(PageFlow):
    """A receipt from a till: narrow, as long as it needs to be."""

    bordered = False

    def __init__(self, pen, sheet: Sheet, r, held_out: bool, pages: int):
        super().__init__(pen, sheet, r, held_out, pages)
        theme = self.theme
        theme.size = r.uniform(7.2, 9)
        theme.leading = r.uniform(1.12, 1.35)
        theme.table, theme.header, theme.row_space = "bare", r.choice(["rule", "bold"]), r.uniform(0.02, 0.2)
        theme.facts, theme.totals, theme.total_share = (
            r.choice(["columns", "right", "inline"]),
            r.choice(["plain", "rule", "plain"]),
            1,
        )
        theme.accent = theme.ink = theme.grey = theme.rule_colour = (0, 0, 0) if r.random() < 0.7 else (0.2, 0.2, 0.25)
        theme.title_size = theme.size * r.uniform(1.1, 1.6)
        self.left, self.right = 10, pen.width - 10
        self.top = self.y = r.uniform(10, 24)
        self.bottom = pen.height - 12
        self.gap = theme.size * r.uniform(0.4, 0.9)
        self.dash = r.choice([[2, 2], [4, 2], None, [1, 2]])
        self.align = r.choice("ccl")

    def make_theme(self, held_out: bool) -> Theme:
        return Theme(self.r, held_out, typewriter=self.r.random() < 0.6)

    def head(self):
        r, sheet, paint, theme = self.r, self.sheet, self.paint, self.theme
        if theme.logo and r.random() < 0.4:
            self.logo((self.left + self.right) / 2 - 14, self.y, 28)
            self.y += 32
        self.y = paint.title(sheet.name, self.left, self.y, self.width, self.align, colour=theme.ink)
        self.y = paint.lines(sheet.issuer.lines[1:], self.left, self.y, self.width, align=self.align) + self.gap
        if sheet.title:
            self.y = paint.title(sheet.title, self.left, self.y, self.width, self.align, theme.size * 1.2, theme.ink)
        self.separate()
        self.y = paint.facts(sheet.facts, self.left, self.y, self.width) + self.gap
        self.separate()

    def separate(self):
        if self.bordered or self.theme.line < 1:
            self.pen.rule(self.left, self.y, self.right, 0.6, self.theme.rule_colour, self.dash)
            self.y += self.gap

    def block(self, block):
        if isinstance(block, Totals):
            self.separate()
        if isinstance(block, Code):
            self.y = self.code(block, self.left, self.y, self.width, align="c")
        elif isinstance(block, Prose):
            self.y = self.paint.prose(block, self.left, self.y, self.width, self.align)
        else:
            super().block(block)

    def end_page(self):
        if self.sheet.stamp:
            super().end_page()


class Ticket(Roll):
    """A wider slip in a frame, facts at the bottom. Held out."""

    bordered = True

    def head(self):
        self.left, self.right, self.dash = 18, self.pen.width - 18, None
        sheet, paint = self.sheet, self.paint
        self.y = paint.title(sheet.title or sheet.name, self.left, self.y + 6, self.width, "l")
        self.y = (
            paint.lines(
                sheet.issuer.lines if sheet.title else sheet.issuer.lines[1:], self.left, self.y, self.width, align="r"
            )
            + self.gap
        )
        self.separate()

    def draw(self) -> int:
        self.start_page()
        self.head()
        for k, block in enumerate(self.sheet.body):
            self.block(block)
            self.y += self.gap
            if k == 0:
                self.separate()
                self.y = self.paint.facts(self.sheet.facts, self.left, self.y, self.width) + self.gap
        self.pen.box(8, 8, self.pen.width - 16, self.y - 4, stroke=self.theme.rule_colour, thickness=1, radius=4)
        self.end_page()
        return self.pen.page + 1


class Label(PageFlow):
    """A parcel label: service on top, addresses in boxes, bar codes below."""

    page_size = (297.64, 419.53)  # A6
    side_by_side = False

    def __init__(self, pen, sheet: Sheet, r, held_out: bool, pages: int):
        super().__init__(pen, sheet, r, held_out, pages)
        self.left, self.right, self.top, self.bottom = 14, pen.width - 14, 14, pen.height - 14
        self.y = self.top
        self.theme.size = r.uniform(8, 10)
        self.theme.facts = r.choice(["grid", "columns", "table"])
        self.gap = r.uniform(4, 9)
        self.bars = r.uniform(40, 62)

    def head(self):
        sheet, paint, theme, pen = self.sheet, self.paint, self.theme, self.pen
        black = self.r.random() < 0.5
        if black:
            pen.box(self.left, self.y, self.width, 30, fill=(0, 0, 0))
        paint.title(
            sheet.name, self.left + 6, self.y + 6, self.width * 0.5, size=15, colour=(1, 1, 1) if black else theme.ink
        )
        if sheet.title:
            paint.title(
                sheet.title,
                self.left + self.width * 0.5,
                self.y + 8,
                self.width * 0.5 - 6,
                "r",
                11,
                (1, 1, 1) if black else theme.ink,
            )
        self.y += 34
        top, to = self.y, sheet.parties[0]
        if self.side_by_side:
            half = self.width / 2
            ends = [
                paint.party(sheet.issuer, self.left + 4, top + 3, half - 8, size=theme.size * 0.8),
                paint.party(to, self.left + half + 4, top + 3, half - 8, size=theme.size * 1.15),
            ]
            pen.upright(self.left + half, top, max(ends) + 3, 1)
            self.y = max(ends) + 3
        else:
            self.y = paint.party(sheet.issuer, self.left + 4, top + 2, self.width * 0.8, size=theme.size * 0.8) + 3
            pen.rule(self.left, self.y, self.right, 1)
            self.y = (
                paint.party(
                    to,
                    self.left + (18 if black else 4),
                    self.y + 3,
                    self.width - 22,
                    size=theme.size * 1.3,
                    bold_first=True,
                )
                + 3
            )
        pen.box(self.left, top, self.width, self.y - top, stroke=(0, 0, 0), thickness=1)
        self.y += self.gap

    def block(self, block):
        if isinstance(block, Code) and block.symbology == "qr":
            side = min(56, self.bottom - self.y)
            if side > 30:  # what does not fit is left away: a QR code is no text
                self.y = self.code(block, self.left + 6, self.y, self.width - 12, side)
        elif isinstance(block, Code):
            self.y = self.code(block, self.left + 6, self.y, self.width - 12, self.bars, "c")
        elif isinstance(block, Facts):
            self.y = self.paint.facts(block, self.left + 2, self.y, self.width - 4)
        else:
            super().block(block)


class WideLabel(Label):
    """The same lying on its side, sender and recipient next to each other. Held out."""

    page_size = (432.0, 288.0)  # 6 x 4 inches
    side_by_side = True
