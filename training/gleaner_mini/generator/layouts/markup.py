"""A sheet as HTML: every block is an element with data-block, every tagged run a span with data-field."""

from __future__ import annotations

import base64
import random
from html import escape

from reportlab.graphics import renderSVG
from reportlab.graphics.barcode import createBarcodeDrawing

from ..blocks import (
    Code,
    Entry,
    Facts,
    Party,
    Prose,
    Section,
    Sheet,
    Signature,
    Table,
    Text,
    Totals,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
SYMBOLOGIES = {"code128": "Code128", "ean13": "EAN13", "qr": "QR"}


def runs(value: Text | str) -> str:
    if isinstance(value, str):
        return escape(value)
    return "".join(
        f'<span data-field="{escape(run.field)}">{escape(run.text)}</span>' if run.field else escape(run.text)
        for run in value
    )


def lines(values: list[Text]) -> str:
    return "".join(f"<div>{runs(value)}</div>" for value in values)


def block(kind: str, inner: str) -> str:
    return f'<div class="{kind}" data-block="">{inner}</div>' if inner else ""


def party(value: Party, kind: str) -> str:
    return block(
        f"party {kind}", (f'<div class="label">{escape(value.label)}</div>' if value.label else "") + lines(value.lines)
    )


def facts(value: Facts, kind: str = "facts") -> str:
    rows = "".join(
        f'<div class="fact"><span class="label">{runs(p.label)}</span> <span class="value">{runs(p.value)}</span></div>'
        for p in value.pairs
    )
    return block(kind, f'<div class="rows">{rows}</div>') if rows else ""


def totals(value: Totals) -> str:
    row = lambda p: (
        f'<tr class="{"strong" if p.strong else ""}"><td>{runs(p.label)}</td><td class="r">{runs(p.value)}</td></tr>'
    )
    return block("totals", "<table>" + "".join(map(row, value.pairs)) + "</table>")


def table(value: Table) -> str:
    cell = lambda tag, column, inner: f'<{tag} class="{column.align}{" wraps" if column.wraps else ""}">{inner}</{tag}>'
    head = "".join(cell("th", c, escape(c.label)) for c in value.columns)
    rows = "".join(
        "<tr>" + "".join(cell("td", c, lines(cells)) for c, cells in zip(value.columns, row)) + "</tr>"
        for row in value.rows
    )
    head = f"<thead><tr>{head}</tr></thead>" if any(c.label for c in value.columns) else ""
    return block("lines" if value.main else "summary", f"<table>{head}<tbody>{rows}</tbody></table>")


def entry(value: Entry) -> str:
    if value.options:
        tick = lambda ticked: '<b class="box">' + ('<i class="tick"></i>' if ticked else "") + "</b>"
        inner = "".join(f'<span class="option">{tick(ticked)} {runs(words)}</span> ' for words, ticked in value.options)
    else:
        inner = runs(value.value) or "&nbsp;"
    label = f'<div class="label">{escape(value.label)}</div>'
    return block("entry wide" if value.wide else "entry", f'{label}<div class="fill">{inner}</div>')


def section(value: Section) -> str:
    heading = f'<h2 data-block="">{escape(value.heading)}</h2>' if value.heading else ""
    return f'<div class="section">{heading}<div class="entries">{"".join(map(entry, value.entries))}</div></div>'


def picture(svg: str, width: float, height: float, kind: str = "") -> str:
    data = base64.b64encode(svg.encode()).decode()
    return (
        f'<img class="{kind}" src="data:image/svg+xml;base64,{data}" style="width:{width:.1f}pt;height:{height:.1f}pt">'
    )


def code(value: Code) -> str:
    if value.symbology == "qr":
        drawing = createBarcodeDrawing("QR", value=value.payload, width=66, height=66)
    else:
        drawing = createBarcodeDrawing(SYMBOLOGIES[value.symbology], value=value.payload, barHeight=34, humanReadable=0)
    image = picture(renderSVG.drawToString(drawing), drawing.width, drawing.height)
    return block("code", image + (f"<div>{runs(value.caption)}</div>" if value.caption else ""))


def signature(value: Signature, r: random.Random) -> str:
    points = " ".join(
        f"q {r.uniform(2, 9):.1f},{-r.uniform(4, 26):.1f} {r.uniform(8, 20):.1f},{r.uniform(-6, 6):.1f}"
        for _ in range(r.randint(5, 8))
    )
    svg = (
        f'{SVG} viewBox="0 0 140 40"><path d="M 6,28 {points}" fill="none" stroke="#101850" stroke-width="1.2"/></svg>'
    )
    return block(
        "signature",
        picture(svg, 120, 34)
        + f"<div>{runs(value.name)}</div>" * bool(value.name)
        + f"<div>{escape(value.label)}</div>" * bool(value.label),
    )


def logo(r: random.Random, colour: str) -> str:
    shapes = [
        f'<circle cx="20" cy="20" r="18" fill="{colour}"/><circle cx="26" cy="15" r="7" fill="#fff" opacity=".6"/>',
        f'<rect width="40" height="40" rx="8" fill="{colour}"/>'
        f'<path d="M8 30 L20 {r.randint(6, 18)} L32 30" stroke="#fff" stroke-width="4" fill="none"/>',
        f'<path d="M20 2 L38 38 L2 38 Z" fill="{colour}"/>',
        f'<rect y="18" width="10" height="22" fill="{colour}"/>'
        f'<rect x="14" y="8" width="10" height="32" fill="{colour}" opacity=".7"/>'
        f'<rect x="28" width="10" height="40" fill="{colour}" opacity=".4"/>',
    ]
    return picture(f'{SVG} viewBox="0 0 40 40">{r.choice(shapes)}</svg>', 38, 38, "logo")


def body(sheet: Sheet, r: random.Random) -> str:
    draw = {
        Table: table,
        Totals: totals,
        Facts: lambda b: facts(b, "facts bank"),
        Section: section,
        Code: code,
        Party: lambda b: party(b, "other"),
        Signature: lambda b: signature(b, r),
        Prose: lambda b: block("prose" + " small" * b.small, "".join(f"<p>{runs(p)}</p>" for p in b.paragraphs)),
    }
    return "".join(draw[type(b)](b) for b in sheet.body)
