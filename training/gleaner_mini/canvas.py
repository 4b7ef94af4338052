"""A page drawn with cairo that remembers where every glyph stands and which field it belongs to."""
from __future__ import annotations

from dataclasses import dataclass

import cairo
import numpy as np

# Debian's font families. The renderer that reads PDFs (poppler on cairo) draws with the same rasteriser and without hinting.
MONOSPACED = ["DejaVu Sans Mono", "Liberation Mono", "Cousine", "FreeMono", "Hack", "Inconsolata", "Fira Code",
              "Courier Prime", "Nimbus Mono PS", "Noto Mono"]
PROPORTIONAL = ["DejaVu Sans", "DejaVu Sans Condensed", "DejaVu Serif", "Liberation Sans", "Liberation Serif",
                "Liberation Sans Narrow", "Arimo", "FreeSans", "Roboto", "Roboto Condensed", "Open Sans", "Lato", "Carlito",
                "Noto Sans", "Noto Serif", "Caladea"]


@dataclass(frozen=True)
class Glyph:
    x: float  # centre, points from the left
    y: float  # middle of the x-height, points from the top
    character: str
    field: str
    ordinal: int  # which line item, from 1; 0 elsewhere


class Canvas:
    """Draws text in points, top-left origin, on any cairo surface."""

    def __init__(self, context: cairo.Context, ink: float = 0.0):
        self.context = context
        self.glyphs: list[Glyph] = []
        options = cairo.FontOptions()
        options.set_hint_style(cairo.HINT_STYLE_NONE)
        options.set_hint_metrics(cairo.HINT_METRICS_OFF)
        options.set_antialias(cairo.ANTIALIAS_GRAY)
        context.set_font_options(options)
        context.set_source_rgb(ink, ink, ink)

    def font(self, family: str, size: float, bold: bool = False):
        weight = cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL
        self.context.select_font_face(family, cairo.FONT_SLANT_NORMAL, weight)
        self.context.set_font_size(size)
        self.size = size

    def width(self, text: str) -> float:
        return self.context.text_extents(text).x_advance

    def text(self, x: float, baseline: float, text: str, field: str = "", ordinal: int = 0) -> float:
        """Draws a run and returns the x where it ends."""
        scaled = self.context.get_scaled_font()
        glyphs, clusters, flags = scaled.text_to_glyphs(x, baseline, text, True)
        end = x + self.width(text)
        self.context.show_text_glyphs(text, glyphs, clusters, flags)
        middle = baseline - 0.33 * self.size
        if len(glyphs) == len(text):
            for k, character in enumerate(text):
                following = glyphs[k + 1].x if k + 1 < len(glyphs) else end
                if character != " ":
                    self.glyphs.append(Glyph((glyphs[k].x + following) / 2, middle, character, field, ordinal))
        return end

    def rule(self, x: float, end: float, y: float, thickness: float = 0.5, dashed: bool = False):
        self.context.save()
        self.context.set_line_width(thickness)
        self.context.set_dash([2, 2] if dashed else [])
        self.context.move_to(x, y)
        self.context.line_to(end, y)
        self.context.stroke()
        self.context.restore()


def image_canvas(width: int, height: int, scale_x: float, scale_y: float, paper: float, ink: float):
    """A grey picture of width x height pixels to draw on in points; returns (canvas, function that gives the pixels)."""
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
    context = cairo.Context(surface)
    context.set_source_rgb(paper, paper, paper)
    context.paint()
    context.scale(scale_x, scale_y)
    canvas = Canvas(context, ink)

    def pixels() -> np.ndarray:
        surface.flush()
        return np.ndarray((height, surface.get_stride() // 4, 4), np.uint8, surface.get_data())[:, :width, 1].copy()

    return canvas, pixels
