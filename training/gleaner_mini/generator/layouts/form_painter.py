"""Sections of forms: boxes, lines or tables to fill in, and boxes to tick."""

from __future__ import annotations

from ..blocks import Entry, Section
from .painter import Painter
from .pen import wrap
from .theme import lighter


class FormPainter(Painter):
    def form(self, section: Section, x: float, y: float, width: float) -> float:
        theme, pen, size = self.theme, self.pen, self.theme.size
        if section.heading:
            pen.recorder.next_block()
            height = theme.pitch + 4
            white = theme.header == "fill"
            if white or theme.header == "tint":
                pen.box(x, y, width, height, fill=theme.accent if white else lighter(theme.accent, 0.14))
            else:
                pen.rule(x, y + height - 1, x + width, 0.8, theme.rule_colour)
            pen.text(
                section.heading,
                x + 4,
                y + 2 + size * 0.95,
                theme.heading,
                size * 1.05,
                bold=True,
                colour=(1, 1, 1) if white else theme.accent,
            )
            y += height + 3
        row: list[Entry] = []
        for entry in section.entries + [None]:
            if row and (entry is None or entry.wide or len(row) == 2):
                y = self.entries(row, x, y, width)
                row = []
            if entry is not None and entry.wide:
                y = self.entries([entry], x, y, width)
            elif entry is not None:
                row.append(entry)
        return y

    def entries(self, row: list[Entry], x: float, y: float, width: float) -> float:
        """One or two entries side by side; returns the lower edge of the taller."""
        each = width / len(row)
        height = max(self.entry_height(entry, each) for entry in row)
        for k, entry in enumerate(row):
            self.entry(entry, x + k * each, y, each, height)
        return y + height + (4 if self.theme.form in ("lines", "underlined") else 0)

    def value_lines(self, entry: Entry, width: float) -> list:
        return wrap(entry.value, width, self.theme.fill, self.theme.size)

    def label_width(self, entry: Entry, width: float) -> float:
        return min(
            max(width * 0.34, 70), self.theme.body.width(entry.label, self.theme.size, self.theme.label_bold) + 8
        )

    def entry_height(self, entry: Entry, width: float) -> float:
        pitch = self.theme.pitch
        if self.theme.form == "boxes":
            lines = 1 if entry.options else len(self.value_lines(entry, width - 10))
            return (
                pitch * (0.95 + lines)
                + 4
                + (0 if not entry.options else pitch * (len(self.option_rows(entry, width - 10)) - 1))
            )
        left = self.label_width(entry, width)
        labels = len(wrap(entry.label, left, self.theme.body, self.theme.size, self.theme.label_bold))
        values = (
            len(self.option_rows(entry, width - left - 10))
            if entry.options
            else len(self.value_lines(entry, width - left - 10))
        )
        return pitch * max(labels, values) + 6

    def entry(self, entry: Entry, x: float, y: float, width: float, height: float):
        theme, pen, size, pitch = self.theme, self.pen, self.theme.size, self.theme.pitch
        pen.recorder.next_block()
        if theme.form == "boxes":
            pen.box(x, y, width, height, stroke=theme.rule_colour, thickness=theme.line)
            pen.text(
                entry.label,
                x + 4,
                y + 1 + size * 0.8,
                theme.body,
                size * 0.78,
                bold=theme.label_bold,
                colour=theme.grey,
            )
            left, top = x + 5, y + pitch * 0.95
        else:
            label = self.label_width(entry, width)
            for k, line in enumerate(wrap(entry.label, label, theme.body, size, theme.label_bold)):
                pen.words(
                    line,
                    x + 3,
                    y + 3 + size * 0.85 + k * pitch,
                    theme.body,
                    size,
                    bold=theme.label_bold,
                    colour=theme.grey,
                )
            left, top = x + label + 6, y + 3
            if theme.form == "table":
                pen.box(x, y, width, height, stroke=theme.rule_colour, thickness=theme.line)
                pen.upright(x + label + 2, y, y + height, theme.line, theme.rule_colour)
            elif not entry.options:
                dash = [1, 2] if theme.form == "underlined" else None
                pen.rule(left - 2, y + height - 2, x + width - 6, 0.5, theme.rule_colour, dash)
        room = x + width - left - 4
        if entry.options:
            self.options(entry, left, top, room)
        else:
            for k, line in enumerate(self.value_lines(entry, room)):
                pen.words(
                    line,
                    left,
                    top + size * 0.85 + k * pitch,
                    theme.fill,
                    size,
                    colour=(0.05, 0.1, 0.4) if theme.fill is not theme.body else theme.ink,
                )

    def option_rows(self, entry: Entry, width: float) -> list[list]:
        """The options, in as many rows as they need."""
        rows, used = [[]], 0.0
        for words, ticked in entry.options:
            need = self.theme.body.width(words[0].text, self.theme.size) + self.theme.size * 2.6
            if rows[-1] and used + need > width:
                rows.append([])
                used = 0.0
            rows[-1].append((words, ticked, used))
            used += need
        return rows

    def options(self, entry: Entry, x: float, y: float, width: float):
        theme, pen, size = self.theme, self.pen, self.theme.size
        for k, row in enumerate(self.option_rows(entry, width)):
            top = y + k * theme.pitch
            for words, ticked, offset in row:
                left, side = x + offset, size * 0.8
                pen.box(left, top + size * 0.1, side, side, stroke=theme.ink, thickness=0.6)
                if ticked and not pen.dry:
                    canvas = pen.canvas
                    canvas.setStrokeColorRGB(0.05, 0.05, 0.3)
                    canvas.setLineWidth(1.1)
                    low, high = pen.height - top - size * 0.9, pen.height - top - size * 0.1
                    if theme.radius or theme.label_bold:
                        canvas.line(left, low, left + side, high)
                        canvas.line(left, high, left + side, low)
                    else:
                        canvas.line(left + side * 0.1, low + side * 0.5, left + side * 0.4, low + side * 0.1)
                        canvas.line(left + side * 0.4, low + side * 0.1, left + side * 1.1, high + side * 0.2)
                pen.text(words, left + size * 1.2, top + size * 0.85, theme.body, size, colour=theme.ink)
