"""Draws single blocks on a canvas, each at a place and a width; every method returns the y where the block ends."""

from __future__ import annotations

from ..blocks import Facts, Party, Prose, Text, Totals, plain, text
from .pen import Pen, wrap
from .theme import Theme


class Painter:
    def __init__(self, pen: Pen, theme: Theme):
        self.pen, self.theme = pen, theme

    def lines(
        self,
        lines: list[Text],
        x: float,
        y: float,
        width: float,
        size: float | None = None,
        align: str = "l",
        bold_first: bool = False,
        colour=None,
        bold: bool = False,
    ) -> float:
        """Lines of text from y on."""
        theme, size = self.theme, size or self.theme.size
        self.pen.recorder.next_block()
        for k, value in enumerate(lines):
            strong = bold or bold_first and k == 0
            for line in wrap(value, width, theme.body, size, bold=strong):
                self.pen.words(
                    line,
                    x,
                    y + size * 0.85,
                    theme.body,
                    size,
                    bold=strong,
                    colour=colour or theme.ink,
                    align=align,
                    width=width,
                )
                y += size * theme.leading
        return y

    def party(
        self,
        party: Party,
        x: float,
        y: float,
        width: float,
        align: str = "l",
        size: float | None = None,
        bold_first: bool = False,
    ) -> float:
        if party.label:
            small = (size or self.theme.size) * 0.9
            y = self.lines(
                [text(party.label)], x, y, width, small, align, bold=self.theme.label_bold, colour=self.theme.grey
            )
            self.pen.recorder.block -= 1  # the label belongs to its party
        return self.lines(party.lines, x, y, width, size, align, bold_first)

    def title(
        self, value: Text, x: float, y: float, width: float, align: str = "l", size: float | None = None, colour=None
    ) -> float:
        if not value:
            return y
        theme, size = self.theme, size or self.theme.title_size
        if len(plain(value)) > 24:
            size = min(size, theme.size * 1.25)
        self.pen.recorder.next_block()
        for line in wrap(value, width, theme.heading, size, bold=theme.title_bold):
            self.pen.words(
                line,
                x,
                y + size * 0.85,
                theme.heading,
                size,
                bold=theme.title_bold,
                colour=colour or theme.accent,
                align=align,
                width=width,
            )
            y += size * 1.25
        return y

    def facts(self, facts: Facts, x: float, y: float, width: float, style: str | None = None) -> float:
        pairs = facts.pairs
        if not pairs:
            return y
        theme, pen, size, pitch = self.theme, self.pen, self.theme.size, self.theme.pitch
        style = style or theme.facts
        label_width = (
            max(
                theme.body.width(plain(p.label) if isinstance(p.label, tuple) else p.label, size, theme.label_bold)
                for p in pairs
            )
            + size
        )
        value_width = max(theme.body.width(plain(p.value), size) for p in pairs)
        if style == "grid":
            return self.fact_grid(facts, x, y, width)
        if label_width + value_width > width + 1:
            style = "inline"
        pen.recorder.next_block()
        if style == "inline":
            for pair in pairs:
                colon = "" if pair.label.endswith((":", "?")) else ":"
                for line in wrap(text(pair.label + colon + " ", pair.value), width, theme.body, size):
                    pen.words(line, x, y + size * 0.85, theme.body, size, colour=theme.ink)
                    y += pitch
            return y
        top = y
        for pair in pairs:
            y += 2 if style == "table" else 0
            pen.text(
                pair.label,
                x + (2 if style == "table" else 0),
                y + size * 0.85,
                theme.body,
                size,
                bold=theme.label_bold,
                colour=theme.grey,
            )
            if style == "right":
                pen.text(pair.value, x, y + size * 0.85, theme.body, size, colour=theme.ink, align="r", width=width)
            else:
                pen.text(pair.value, x + label_width, y + size * 0.85, theme.body, size, colour=theme.ink)
            y += pitch
            if style == "table":
                y += 1
                pen.rule(x, y, x + width, theme.line, theme.rule_colour)
        if style == "table":
            pen.box(x, top, width, y - top, stroke=theme.rule_colour, thickness=theme.line)
        return y

    def fact_grid(self, facts: Facts, x: float, y: float, width: float, ruled: bool | None = None) -> float:
        """Cells with the label above the value."""
        theme, pen, size, pitch = self.theme, self.pen, self.theme.size, self.theme.pitch
        need = (
            max(
                max(theme.body.width(p.label, size * 0.85, theme.label_bold), theme.body.width(plain(p.value), size))
                for p in facts.pairs
            )
            + 8
        )
        columns = max(1, min(len(facts.pairs), int(width // need)))
        each = width / columns
        ruled = theme.table in ("grid", "box", "columns") if ruled is None else ruled
        for start in range(0, len(facts.pairs), columns):
            height = pitch * 2 + 4
            for k, pair in enumerate(facts.pairs[start : start + columns]):
                pen.recorder.next_block()
                left = x + k * each
                if ruled:
                    pen.box(left, y, each, height, stroke=theme.rule_colour, thickness=theme.line)
                pen.text(
                    pair.label,
                    left + 3,
                    y + 2 + size * 0.8,
                    theme.body,
                    size * 0.85,
                    bold=theme.label_bold,
                    colour=theme.grey,
                )
                pen.text(pair.value, left + 3, y + 2 + pitch + size * 0.8, theme.body, size, colour=theme.ink)
            y += height
        return y

    def totals(self, totals: Totals, x: float, y: float, width: float, room: float | None = None) -> float:
        """Labels on the left, amounts on the right edge; as wide as they need, up to `room`, beyond it on two lines."""
        theme, pen, size = self.theme, self.pen, self.theme.size
        pen.recorder.next_block()
        need = (
            max(
                theme.body.width(plain(p.label) if isinstance(p.label, tuple) else p.label, size * 1.15, True)
                + theme.body.width(plain(p.value), size * 1.15, True)
                for p in totals.pairs
            )
            + 3 * size
        )
        if need > width:
            grown = min(need, room or width)
            x, width = x + width - grown, grown
        top = y
        for k, pair in enumerate(totals.pairs):
            strong = pair.strong and theme.totals != "plain"
            grown = size * (1.12 if strong and theme.totals in ("fill", "double") else 1)
            label = plain(pair.label) if isinstance(pair.label, tuple) else pair.label
            stacked = theme.body.width(label + "  " + plain(pair.value), grown, True) > width - 8
            height = grown * theme.leading * (2 if stacked else 1) + 4
            colour = theme.ink
            if strong and theme.totals == "fill":
                pen.box(x, y, width, height, fill=theme.accent)
                colour = (1, 1, 1)
            elif strong and theme.totals in ("rule", "double"):
                pen.rule(x, y, x + width, 0.8, theme.rule_colour)
            bold = pair.strong and theme.title_bold
            baseline = y + 2 + grown * 0.85
            pen.text(
                pair.label, x + 4, baseline, theme.body, grown, bold=bold or theme.label_bold and strong, colour=colour
            )
            baseline += grown * theme.leading if stacked else 0
            pen.text(
                pair.value, x + 4, baseline, theme.body, grown, bold=bold, colour=colour, align="r", width=width - 8
            )
            y += height
            if strong and theme.totals == "double":
                pen.rule(x, y, x + width, 0.6, theme.rule_colour)
                pen.rule(x, y + 1.6, x + width, 0.6, theme.rule_colour)
                y += 2
        if theme.totals == "box":
            pen.box(x, top, width, y - top, stroke=theme.rule_colour, thickness=theme.line, radius=theme.radius)
        return y

    def prose(self, prose: Prose, x: float, y: float, width: float, align: str = "l") -> float:
        theme = self.theme
        size = theme.size * (0.88 if prose.small else 1)
        for value in prose.paragraphs:
            y = self.lines(
                [value], x, y, width, size, align, colour=theme.grey if prose.small else theme.ink, bold=prose.strong
            )
            y += size * 0.5
        return y
