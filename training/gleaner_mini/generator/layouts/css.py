"""Style sheets of the HTML families: one file for each in `styles`, and rules drawn from a grammar."""

from __future__ import annotations

import random
from pathlib import Path
from string import Template

from .theme import Theme, lighter

FOLDER = Path(__file__).parent / "styles"

TABLES = {
    "grid": ".lines td, .lines th { border: $line; }",
    "rules": ".lines td { border-bottom: $line; }",
    "striped": ".lines tbody tr:nth-child(odd) td { background: $stripe; }",
    "box": ".lines table { border: $line; }",
    "columns": ".lines td, .lines th { border-left: $line; border-right: $line; } .lines table { border: $line; }",
    "bare": "",
}
HEADERS = {
    "fill": "th { background: $accent; color: #fff; }",
    "tint": "th { background: $shade; }",
    "bold": "th { border-bottom: 1pt solid $rule; }",
    "rule": "th { font-weight: 400; border-bottom: $line; }",
}
TOTALS = {
    "plain": "",
    "rule": ".strong td { border-top: .8pt solid $rule; }",
    "double": ".strong td { border-bottom: 3pt double $rule; font-size: 112%; }",
    "fill": ".strong td { background: $accent; color: #fff; }",
    "box": ".strong td { border: .8pt solid $rule; }",
}
FORMS = {
    "boxes": ".entry { border: $line; padding: 2pt 4pt; } .entry .label { font-size: 78%; }",
    "lines": ".entry { padding: 3pt 8pt 3pt 0; } .fill { border-bottom: $line; } .entry .label { font-size: 85%; }",
    "table": ".entry { display: flex; border: $line; } .entry .fill { flex: 1; padding: 3pt; }"
    " .entry .label { width: 38%; padding: 3pt; border-right: $line; }",
    "underlined": ".entry { display: flex; padding: 3pt 6pt 3pt 0; } .entry .label { padding-right: 6pt; }"
    " .entry .fill { flex: 1; border-bottom: .6pt dotted $rule; }",
}
CELLS = ".rows { display: table; } .fact { display: table-row; } .fact > span { display: table-cell; }"
FACTS = {
    "columns": CELLS + " .fact > span { padding-right: 12pt; }",
    "right": CELLS + " .rows { width: 100%; } .fact .value { text-align: right; }",
    "inline": "",
    "grid": ".rows { display: flex; flex-wrap: wrap; gap: 6pt 18pt; } .fact .label { display: block; font-size: 85%; }",
    "table": CELLS + " .rows { border-collapse: collapse; } .fact > span { padding: 2pt 6pt; border: $line; }",
}


def rgb(colour) -> str:
    return "#%02x%02x%02x" % tuple(int(c * 255) for c in colour)


def sheet(theme: Theme, r: random.Random, family: str, page_of: str) -> str:
    """All rules of one document; `page_of` is the wording of page numbers, with {page} and {pages}."""
    counters = page_of.replace('"', "'").replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
    values = {
        "page": r.choice(["A4", "A4", "A4", "letter"]),
        "page_of": f'"{counters}"',
        "number_place": r.choice(["left", "center", "right"]),
        "number_size": f"{theme.size * 0.8:.1f}",
        "margin": f"{theme.margin:.1f}",
        "margin_below": f"{theme.margin + 14:.1f}",
        "size": f"{theme.size:.2f}",
        "leading": f"{theme.leading:.2f}",
        "title_size": f"{theme.title_size:.1f}",
        "long_size": f"{theme.size * 1.25:.1f}",
        "poster_size": f"{theme.title_size * 1.5:.1f}",
        "cell": f"{1.5 + theme.row_space * 5:.1f}",
        "total_share": f"{theme.total_share * 100:.0f}",
        "body": theme.body.family,
        "heading": theme.heading.family,
        "fill": theme.fill.family,
        "heading_weight": 700 if theme.title_bold else 400,
        "label_weight": 700 if theme.label_bold else 400,
        "ink": rgb(theme.ink),
        "grey": rgb(theme.grey),
        "accent": rgb(theme.accent),
        "rule": rgb(theme.rule_colour),
        "tint": rgb(lighter(theme.accent, 0.07)),
        "stripe": rgb(lighter(theme.accent, 0.09)),
        "shade": rgb(lighter(theme.accent, 0.15)),
        "line": f"{theme.line}pt solid {rgb(theme.rule_colour)}",
        "strength": r.choice([0, 1, 3]),
        "radius": r.randint(3, 10),
        "spacing": r.choice([0, 0.5, 1.5]),
        "head_align": r.choice(["left", "right", "center"]),
    }
    strong = f".strong td {{ font-weight: {values['heading_weight']}; }}"
    rules = [
        (FOLDER / "base.css").read_text(),
        TABLES[theme.table],
        HEADERS[theme.header],
        TOTALS[theme.totals],
        strong,
        FORMS[theme.form],
        FACTS[theme.facts],
        (FOLDER / f"{family}.css").read_text(),
    ]
    return Template("\n".join(rules)).substitute(values)
