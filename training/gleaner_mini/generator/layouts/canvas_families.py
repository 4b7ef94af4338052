"""Families of A4 pages that reportlab's canvas draws: how the head of the document is arranged."""

from __future__ import annotations

from ..blocks import Facts, text
from .page_flow import PageFlow
from .theme import lighter


class Classic(PageFlow):
    """A letter: letterhead, address window on the left, facts on the right, title, body."""

    def head(self):
        r, sheet, paint, theme = self.r, self.sheet, self.paint, self.theme
        side = r.uniform(30, 52)
        on_right = r.random() < 0.4
        if on_right:
            self.logo(self.right - side, self.y, side)
            bottom = paint.party(sheet.issuer, self.left, self.y, self.width * 0.6, bold_first=True)
        else:
            indent = self.logo(self.left, self.y, side)
            bottom = paint.title(
                sheet.name,
                self.left + indent,
                self.y + 4,
                self.width * 0.45 - indent,
                size=theme.size * 1.5,
                colour=theme.ink,
            )
            bottom = max(
                bottom,
                self.y + side,
                paint.lines(
                    sheet.issuer.lines[1:],
                    self.left + self.width * 0.55,
                    self.y,
                    self.width * 0.45,
                    theme.size * 0.9,
                    align=r.choice("lr"),
                    colour=theme.grey,
                ),
            )
        self.y = max(bottom, self.top + side) + self.gap
        window, facts_width = self.width * 0.48, self.width * r.uniform(0.4, 0.46)
        top = self.y
        for party in sheet.parties:
            self.y = paint.party(party, self.left, self.y, window) + theme.pitch * 0.6
        bottom = paint.facts(sheet.facts, self.right - facts_width, top, facts_width)
        self.y = max(self.y, bottom, top + 40) + self.gap
        self.y = paint.title(sheet.title, self.left, self.y, self.width) + self.gap * 0.5


class Banner(PageFlow):
    """A filled band across the page with the title in white, parties in columns, facts in a row of cells."""

    def head(self):
        r, sheet, paint, theme, pen = self.r, self.sheet, self.paint, self.theme, self.pen
        height = r.uniform(52, 84)
        pen.box(0, 0, pen.width, height, fill=theme.accent)
        title, name = (sheet.title or sheet.name), sheet.name
        swap = r.random() < 0.4
        size = min(theme.title_size * 1.1, 20)
        paint.title(name if swap else title, self.left, height * 0.32, self.width * 0.55, size=size, colour=(1, 1, 1))
        if sheet.title:
            paint.title(
                title if swap else name,
                self.left + self.width * 0.57,
                height * 0.36,
                self.width * 0.43,
                "r",
                theme.size * 1.25,
                (1, 1, 1),
            )
        self.y = height + self.gap
        parties = [sheet.issuer] + sheet.parties
        each = self.width / max(2, len(parties))
        self.y = (
            max(
                paint.party(party, self.left + k * each, self.y, each - 10, bold_first=k == 0)
                for k, party in enumerate(parties)
            )
            + self.gap
        )
        if sheet.facts.pairs:
            self.flow(
                lambda y: paint.fact_grid(
                    sheet.facts, self.left, y, self.width, ruled=theme.radius > 0 or theme.table == "grid"
                )
            )
            self.y += self.gap


class Centred(PageFlow):
    """Everything in the head is centred, set in a serif."""

    serif = True

    def head(self):
        r, sheet, paint, theme = self.r, self.sheet, self.paint, self.theme
        if theme.logo:
            side = r.uniform(28, 44)
            self.logo(self.left + self.width / 2 - side / 2, self.y, side)
            self.y += side + 4
        self.y = paint.title(sheet.name, self.left, self.y, self.width, "c", theme.size * 1.7, theme.ink)
        self.y = paint.lines(sheet.issuer.lines[1:], self.left, self.y, self.width, theme.size * 0.9, "c") + 4
        self.pen.rule(self.left, self.y, self.right, 0.9, theme.rule_colour)
        self.pen.rule(self.left, self.y + 2, self.right, 0.4, theme.rule_colour)
        self.y = paint.title(sheet.title, self.left, self.y + self.gap, self.width, "c") + self.gap * 0.6
        top, half = self.y, self.width / 2
        for party in sheet.parties:
            self.y = paint.party(party, self.left, self.y, half - 8) + theme.pitch * 0.5
        bottom = paint.facts(sheet.facts, self.left + half + 8, top, half - 8)
        self.y = max(self.y, bottom) + self.gap


class Boxed(PageFlow):
    """A printed form: everything stands in ruled boxes with small labels."""

    def head(self):
        r, sheet, paint, theme, pen = self.r, self.sheet, self.paint, self.theme, self.pen
        theme.table, theme.form, theme.facts = r.choice(["grid", "columns"]), "boxes", "table"
        parties = sheet.parties or []
        half, pad = self.width / 2, 5
        top = self.y
        left_end = paint.party(sheet.issuer, self.left + pad, top + pad, half - 2 * pad, bold_first=True)
        right_end = paint.title(sheet.title, self.left + half + pad, top + pad, half - 2 * pad, r.choice("lc"))
        right_end = paint.facts(
            sheet.facts, self.left + half + pad, right_end + 2, half - 2 * pad, r.choice(["columns", "right"])
        )
        bottom = max(left_end, right_end) + pad
        pen.box(self.left, top, half, bottom - top, stroke=theme.rule_colour, thickness=theme.line, radius=theme.radius)
        pen.box(
            self.left + half,
            top,
            half,
            bottom - top,
            stroke=theme.rule_colour,
            thickness=theme.line,
            radius=theme.radius,
        )
        self.y = bottom + (0 if r.random() < 0.5 else 6)
        if parties:
            each, top = self.width / max(2, len(parties)), self.y
            ends = [
                paint.party(party, self.left + k * each + pad, top + pad, each - 2 * pad)
                for k, party in enumerate(parties)
            ]
            bottom = max(ends) + pad
            for k in range(len(parties)):
                pen.box(
                    self.left + k * each,
                    top,
                    each,
                    bottom - top,
                    stroke=theme.rule_colour,
                    thickness=theme.line,
                    radius=theme.radius,
                )
            self.y = bottom
        self.y += self.gap * 0.7


class Compact(PageFlow):
    """Small type and little air: facts and parties side by side above a ruled table."""

    def head(self):
        r, sheet, paint, theme, pen = self.r, self.sheet, self.paint, self.theme, self.pen
        theme.size = min(theme.size, 8.4)
        theme.row_space = min(theme.row_space, 0.25)
        self.gap = theme.size * 0.8
        top = self.y
        bottom = paint.title(sheet.title or sheet.name, self.left, top, self.width * 0.5, size=theme.size * 1.6)
        bottom = max(
            bottom,
            paint.lines(
                [text(*sheet.name)] + sheet.issuer.lines[1:],
                self.left + self.width * 0.55,
                top,
                self.width * 0.45,
                align="r",
                bold_first=True,
            ),
        )
        pen.rule(self.left, bottom + 3, self.right, 1.2, theme.accent)
        self.y = bottom + 3 + self.gap
        parts = len(sheet.parties) + bool(sheet.facts.pairs)
        each, ends = self.width / max(1, parts), [self.y]
        order = list(sheet.parties) + ([sheet.facts] if sheet.facts.pairs else [])
        if r.random() < 0.4:
            order.reverse()
        for k, part in enumerate(order):
            x = self.left + k * each
            ends.append(
                paint.facts(part, x, self.y, each - 10, "columns")
                if isinstance(part, Facts)
                else paint.party(part, x, self.y, each - 10)
            )
        self.y = max(ends) + self.gap


class Typewriter(PageFlow):
    """One fixed-width font in one size; what rules there are look like rows of dashes."""

    typewriter = True

    def head(self):
        r, sheet, paint, theme = self.r, self.sheet, self.paint, self.theme
        theme.size = min(theme.size, 9)
        theme.title_size = theme.size * r.choice([1, 1.25])
        theme.label_bold = False
        theme.facts, theme.form, theme.totals, theme.logo = "columns", "lines", r.choice(["plain", "rule"]), False
        theme.header = "rule"
        self.y = paint.lines(sheet.issuer.lines, self.left, self.y, self.width) + theme.pitch
        for party in sheet.parties:
            self.y = (
                paint.party(party, self.left + (theme.size * 4 if r.random() < 0.3 else 0), self.y, self.width * 0.7)
                + theme.pitch
            )
        self.y = (
            paint.title(sheet.title, self.left, self.y, self.width, r.choice("lc"), colour=theme.ink)
            + theme.pitch * 0.6
        )
        self.y = paint.facts(sheet.facts, self.left, self.y, self.width * 0.7) + theme.pitch


class Sidebar(PageFlow):
    """A tinted column on the left with the letterhead and the facts; the rest stands to its right. Held out."""

    def start_page(self):
        if self.pen.page == 0 and not hasattr(self, "column"):
            self.column = self.r.uniform(128, 158)
            self.page_left = self.left
        dark = self.theme.header == "fill"
        self.pen.box(0, 0, self.column, self.pen.height, fill=lighter(self.theme.accent, 0.12 if not dark else 0.2))
        self.left = self.column + 16
        self.right = self.pen.width - min(self.theme.margin, 40)
        super().start_page()

    def head(self):
        sheet, paint, theme = self.sheet, self.paint, self.theme
        theme.size = min(theme.size, 9.2)
        x, width, y = 12, self.column - 20, self.top
        if theme.logo:
            self.logo(x, y, 40)
            y += 50
        y = paint.party(sheet.issuer, x, y, width, bold_first=True, size=theme.size * 0.95) + self.gap * 1.5
        for pair in sheet.facts.pairs:
            y = paint.lines([text(pair.label)], x, y, width, theme.size * 0.85, colour=theme.grey)
            self.pen.recorder.block -= 1
            y = paint.lines([pair.value], x, y, width, bold=theme.label_bold) + 5
        self.y = paint.title(sheet.title, self.left, self.top, self.width) + self.gap
        each = self.width / max(1, len(sheet.parties))
        for k, party in enumerate(sheet.parties):
            end = paint.party(party, self.left + k * each, self.y, each - 8)
        if sheet.parties:
            self.y = end
        self.y += self.gap


class Footed(PageFlow):
    """The title large in the upper right corner, the recipient first, issuer and facts below a rule. Held out."""

    def head(self):
        r, sheet, paint, theme, pen = self.r, self.sheet, self.paint, self.theme, self.pen
        bottom = paint.title(
            sheet.title or sheet.name,
            self.left + self.width * 0.4,
            self.y,
            self.width * 0.6,
            "r",
            theme.title_size * 1.2,
        )
        if sheet.title:
            bottom = max(
                bottom,
                paint.title(sheet.name, self.left, self.y, self.width * 0.38, size=theme.size * 1.3, colour=theme.ink),
            )
        self.y = bottom + self.gap
        each = self.width / 2
        for k, party in enumerate(sheet.parties):
            end = paint.party(party, self.left + k * each, self.y, each - 12)
        if sheet.parties:
            self.y = end + self.gap
        pen.rule(self.left, self.y, self.right, 2, theme.accent)
        top = self.y + 6
        ends = [
            paint.facts(sheet.facts, self.left, top, each - 12, r.choice(["columns", "right"])),
            paint.lines(sheet.issuer.lines, self.left + each, top, each, theme.size * 0.92, align="r"),
        ]
        pen.rule(self.left, max(ends) + 4, self.right, 0.5, theme.accent)
        self.y = max(ends) + 4 + self.gap
