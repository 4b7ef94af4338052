"""The look of one document: fonts, sizes, colours, how tables, facts and totals are drawn."""

from __future__ import annotations

import random

from .. import fonts
from ..fonts import Face

ACCENTS = [
    (0.1, 0.25, 0.5),
    (0.55, 0.1, 0.12),
    (0.05, 0.4, 0.3),
    (0.85, 0.4, 0.05),
    (0.3, 0.1, 0.4),
    (0.15, 0.15, 0.15),
    (0.0, 0.45, 0.65),
    (0.4, 0.3, 0.15),
    (0.7, 0.05, 0.35),
    (0.25, 0.35, 0.1),
    (0.2, 0.2, 0.2),
    (0.0, 0.0, 0.0),
]


def lighter(colour, share: float):
    return tuple(1 - (1 - c) * share for c in colour)


class Theme:
    def __init__(
        self, r: random.Random, held_out: bool, typewriter: bool = False, serif: bool = False, html: bool = False
    ):
        kinds = (
            ["mono"]
            if typewriter
            else ["serif"]
            if serif
            else r.choice([["sans"], ["sans"], ["sans"], ["serif"], ["narrow"], ["mono"]])
        )
        self.body = Face(fonts.choose(r, kinds[0], held_out, html))
        other = r.random() < 0.3 and not typewriter
        self.heading = Face(fonts.choose(r, r.choice(["sans", "serif"]), held_out, html)) if other else self.body
        self.fill = self.body if r.random() < 0.5 else Face(fonts.choose(r, r.choice(["mono", "hand"]), held_out, html))
        self.size = r.uniform(7.6, 10.6)
        self.leading = r.uniform(1.16, 1.45)
        self.accent = (0.0, 0.0, 0.0) if typewriter else r.choice(ACCENTS)
        self.ink = (0.0, 0.0, 0.0) if r.random() < 0.6 else (0.15, 0.15, 0.18)
        self.grey = (0.4, 0.4, 0.42) if r.random() < 0.5 else self.ink
        self.label_bold = r.random() < 0.35
        self.title_size = self.size * r.uniform(1.4, 2.4)
        self.title_bold = r.random() < 0.75
        self.table = (
            "bare"
            if typewriter
            else r.choice(["grid", "grid", "rules", "rules", "striped", "striped", "bare", "box", "columns"])
        )
        self.header = "bold" if typewriter else r.choice(["fill", "fill", "tint", "bold", "rule", "rule"])
        self.totals = r.choice(["plain", "rule", "rule", "double", "fill", "box"])
        self.facts = r.choice(["columns", "columns", "right", "inline", "grid", "table"])
        self.form = r.choice(["boxes", "lines", "table", "underlined"])
        self.line = r.choice([0.3, 0.5, 0.5, 0.8, 1.2])
        self.row_space = r.uniform(0.1, 0.75)  # above and below each row, in ems
        self.margin = r.uniform(36, 68)
        self.logo = r.random() < 0.65
        self.amount_bold = r.random() < 0.1
        self.total_share = r.uniform(0.38, 0.55)
        self.rule_colour = self.accent if r.random() < 0.4 else (0.3, 0.3, 0.3)
        self.radius = r.choice([0, 0, 0, 3, 6])

    @property
    def pitch(self) -> float:
        return self.size * self.leading
