"""Receipts: gross prices, taxes that are in them, cash or card."""

from __future__ import annotations

from decimal import Decimal

from .. import goods
from ..blocks import Code, Column, Pair, Prose, Run, Sheet, Table, Totals, text
from ..checksums import digits, ean_digit
from ..scene import Scene
from . import common


def make(scene: Scene) -> Sheet:
    r, formats, shop = scene.r, scene.formats, scene.actor()
    truth: dict = {}
    minutes = r.randint(7 * 60, 21 * 60 + 59)
    pairs = common.optional_facts(
        scene, truth, [("receipt_number", 0.9, scene.code("R", "T", "B")), ("date", 0.97, scene.today)]
    )
    truth["time"] = f"{minutes // 60:02d}:{minutes % 60:02d}" if truth["date"] and scene.chance(0.7) else None
    if truth["time"]:
        pairs.append(Pair(scene.label("time"), text(Run(formats.time(minutes), "time"))))
    pairs += common.optional_facts(
        scene, truth, [("cashier", 0.3, scene.word("first_names")), ("till", 0.3, str(r.randint(1, 24)))]
    )
    truth["currency"] = scene.currency
    truth["merchant"], issuer = common.issuer(scene, shop, "merchant")
    category = r.choice(["food", "food", "food", "food", "office", "office", "trade", "tech"])
    items = goods.items(scene, min(goods.row_count(scene, 30), 30), category)
    for item in items:  # small quantities, as at a till
        item.quantity = (
            Decimal(r.choice([1, 1, 1, 1, 2, 2, 3, 4, 6])) if item.quantity == int(item.quantity) else item.quantity
        )
        item.amount = goods.rounded(item.quantity * item.price)
    truth["lines"], table = lines_table(scene, items)
    taxes = goods.taxes_in_gross([(i.rate, i.amount) for i in items])
    total = sum((i.amount for i in items), Decimal(0))
    truth["total"] = total
    totals = [Pair(scene.label("total"), formats.money(total, "total"), strong=True)]
    body: list = [table, Totals(totals)]
    truth["taxes"] = []
    if scene.chance(0.65):
        truth["taxes"] = common.tax_truth(taxes)
        body.append(common.tax_table(scene, taxes))
    truth["payment_method"] = None
    paid = []
    if scene.chance(0.75):
        truth["payment_method"] = r.choice(["cash", "card"])
        wording = text(Run(scene.word(f"method.{truth['payment_method']}"), "payment_method"))
        if truth["payment_method"] == "cash" and scene.chance(0.8):
            given = (total // 10 + 1) * 10
            paid = [
                Pair(wording, formats.amount(given, "")),
                Pair(scene.label("change"), formats.amount(given - total, "")),
            ]
        elif scene.chance(0.5):
            paid = [Pair(wording, formats.amount(total, ""))]
        else:
            paid = [Pair(scene.label("payment_method"), wording)]
    if paid:
        body.append(Totals(paid))
    body.append(Prose([scene.sentence("thanks") for _ in range(r.choice([0, 1, 1, 2]))][:1], small=True))
    if scene.chance(0.25):
        code = digits(r, 12)
        body.append(
            Code("ean13", code + ean_digit(code))
            if scene.chance(0.7)
            else Code("qr", f"{truth['receipt_number']}/{total}")
        )
    return Sheet(
        "receipt",
        scene.language,
        truth,
        text(scene.label("title.receipt")) if scene.chance(0.5) else (),
        issuer.lines[0],
        issuer,
        [],
        common.facts(scene, pairs),
        [b for b in body if not (isinstance(b, Prose) and not b.paragraphs)],
        **common.decoration(scene, stamp=0.04, watermark=0),
    )


def lines_table(scene: Scene, items: list[goods.Item]) -> tuple[list[dict], Table]:
    """Rows without a header: quantity before, behind or under the description."""
    formats, style = scene.formats, scene.r.choice(["before", "under", "behind", "column", "header"])
    letters = scene.chance(0.3)  # a letter for the tax rate behind each amount, as on German receipts
    rates = sorted({i.rate for i in items}, reverse=True)
    truths, rows = [], []
    for k, item in enumerate(items):
        path = f"lines[{k}]"
        quantity = text(Run(formats.number(item.quantity), f"{path}.quantity"))
        name = text(Run(item.description, f"{path}.description"))
        shown = style in ("column", "header") or item.quantity != 1
        price = shown and style in ("under", "header") and (style == "header" or item.quantity != 1)
        each = formats.amount(item.price, f"{path}.unit_price")
        if style == "before":
            description = [text(quantity, " x ", name) if shown else name]
        elif style == "behind":
            description = [text(name, " x", quantity) if shown else name]
        elif style == "under":
            description = [name, text("  ", quantity, " x ", each)] if shown else [name]
        else:
            description = [name]
        amount = formats.amount(item.amount, f"{path}.amount")
        cells = [description, [text(amount, " " + "ABC"[rates.index(item.rate)] if letters else "")]]
        if style in ("column", "header"):
            cells.insert(0, [quantity])
        if style == "header":
            cells.insert(2, [each])
        rows.append(cells)
        truths.append(
            {
                "description": item.description,
                "quantity": item.quantity if shown else None,
                "unit_price": item.price if price else None,
                "amount": item.amount,
            }
        )
    header = style == "header"
    columns = [
        Column(scene.label("description") if header else "", "l", True),
        Column(scene.label("amount") if header else "", "r"),
    ]
    if style in ("column", "header"):
        columns.insert(0, Column(scene.label("quantity") if header else "", "l"))
    if header:
        columns.insert(2, Column(scene.label("unit_price"), "r"))
    return truths, Table(columns, rows)
