"""What several kinds of documents have in common: letterheads, parties, tables of goods, bank details."""

from __future__ import annotations

from decimal import Decimal

from ..blocks import Column, Facts, Pair, Party, Run, Table, Text, text
from ..goods import Item, Tax
from ..scene import Actor, Scene


def contact_lines(scene: Scene, actor: Actor, path: str) -> tuple[dict, list[Text]]:
    """Telephone, mail, site and tax number of a firm: which are printed is drawn. Returns (truth, lines)."""
    truth: dict = {}
    lines = []
    for name, value, probability in (
        ("phone", actor.phone, 0.7),
        ("email", actor.email, 0.6),
        ("website", actor.website, 0.35),
        ("tax_id", actor.tax_id, 0.75),
    ):
        truth[name] = value if scene.chance(probability) else None
        if truth[name]:
            bare = name in ("email", "website") and scene.chance(0.5)
            lines.append(text("" if bare else scene.label(name, colon=True) + " ", Run(value, f"{path}.{name}")))
    return truth, lines


def issuer(scene: Scene, actor: Actor, path: str) -> tuple[dict, Party]:
    country = scene.chance(0.35)
    more, lines = contact_lines(scene, actor, path)
    return scene.party_truth(actor, country, **more), Party("", scene.address_lines(actor, path, country) + lines)


def other_party(scene: Scene, actor: Actor, path: str, label: str, tax: float = 0.3) -> tuple[dict, Party]:
    country = scene.chance(0.3)
    lines = scene.address_lines(actor, path, country)
    truth = scene.party_truth(actor, country)
    truth["tax_id"] = actor.tax_id if scene.chance(tax) else None
    if truth["tax_id"]:
        lines.append(text(scene.label("tax_id", colon=True) + " ", Run(actor.tax_id, f"{path}.tax_id")))
    return truth, Party(label, lines)


def goods_table(scene: Scene, items: list[Item], prices: bool, rates: bool) -> tuple[list[dict], Table]:
    """The line items, as truth and as a table whose columns are drawn by chance. Delivery notes have no `prices`."""
    r, formats = scene.r, scene.formats
    shown = {
        "position": scene.chance(0.5),
        "article": scene.chance(0.5),
        "description": True,
        "quantity": True,
        "unit": scene.chance(0.5),
        "unit_price": prices and scene.chance(0.88),
        "discount": prices and any(i.discount for i in items),
        "tax_rate": rates and scene.chance(0.7),
        "amount": prices,
    }
    order = ["position", "article", "description", "quantity", "unit", "unit_price", "discount", "tax_rate", "amount"]
    if scene.chance(0.25):  # quantity first
        order = [
            "position",
            "quantity",
            "unit",
            "article",
            "description",
            "unit_price",
            "discount",
            "tax_rate",
            "amount",
        ]
    elif scene.chance(0.2):
        order = [
            "position",
            "description",
            "article",
            "unit_price",
            "discount",
            "quantity",
            "unit",
            "tax_rate",
            "amount",
        ]
    order = [name for name in order if shown[name]]
    join_unit = shown["unit"] and scene.chance(0.35)
    if join_unit:
        order.remove("unit")
    below = shown["article"] and scene.chance(0.2)  # article number under the description
    if below:
        order.remove("article")
    align = {"position": r.choice("lrc"), "article": "l", "description": "l", "unit": r.choice("lc")}
    sign, step = scene.chance(0.6), r.choice([1, 1, 1, 10])
    columns = [Column(scene.label(name), align.get(name, "r"), name == "description") for name in order]
    wording = {unit: scene.word(f"unit.{unit}") for unit in dict.fromkeys(i.unit for i in items)}
    money = formats.money if formats.symbol_in_tables and scene.chance(0.5) else formats.amount
    places = 2 if scene.chance(0.25) else None
    truths, rows = [], []
    for k, item in enumerate(items):
        path = f"lines[{k}]"
        cells = {
            "position": text(Run(str((k + 1) * step), f"{path}.position")),
            "article": text(Run(item.article, f"{path}.article_number")),
            "description": text(Run(item.description, f"{path}.description")),
            "quantity": text(
                Run(
                    formats.number(
                        item.quantity, places if item.quantity == item.quantity.quantize(Decimal("0.01")) else None
                    ),
                    f"{path}.quantity",
                )
            ),
            "unit": text(Run(wording[item.unit], f"{path}.unit")),
            "unit_price": money(item.price, f"{path}.unit_price"),
            "discount": formats.percent(item.discount, f"{path}.discount_percent", sign) if item.discount else (),
            "tax_rate": formats.percent(item.rate, f"{path}.tax_rate", sign),
            "amount": money(item.amount, f"{path}.amount"),
        }
        if join_unit:
            cells["quantity"] = text(cells["quantity"], " ", cells["unit"])
        row = [[cells[name]] for name in order]
        if below:
            row[order.index("description")].append(text(scene.label("article", colon=True) + " ", cells["article"]))
        rows.append(row)
        truth = {
            "position": (k + 1) * step if shown["position"] else None,
            "article_number": item.article if shown["article"] else None,
            "description": item.description,
            "quantity": item.quantity,
            "unit": wording[item.unit] if shown["unit"] else None,
        }
        if prices:
            truth |= {
                "unit_price": item.price if shown["unit_price"] else None,
                "discount_percent": item.discount if item.discount else None,
                "tax_rate": item.rate if shown["tax_rate"] else None,
                "amount": item.amount,
            }
        truths.append(truth)
    return truths, Table(columns, rows)


def tax_table(scene: Scene, taxes: list[Tax]) -> Table:
    columns = [
        Column(scene.label("tax_rate"), "l", True),
        Column(scene.label("tax_base"), "r"),
        Column(scene.label("tax_amount"), "r"),
    ]
    rows = [
        [
            [scene.formats.percent(tax.rate, f"taxes[{k}].rate")],
            [scene.formats.amount(tax.base, f"taxes[{k}].base")],
            [scene.formats.amount(tax.amount, f"taxes[{k}].amount")],
        ]
        for k, tax in enumerate(taxes)
    ]
    return Table(columns, rows, main=False)


def tax_truth(taxes: list[Tax]) -> list[dict]:
    return [{"rate": tax.rate, "base": tax.base, "amount": tax.amount} for tax in taxes]


def bank_facts(scene: Scene, holder: str, path: str) -> tuple[dict, list[Pair]]:
    truth = scene.bank(holder)
    pairs = []
    for name in ("bank", "iban", "bic"):
        if truth[name]:
            value = (
                scene.iban_text(truth[name], f"{path}.iban")
                if name == "iban"
                else text(Run(truth[name], f"{path}.{name}"))
            )
            pairs.append(Pair(scene.label(name), value))
    return truth, pairs


def optional_facts(scene: Scene, truth: dict, choices: list[tuple[str, float, object]]) -> list[Pair]:
    """Facts that may be printed: (name, probability, string or date). Each goes into `truth`, None if not printed."""
    pairs = []
    for name, probability, value in choices:
        truth[name] = value if scene.chance(probability) else None
        if truth[name] is not None:
            printed = text(Run(value, name)) if isinstance(value, str) else scene.date(value, name)
            pairs.append(Pair(scene.label(name), printed))
    return pairs


def as_lines(pairs: list[Pair]) -> list[Text]:
    return [text(pair.label + (": " if not pair.label.endswith(":") else " "), pair.value) for pair in pairs]


def facts(scene: Scene, pairs: list[Pair]) -> Facts:
    if scene.chance(0.25):
        scene.r.shuffle(pairs)
    return Facts(
        [Pair(p.label if p.label.endswith(("?", ":")) else p.label + scene.colon, p.value, p.strong) for p in pairs]
    )


def decoration(scene: Scene, stamp: float = 0.1, watermark: float = 0.05) -> dict:
    return {
        "stamp": scene.word("stamp") if scene.chance(stamp) else "",
        "watermark": scene.word("watermark") if scene.chance(watermark) else "",
        "page_of": scene.word("page_of"),
        "carried": scene.word("carried") if scene.chance(0.4) else "",
    }
