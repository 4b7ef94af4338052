"""Style sheets of the HTML families, drawn from a grammar of rules."""
from __future__ import annotations

import random

from .theme import Theme, lighter

PAGES = {"A4": (595.28, 841.89), "letter": (612, 792)}


def rgb(colour) -> str:
    return "#%02x%02x%02x" % tuple(int(c * 255) for c in colour)


def base(theme: Theme, page: str, page_of: str) -> str:
    counter = '"' + page_of.replace('"', "'").replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "') + '"'
    place = {0: "left", 1: "center", 2: "right"}[int(theme.margin) % 3]
    return f"""
@page {{ size: {page}; margin: {theme.margin:.1f}pt {theme.margin:.1f}pt {theme.margin + 14:.1f}pt;
  @bottom-{place} {{ content: {counter}; font: {theme.size * 0.8:.1f}pt "{theme.body.family}"; color: {rgb(theme.grey)}; }} }}
* {{ box-sizing: border-box; }}
body {{ font: {theme.size:.2f}pt/{theme.leading:.2f} "{theme.body.family}"; color: {rgb(theme.ink)}; margin: 0; hyphens: none; }}
h1, h2 {{ font-family: "{theme.heading.family}"; color: {rgb(theme.accent)}; margin: 0; font-weight: {700 if theme.title_bold else 400}; }}
h1 {{ font-size: {theme.title_size:.1f}pt; line-height: 1.2; }} h1.long {{ font-size: {theme.size * 1.25:.1f}pt; }}
h2 {{ font-size: {theme.size * 1.1:.1f}pt; margin: {theme.size:.1f}pt 0 3pt; }}
table {{ border-collapse: collapse; }} td, th {{ vertical-align: top; padding: {1.5 + theme.row_space * 5:.1f}pt 4pt; text-align: left; }}
.r {{ text-align: right; }} .c {{ text-align: center; }} td:not(.wraps) > div {{ white-space: nowrap; }} tr {{ break-inside: avoid; }}
.lines > table {{ width: 100%; }} .wraps {{ width: 100%; }} .totals, .facts, .party, .summary, .section, .signature, .code {{ break-inside: avoid; }}
.totals, .lines, .prose, .summary, .bank, .signature, .code {{ margin-bottom: {theme.size * 1.4:.1f}pt; }}
.totals {{ margin-left: auto; width: {theme.total_share * 100:.0f}%; }} .totals table {{ width: 100%; }} .totals .r {{ white-space: nowrap; }} .columns > div {{ flex: 1; }} .summary table {{ margin-left: auto; }}
.label {{ color: {rgb(theme.grey)}; font-weight: {700 if theme.label_bold else 400}; }} .small {{ font-size: 88%; color: {rgb(theme.grey)}; }}
.prose p {{ margin: 0 0 {theme.size * 0.6:.1f}pt; }} .footer {{ font-size: 80%; color: {rgb(theme.grey)}; display: flex; gap: 20pt; }}
.name {{ font: 700 {theme.size * 1.4:.1f}pt "{theme.heading.family}"; }} .fill {{ font-family: "{theme.fill.family}"; color: #101850; }}
.option {{ margin-right: 8pt; white-space: nowrap; font-family: "{theme.body.family}"; color: {rgb(theme.ink)}; }} .box {{ display: inline-block; width: .8em; height: .8em; border: .7pt solid #222; }}
.tick {{ display: block; margin: 1pt; height: calc(100% - 2pt); background: #101850; }} .entry {{ break-inside: avoid; }}
.mark {{ position: absolute; font-weight: 700; white-space: nowrap; }}
"""


def table_rules(theme: Theme) -> str:
    line = f"{theme.line}pt solid {rgb(theme.rule_colour)}"
    rules = {"grid": f".lines td, .lines th {{ border: {line}; }}", "rules": f".lines td {{ border-bottom: {line}; }}",
             "striped": f".lines tbody tr:nth-child(odd) td {{ background: {rgb(lighter(theme.accent, 0.09))}; }}",
             "box": f".lines table {{ border: {line}; }}", "columns": f".lines td, .lines th {{ border-left: {line}; border-right: {line}; }} .lines table {{ border: {line}; }}",
             "bare": ""}[theme.table]
    rules += {"fill": f" th {{ background: {rgb(theme.accent)}; color: #fff; }}", "tint": f" th {{ background: {rgb(lighter(theme.accent, 0.15))}; }}",
              "bold": f" th {{ border-bottom: 1pt solid {rgb(theme.rule_colour)}; }}", "rule": f" th {{ font-weight: 400; border-bottom: {line}; }}"}[theme.header]
    strong = {"plain": "", "rule": f"border-top: .8pt solid {rgb(theme.rule_colour)};", "double": f"border-bottom: 3pt double {rgb(theme.rule_colour)}; font-size: 112%;",
              "fill": f"background: {rgb(theme.accent)}; color: #fff;", "box": f"border: .8pt solid {rgb(theme.rule_colour)};"}[theme.totals]
    return rules + f" .strong td {{ font-weight: {700 if theme.title_bold else 400}; {strong} }}"


def form_rules(theme: Theme) -> str:
    line = f"{theme.line}pt solid {rgb(theme.rule_colour)}"
    entries = ".entries { display: flex; flex-wrap: wrap; } .entry { width: 50%; } .entry.wide { width: 100%; } "
    return entries + {
        "boxes": f".entry {{ border: {line}; padding: 2pt 4pt; }} .entry .label {{ font-size: 78%; }}",
        "lines": f".entry {{ padding: 3pt 8pt 3pt 0; }} .fill {{ border-bottom: {line}; }} .entry .label {{ font-size: 85%; }}",
        "table": f".entry {{ display: flex; border: {line}; }} .entry .label {{ width: 38%; padding: 3pt; border-right: {line}; }} .entry .fill {{ flex: 1; padding: 3pt; }}",
        "underlined": f".entry {{ display: flex; padding: 3pt 6pt 3pt 0; }} .entry .label {{ padding-right: 6pt; }} .entry .fill {{ flex: 1; border-bottom: .6pt dotted {rgb(theme.rule_colour)}; }}",
    }[theme.form]


def fact_rules(theme: Theme) -> str:
    return {"columns": ".rows { display: table; } .fact { display: table-row; } .fact > span { display: table-cell; padding-right: 12pt; }",
            "right": ".rows { display: table; width: 100%; } .fact { display: table-row; } .fact > span { display: table-cell; } .fact .value { text-align: right; }",
            "inline": "", "grid": ".rows { display: flex; flex-wrap: wrap; gap: 6pt 18pt; } .fact .label { display: block; font-size: 85%; }",
            "table": f".rows {{ display: table; border-collapse: collapse; }} .fact {{ display: table-row; }} .fact > span {{ display: table-cell; padding: 2pt 6pt; border: {theme.line}pt solid {rgb(theme.rule_colour)}; }}",
            }[theme.facts]


STYLE_RULES = {
    "modern": lambda t, r: f".head {{ display: flex; justify-content: space-between; border-bottom: {r.choice([0, 1, 3])}pt solid {rgb(t.accent)}; padding-bottom: 10pt; margin-bottom: 14pt; }}"
                           " .columns { display: flex; justify-content: space-between; gap: 18pt; margin-bottom: 16pt; } h1 { margin-bottom: 8pt; }",
    "cards": lambda t, r: f".card, .columns > div {{ background: {rgb(lighter(t.accent, 0.07))}; border-radius: {r.randint(3, 10)}pt; padding: 8pt 10pt; }}"
                          " .head { display: flex; gap: 12pt; align-items: center; margin-bottom: 12pt; } .head .party { margin-left: auto; }"
                          " .columns { display: flex; gap: 10pt; margin-bottom: 14pt; } .columns > div { flex: 1; }",
    "minimal": lambda t, r: f"h1 {{ font-weight: 300; letter-spacing: {r.choice([0, 0.5, 1.5])}pt; margin-bottom: 18pt; }} .head {{ text-align: {r.choice(['left', 'right', 'center'])}; margin-bottom: 24pt; }}"
                            " .columns { display: flex; gap: 40pt; margin-bottom: 22pt; }",
    "bureau": lambda t, r: f".head, .columns > div {{ border: {t.line}pt solid {rgb(t.rule_colour)}; padding: 6pt; }} .head {{ display: flex; justify-content: space-between; }}"
                           " .columns { display: flex; margin-bottom: 12pt; } .columns > div { flex: 1; } h1 { margin: 8pt 0; }",
    "ribbon": lambda t, r: f".head {{ background: {rgb(t.accent)}; color: #fff; padding: 14pt; margin: 0 0 12pt; display: flex; justify-content: space-between; }} .head .label, .head h1 {{ color: #fff; }}"
                           f" .columns {{ display: flex; flex-direction: row-reverse; gap: 14pt; border-left: 4pt solid {rgb(t.accent)}; padding-left: 10pt; margin-bottom: 16pt; }} .columns > div {{ flex: 1; }}",
    "poster": lambda t, r: f"h1 {{ font-size: {t.title_size * 1.5:.1f}pt; text-align: right; border-top: 6pt solid {rgb(t.accent)}; }} .columns {{ margin: 14pt 0 14pt 34%; }}"
                           " .columns > div { margin-bottom: 8pt; } .head { font-size: 90%; } .totals { margin-left: 34%; width: 66%; }",
}
