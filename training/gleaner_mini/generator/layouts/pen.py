"""A pen on a reportlab canvas: text in points from the upper left corner, every word recorded."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from ..blocks import Run, Text
from ..fonts import Face
from .recorder import ASCENT, DESCENT, Recorder, Token, tokens

Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
SLACK = 0.1  # points; columns are as wide as their widest text, but for rounding


class Pen:
    """Draws and records; while `dry`, it does neither, so that the same code measures."""

    def __init__(self, canvas: Canvas, recorder: Recorder, width: float, height: float):
        self.canvas, self.recorder, self.width, self.height = canvas, recorder, width, height
        self.page, self.dry = 0, False

    def words(
        self,
        line: list[Token],
        x: float,
        baseline: float,
        face: Face,
        size: float,
        bold: bool = False,
        italic: bool = False,
        colour: Colour = BLACK,
        align: str = "l",
        width: float = 0,
    ) -> float:
        """One line of words; returns where it ends. `align` is within `width` from `x`."""
        if not line:
            return x
        font, whole = face.name(bold, italic), " ".join(token.text for token in line)
        length = face.width(whole, size, bold, italic)
        x += (width - length) * {"l": 0, "c": 0.5, "r": 1}[align]
        if self.dry:
            return x + length
        self.canvas.setFont(font, size)
        self.canvas.setFillColorRGB(*colour)
        self.canvas.drawString(x, self.height - baseline, whole)
        space = face.width(" ", size, bold, italic)
        start = x
        for token in line:
            end = start + face.width(token.text, size, bold, italic)
            self.recorder.add(
                self.page, token.text, (start, baseline - ASCENT * size, end, baseline + DESCENT * size), token.fields
            )
            start = end + space
        return x + length

    def text(self, value: Text | str, x: float, baseline: float, face: Face, size: float, **style) -> float:
        return self.words(tokens((Run(value),) if isinstance(value, str) else value), x, baseline, face, size, **style)

    def rule(self, x: float, y: float, end: float, thickness: float = 0.5, colour: Colour = BLACK, dash=None):
        if self.dry:
            return
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.setDash(dash or [])
        self.canvas.line(x, self.height - y, end, self.height - y)
        self.canvas.setDash([])

    def upright(self, x: float, top: float, bottom: float, thickness: float = 0.5, colour: Colour = BLACK):
        if self.dry:
            return
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(x, self.height - top, x, self.height - bottom)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        thickness: float = 0.5,
        radius: float = 0,
    ):
        if self.dry or height <= 0:
            return
        if fill:
            self.canvas.setFillColorRGB(*fill)
        if stroke:
            self.canvas.setStrokeColorRGB(*stroke)
            self.canvas.setLineWidth(thickness)
        self.canvas.roundRect(
            x, self.height - y - height, width, height, radius, stroke=int(bool(stroke)), fill=int(bool(fill))
        )

    def new_page(self):
        if not self.dry:
            self.canvas.showPage()
        self.page += 1


def wrap(
    value: Text | str, width: float, face: Face, size: float, bold: bool = False, italic: bool = False
) -> list[list[Token]]:
    """Lines that are no wider than `width`; a word that alone is wider is broken."""
    lines: list[list[Token]] = []
    length, space = 0.0, face.width(" ", size, bold, italic)
    for word in tokens((Run(value),) if isinstance(value, str) else value):
        for k, token in enumerate(broken(word, width, face, size, bold, italic)):
            own = face.width(token.text, size, bold, italic)
            if lines and k == 0 and length + space + own <= width + SLACK:
                lines[-1].append(token)
                length += space + own
            else:
                lines.append([token])
                length = own
    return lines or [[]]


def broken(token: Token, width: float, face: Face, size: float, bold: bool, italic: bool) -> list[Token]:
    """The pieces of a word that is wider than a line, such as an address on the web; mostly the word itself."""
    if face.width(token.text, size, bold, italic) <= width + SLACK or width < 3 * size:
        return [token]
    pieces, length = [Token([])], 0.0
    for run in token.runs:
        for character in run.text:
            own = face.width(character, size, bold, italic)
            if pieces[-1].runs and length + own > width:
                pieces.append(Token([]))
                length = 0.0
            last = pieces[-1].runs
            if last and last[-1].field == run.field:
                last[-1] = Run(last[-1].text + character, run.field)
            else:
                last.append(Run(character, run.field))
            length += own
    return pieces
