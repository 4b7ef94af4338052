"""Flowables for platypus that draw with a pen, so that every word is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from ..blocks import plain
from .pen import wrap

if TYPE_CHECKING:
    from .platypus import Flow


class Painted(Flowable):
    """A block that a painter draws: `drawing(x, y, width)` returns where it ends."""

    def __init__(self, flow: "Flow", drawing):
        super().__init__()
        self.flow, self.drawing = flow, drawing

    def wrap(self, available_width, available_height):
        pen = self.flow.pen
        dry, block, pen.dry = pen.dry, pen.recorder.block, True
        self.width, self.height = available_width, self.drawing(0.0, 0.0, available_width)
        pen.dry, pen.recorder.block = dry, block
        return self.width, self.height

    def draw(self):
        x, y = self.canv.absolutePosition(0, self.height)
        pen = self.flow.pen
        self.canv.saveState()
        self.canv.translate(-(x), -(y - self.height))  # the pen draws in coordinates of the page
        pen.canvas, pen.page = self.canv, self.canv.getPageNumber() - 1
        self.drawing(x, pen.height - y, self.width)
        self.canv.restoreState()


class Cell(Flowable):
    """One cell of a table: lines that wrap where the column ends."""

    def __init__(
        self, flow: "Flow", lines, align: str, size: float, bold: bool = False, colour=(0, 0, 0), wraps: bool = False
    ):
        super().__init__()
        self.flow, self.lines, self.align, self.size, self.bold, self.colour, self.wraps = (
            flow,
            lines,
            align,
            size,
            bold,
            colour,
            wraps,
        )

    def cell_lines(self, width):
        return [line for value in self.lines for line in wrap(value, width, self.flow.theme.body, self.size, self.bold)]

    def minWidth(self):
        face = self.flow.theme.body
        pieces = [piece for value in self.lines for piece in (plain(value).split() if self.wraps else [plain(value)])]
        return max([face.width(piece, self.size, self.bold) for piece in pieces] + [4]) + 1

    def wrap(self, available_width, available_height):
        self.width = available_width
        self.height = len(self.cell_lines(available_width)) * self.size * self.flow.theme.leading
        return self.width, self.height

    def draw(self):
        x, y = self.canv.absolutePosition(0, self.height)
        pen = self.flow.pen
        pen.page = self.canv.getPageNumber() - 1
        self.canv.saveState()
        self.canv.translate(-x, -(y - self.height))
        pen.canvas = self.canv
        for k, line in enumerate(self.cell_lines(self.width)):
            pen.words(
                line,
                x,
                pen.height - y + self.size * (0.85 + k * self.flow.theme.leading),
                self.flow.theme.body,
                self.size,
                bold=self.bold,
                colour=self.colour,
                align=self.align,
                width=self.width,
            )
        self.canv.restoreState()


class Mark(Flowable):
    """Starts a new block of the recorder at this place of the story."""

    def __init__(self, flow: "Flow"):
        super().__init__()
        self.flow = flow

    def wrap(self, available_width, available_height):
        return 0, 0

    def draw(self):
        self.flow.pen.recorder.next_block()
