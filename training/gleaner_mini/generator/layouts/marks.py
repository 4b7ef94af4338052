"""What is drawn beside the text: logos, stamps, watermarks, signatures, bar codes."""

from __future__ import annotations

import math
import random

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import code128, eanbc, qr
from reportlab.graphics.shapes import Drawing

from ..blocks import Code
from ..fonts import Face
from .pen import Pen

STAMP_INKS = [(0.75, 0.1, 0.1), (0.1, 0.2, 0.65), (0.1, 0.45, 0.2), (0.3, 0.3, 0.3)]


def logo(pen: Pen, r: random.Random, x: float, y: float, side: float, colour, initial: str, face: Face):
    """A simple emblem in a square: a ring, a shield, bars, triangles, or a letter."""
    shape, shade = r.randrange(6), tuple(min(1, c + 0.35) for c in colour)
    angles = [r.uniform(0, 2 * math.pi) for _ in range(3)]
    if pen.dry:
        return
    canvas, top, left = pen.canvas, pen.height - y, x
    canvas.setFillColorRGB(*colour)
    canvas.setStrokeColorRGB(*shade)
    if shape == 0:
        canvas.circle(left + side / 2, top - side / 2, side / 2, stroke=0, fill=1)
        canvas.setFillColorRGB(*shade)
        canvas.circle(left + side * 0.6, top - side * 0.4, side / 4, stroke=0, fill=1)
    elif shape == 1:
        for k in range(3):
            canvas.setFillColorRGB(*(colour if k % 2 == 0 else shade))
            canvas.rect(left + k * side / 3, top - side, side / 4, side * (0.5 + 0.25 * k), stroke=0, fill=1)
    elif shape == 2:
        path = canvas.beginPath()
        path.moveTo(left, top - side)
        path.lineTo(left + side / 2, top)
        path.lineTo(left + side, top - side)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    elif shape == 3:
        canvas.setLineWidth(side / 10)
        for k, angle in enumerate(angles):
            canvas.setStrokeColorRGB(*(colour if k % 2 == 0 else shade))
            canvas.ellipse(
                left + side * 0.1 * k, top - side * (1 - 0.1 * k), left + side * (1 - 0.08 * k), top - side * 0.15 * k
            )
    elif shape == 4:
        path = canvas.beginPath()
        path.moveTo(left, top)
        path.lineTo(left + side, top)
        path.curveTo(left + side, top - side * 0.6, left + side * 0.7, top - side * 0.9, left + side / 2, top - side)
        path.curveTo(left + side * 0.3, top - side * 0.9, left, top - side * 0.6, left, top)
        canvas.drawPath(path, stroke=0, fill=1)
    else:
        canvas.roundRect(left, top - side, side, side, side * 0.18, stroke=0, fill=1)
        path = canvas.beginPath()  # two strokes in white, no letter: a logo is no text
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.setLineWidth(side * 0.1)
        path.moveTo(left + side * 0.25, top - side * 0.75)
        path.lineTo(left + side * 0.5, top - side * (0.2 + 0.3 * (angles[0] / 7)))
        path.lineTo(left + side * 0.75, top - side * 0.75)
        canvas.drawPath(path, stroke=1, fill=0)


def turned(
    pen: Pen,
    words: str,
    x: float,
    y: float,
    face: Face,
    size: float,
    degrees: float,
    colour,
    alpha: float,
    frame: str = "",
):
    """Text around the point (x, y), turned anticlockwise; recorded as a decoration with the box around it."""
    if pen.dry or not words:
        return
    canvas, width = pen.canvas, face.width(words, size, bold=True)
    canvas.saveState()
    canvas.setFillAlpha(alpha)
    canvas.setStrokeAlpha(alpha)
    canvas.translate(x, pen.height - y)
    canvas.rotate(degrees)
    canvas.setFillColorRGB(*colour)
    canvas.setStrokeColorRGB(*colour)
    canvas.setFont(face.name(bold=True), size)
    canvas.drawString(-width / 2, -size * 0.35, words)
    if frame:
        canvas.setLineWidth(size * 0.1)
        canvas.roundRect(
            -width / 2 - size * 0.4,
            -size * 0.75,
            width + size * 0.8,
            size * 1.5,
            size * (0.3 if frame == "round" else 0.02),
        )
    canvas.restoreState()
    angle = math.radians(degrees)
    half_width = abs(math.cos(angle)) * width / 2 + abs(math.sin(angle)) * size / 2
    half_height = abs(math.sin(angle)) * width / 2 + abs(math.cos(angle)) * size / 2
    pen.recorder.next_block()
    pen.recorder.add(
        pen.page,
        words,
        (
            max(0, x - half_width),
            max(0, y - half_height),
            min(pen.width, x + half_width),
            min(pen.height, y + half_height),
        ),
        [],
        decoration=True,
    )


def stamp(pen: Pen, r: random.Random, words: str, face: Face, x: float, y: float):
    turned(
        pen,
        words,
        x,
        y,
        face,
        r.uniform(16, 30),
        r.uniform(-18, 18),
        r.choice(STAMP_INKS),
        r.uniform(0.45, 0.8),
        r.choice(["round", "square", "round"]),
    )


def watermark(pen: Pen, words: str, face: Face):
    size = min(110, 0.8 * pen.width / max(1, face.width(words, 1, bold=True)))
    turned(
        pen,
        words,
        pen.width / 2,
        pen.height / 2,
        face,
        size,
        50 if pen.height > pen.width else 20,
        (0.5, 0.5, 0.5),
        0.13,
    )


def signature(pen: Pen, r: random.Random, x: float, y: float, width: float):
    """A scribble that looks like a name written in ink; `y` is its baseline."""
    steps = r.randint(5, 9)
    points = [(r.uniform(-0.3, 1), r.uniform(0.2, 1), r.uniform(0.3, 0.9)) for _ in range(steps)]
    slant, ink = r.uniform(2, 8), r.choice([(0.05, 0.05, 0.4), (0.1, 0.1, 0.1)])
    if pen.dry:
        return
    canvas, base = pen.canvas, pen.height - y
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(0.9)
    path = canvas.beginPath()
    path.moveTo(x, base)
    step = width / steps
    for k, (low, high, middle) in enumerate(points):
        left = x + k * step
        path.curveTo(
            left + slant,
            base + high * 22 * (1 - k / steps / 1.5),
            left + step * middle,
            base + high * 18 * (1 - k / steps),
            left + step,
            base + low * 6,
        )
    canvas.drawPath(path, stroke=1, fill=0)


def code(pen: Pen, block: Code, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """A bar code in at most this space; returns (width, height) of what was drawn."""
    if block.symbology == "qr":
        widget = qr.QrCodeWidget(block.payload)
        side = min(width, height)
        left, bottom, right, top = widget.getBounds()
        drawing = Drawing(side, side, transform=[side / (right - left), 0, 0, side / (top - bottom), 0, 0])
        drawing.add(widget)
        if not pen.dry:
            renderPDF.draw(drawing, pen.canvas, x, pen.height - y - side)
        return side, side
    if block.symbology == "ean13":
        widget = eanbc.Ean13BarcodeWidget(block.payload, barHeight=height, humanReadable=0)
        left, bottom, right, top = widget.getBounds()
        drawing = Drawing(right - left, height)
        drawing.add(widget)
        if not pen.dry:
            renderPDF.draw(drawing, pen.canvas, x, pen.height - y - height)
        return right - left, height
    bars = code128.Code128(block.payload, barHeight=height, barWidth=1.0, humanReadable=False, quiet=False)
    bars = code128.Code128(
        block.payload, barHeight=height, barWidth=min(1.6, width / bars.width), humanReadable=False, quiet=False
    )
    if not pen.dry:
        bars.drawOn(pen.canvas, x, pen.height - y - height)
    return bars.width, height
