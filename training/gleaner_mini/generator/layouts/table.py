"""Tables on a canvas: column widths, wrapped cells, rules and stripes, page after page."""

from __future__ import annotations

from ..blocks import Column, Table, plain
from .pen import Pen, wrap
from .theme import Theme, lighter

LEAST_WRAPPING = 78  # points that the wrapping column keeps, before the type gets smaller


class TableDrawing:
    """One table at a given width. Rows are drawn one by one, so that the caller can break pages."""

    def __init__(self, pen: Pen, theme: Theme, table: Table, x: float, width: float):
        self.pen, self.theme, self.table, self.x = pen, theme, table, x
        self.size = theme.size if table.main else theme.size * 0.92
        self.headed = any(column.label for column in table.columns)
        while True:
            self.widths = self.column_widths(width)
            if self.size < 5.6 or min(w for w, c in zip(self.widths, table.columns) if c.wraps) >= LEAST_WRAPPING:
                break
            self.size *= 0.94
        if not table.main:  # a summary is as wide as it needs to be
            for k, column in enumerate(table.columns):
                if column.wraps:
                    self.widths[k] = min(self.widths[k], 90)
        self.width = sum(self.widths)
        self.pitch = self.size * theme.leading
        self.space = self.size * (theme.row_space if table.main else min(theme.row_space, 0.3))
        self.index = 0

    def column_widths(self, width: float) -> list[float]:
        face, size = self.theme.body, self.size
        self.gap = size * 0.55
        natural = []
        for k, column in enumerate(self.table.columns):
            cells = [face.width(plain(line), size) for row in self.table.rows for line in row[k]]
            header = [face.width(word, size, bold=True) for word in column.label.split()]
            natural.append(max(cells + header + [size]) + 2 * self.gap)
        rest = width - sum(w for w, c in zip(natural, self.table.columns) if not c.wraps)
        return [max(rest, 40) if c.wraps else w for w, c in zip(natural, self.table.columns)]

    def cell_lines(self, cell, column: Column, width: float) -> list:
        return [line for value in cell for line in wrap(value, width - 2 * self.gap, self.theme.body, self.size)]

    def row_height(self, row) -> float:
        lines = max(len(self.cell_lines(cell, c, w)) for cell, c, w in zip(row, self.table.columns, self.widths))
        return lines * self.pitch + 2 * self.space

    def header_lines(self) -> list:
        return [
            wrap(c.label, w - 2 * self.gap, self.theme.body, self.size, bold=True)
            for c, w in zip(self.table.columns, self.widths)
        ]

    def header_height(self) -> float:
        return max(map(len, self.header_lines())) * self.pitch + 2 * self.space + 2 if self.headed else 0

    def header(self, y: float) -> float:
        if not self.headed:
            return y
        theme, pen, height = self.theme, self.pen, self.header_height()
        white = theme.header == "fill"
        if white:
            pen.box(self.x, y, self.width, height, fill=theme.accent)
        elif theme.header == "tint":
            pen.box(self.x, y, self.width, height, fill=lighter(theme.accent, 0.14))
        x = self.x
        for column, width, lines in zip(self.table.columns, self.widths, self.header_lines()):
            for k, line in enumerate(lines):
                pen.words(
                    line,
                    x + self.gap,
                    y + self.space + 1 + self.size * 0.82 + k * self.pitch,
                    theme.body,
                    self.size,
                    bold=theme.header != "rule" or theme.label_bold,
                    colour=(1, 1, 1) if white else theme.ink,
                    align=column.align,
                    width=width - 2 * self.gap,
                )
            x += width
        if theme.header in ("rule", "bold"):
            pen.rule(self.x, y + height, self.x + self.width, max(theme.line, 0.6), theme.rule_colour)
        if theme.table in ("grid", "box", "columns"):
            pen.box(self.x, y, self.width, height, stroke=theme.rule_colour, thickness=theme.line)
        self.uprights(y, y + height)
        return y + height + (2 if theme.header in ("rule", "bold") else 0)

    def uprights(self, top: float, bottom: float):
        if self.theme.table not in ("grid", "columns"):
            return
        x = self.x
        for width in [0] + self.widths:
            x += width
            self.pen.upright(x, top, bottom, self.theme.line, self.theme.rule_colour)

    def row(self, row, y: float, last: bool) -> float:
        theme, pen, height = self.theme, self.pen, self.row_height(row)
        if theme.table == "striped" and self.index % 2 == 0:
            pen.box(self.x, y, self.width, height, fill=lighter(theme.accent, 0.09))
        x = self.x
        for column, width, cell in zip(self.table.columns, self.widths, row):
            for k, line in enumerate(self.cell_lines(cell, column, width)):
                pen.words(
                    line,
                    x + self.gap,
                    y + self.space + self.size * 0.82 + k * self.pitch,
                    theme.body,
                    self.size,
                    colour=theme.ink,
                    align=column.align,
                    width=width - 2 * self.gap,
                )
            x += width
        bottom = y + height
        if theme.table in ("grid", "rules") or last and theme.table in ("box", "columns", "striped"):
            pen.rule(self.x, bottom, self.x + self.width, theme.line, theme.rule_colour)
        if theme.table == "box":
            for side in (self.x, self.x + self.width):
                pen.upright(side, y, bottom, theme.line, theme.rule_colour)
        self.uprights(y, bottom)
        self.index += 1
        return bottom
