"""Invoices: net lines, one or several tax rates, totals, bank details."""

from __future__ import annotations

from decimal import Decimal

from .. import goods
from ..blocks import Code, Pair, Prose, Sheet, Totals, text
from ..formats import rounded
from ..scene import Scene
from . import common


def make(scene: Scene) -> Sheet:
    r = scene.r
    supplier, customer = scene.actor(), scene.actor(person=scene.chance(0.3))
    days = r.choice([7, 10, 14, 14, 21, 30, 30, 30, 45, 60])
    truth: dict = {}
    number = scene.code("INV", "RE", "F", "FA", "R", "VK")
    pairs = common.optional_facts(scene, truth, [("invoice_number", 1, number), ("invoice_date", 1, scene.today)])
    due = scene.days_later(days, days)
    pairs += common.optional_facts(
        scene,
        truth,
        [
            ("due_date", 0.55, due),
            ("order_number", 0.4, scene.code("PO", "O")),
            ("customer_number", 0.45, scene.code("C", "K")),
            ("delivery_date", 0.3, scene.days_later(-20, 0)),
            ("contact", 0.2, scene.actor(person=True).name),
        ],
    )
    truth["currency"] = scene.currency
    truth["supplier"], issuer = common.issuer(scene, supplier, "supplier")
    truth["customer"], bill_to = common.other_party(scene, customer, "customer", scene.label("customer", colon=True))
    parties = [bill_to]
    truth["ship_to"] = None
    if scene.chance(0.15):
        truth["ship_to"], ship_to = common.other_party(
            scene, scene.actor(), "ship_to", scene.label("ship_to", colon=True), tax=0
        )
        del truth["ship_to"]["tax_id"]
        parties.append(ship_to)

    items = goods.items(scene, goods.row_count(scene), discounts=scene.chance(0.2))
    truth["lines"], table = common.goods_table(scene, items, prices=True, rates=True)
    body = [Prose([scene.sentence("invoice_note")])] if scene.chance(0.25) else []
    body.append(table)
    truth, totals, tax_table = add_totals(scene, truth, items)
    body.append(totals)
    if tax_table:
        body.append(tax_table)
    note = [scene.sentence("terms", days=str(days))] if scene.chance(0.5) else []
    note += [scene.sentence("invoice_note")] if scene.chance(0.6) else []
    if note:
        body.append(Prose(note))
    truth["payment"], bank = common.bank_facts(scene, supplier.name, "payment")
    footer = []
    if bank and scene.chance(0.5):
        footer.append(common.as_lines(bank))
    elif bank:
        body.append(common.facts(scene, bank))
    if scene.chance(0.5):
        footer.insert(0, [text(supplier.name), text(supplier.street), scene.town_line(supplier, "supplier")])
    if scene.chance(0.12):
        body.append(Code("qr", f"{truth['payment']['iban'] or number}|{truth['total']}|{number}"))
    return Sheet(
        "invoice",
        scene.language,
        truth,
        text(scene.label("title.invoice")),
        issuer.lines[0],
        issuer,
        parties,
        common.facts(scene, pairs),
        body,
        footer,
        tagline=scene.word("trades"),
        **common.decoration(scene),
    )


def add_totals(scene: Scene, truth: dict, items: list[goods.Item]):
    """Totals from the line items; returns (truth, totals, tax summary or None)."""
    formats = scene.formats
    lines = sum((i.amount for i in items), Decimal(0))
    bases = [(i.rate, i.amount) for i in items]
    pairs = []
    truth["shipping"] = None
    if scene.chance(0.25):
        truth["shipping"] = Decimal(scene.r.choice(["3.90", "4.95", "5.90", "6.50", "9.00", "12.00", "19.90", "45.00"]))
        main = max(i.rate for i in items)
        bases.append((main, truth["shipping"]))
        pairs += [
            Pair(scene.label("subtotal"), formats.amount(lines, "")),
            Pair(scene.label("shipping"), formats.amount(truth["shipping"], "shipping")),
        ]
    taxes = goods.taxes_on_net(bases)
    net = sum((t.base for t in taxes), Decimal(0))
    tax = sum((t.amount for t in taxes), Decimal(0))
    total = net + tax
    separate = scene.chance(0.4) and len(taxes) > 0  # the rates in a table of their own
    truth["taxes"] = common.tax_truth(taxes)
    show_net = separate or scene.chance(0.85)
    truth["net_total"] = net if show_net else None
    if show_net:
        pairs.append(Pair(scene.label("net_total"), formats.amount(net, "net_total")))
    tax_table = None
    if separate:
        tax_table = common.tax_table(scene, taxes)
        truth["tax_total"] = tax
        pairs.append(Pair(scene.label("tax_total"), formats.amount(tax, "tax_total")))
    else:
        truth["tax_total"] = tax if len(taxes) == 1 else None
        for k, entry in enumerate(taxes):
            entry_truth = truth["taxes"][k]
            path = f"taxes[{k}]"
            with_base = scene.chance(0.3)
            entry_truth["base"] = entry.base if with_base else None
            label = [scene.label("tax_total"), " ", *formats.percent(entry.rate, f"{path}.rate")]
            if with_base:
                label += [f" ({scene.label('tax_base')} ", *formats.amount(entry.base, f"{path}.base"), ")"]
            value = formats.amount(entry.amount, f"{path}.amount")
            if len(taxes) == 1:
                value = tuple(type(run)(run.text, run.field and f"{run.field} tax_total") for run in value)
            pairs.append(Pair(text(*label), value))
    truth["total"] = total
    truth["amount_paid"] = truth["amount_due"] = None
    paid = scene.chance(0.1)
    pairs.append(Pair(scene.label("total"), formats.money(total, "total"), strong=True))
    if paid:
        truth["amount_paid"] = rounded(total * scene.r.choice([Decimal("0.2"), Decimal("0.3"), Decimal("0.5")]))
        truth["amount_due"] = total - truth["amount_paid"]
        pairs += [
            Pair(scene.label("amount_paid"), formats.amount(-truth["amount_paid"], "")),
            Pair(scene.label("amount_due"), formats.money(truth["amount_due"], "amount_due"), strong=True),
        ]
        pairs[-2].value = formats.amount(truth["amount_paid"], "amount_paid")
    return truth, Totals(pairs), tax_table
