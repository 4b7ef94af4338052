"""Account statements: bookings between an opening and a closing balance."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from .. import checksums, goods
from ..blocks import Column, Pair, Prose, Run, Sheet, Table, Totals, text
from ..scene import Scene
from . import common


def make(scene: Scene) -> Sheet:
    r, formats = scene.r, scene.formats
    bank, holder = scene.actor(name=scene.bank_name()), scene.actor(person=scene.chance(0.7))
    truth: dict = {}
    start = scene.today - timedelta(days=r.choice([7, 14, 30, 30, 91]))
    pairs = common.optional_facts(
        scene,
        truth,
        [
            ("statement_number", 0.7, r.choice([str(r.randint(1, 52)), f"{r.randint(1, 12)}/{scene.today.year}"])),
            ("date", 0.5, scene.today),
        ],
    )
    if scene.country == "US":
        truth["iban"] = None
        truth["account_number"] = checksums.digits(r, 10)
        pairs.append(Pair(scene.label("customer_number"), text(Run(truth["account_number"], "account_number"))))
    else:
        truth["iban"], truth["account_number"] = checksums.iban(r, scene.country), None
        pairs.append(Pair(scene.label("iban"), scene.iban_text(truth["iban"], "iban")))
    truth["bic"] = checksums.bic(r, scene.country) if scene.country != "US" and scene.chance(0.5) else None
    if truth["bic"]:
        pairs.append(Pair(scene.label("bic"), text(Run(truth["bic"], "bic"))))
    truth["period_start"], truth["period_end"] = (start, scene.today) if scene.chance(0.7) else (None, None)
    if truth["period_start"]:
        pairs.append(
            Pair(
                scene.label("period"),
                text(
                    scene.date(start, "period_start"),
                    r.choice([" - ", " – ", " / "]),
                    scene.date(scene.today, "period_end"),
                ),
            )
        )
    truth["currency"] = scene.currency
    truth["bank"], issuer = common.issuer(scene, bank, "bank")
    truth["account_holder"], party = common.other_party(
        scene, holder, "account_holder", scene.label("account_holder_of", colon=True), tax=0
    )
    del truth["account_holder"]["tax_id"]
    opening = Decimal(r.randint(-50000, 900000)) / 100
    truth["opening_balance"] = opening
    table, balance, debits, credits = bookings(scene, truth, opening, start)
    truth["closing_balance"] = balance
    summary = [Pair(scene.label("opening_balance"), formats.money(opening, "opening_balance"))]
    truth["total_debits"] = truth["total_credits"] = None
    if scene.chance(0.35):
        truth["total_debits"], truth["total_credits"] = debits, credits
        summary += [
            Pair(scene.label("total_debits"), formats.amount(debits, "total_debits")),
            Pair(scene.label("total_credits"), formats.amount(credits, "total_credits")),
        ]
    closing = Pair(scene.label("closing_balance"), formats.money(balance, "closing_balance"), strong=True)
    if scene.chance(0.5):
        body: list = [Totals(summary[:1]), table, Totals(summary[1:] + [closing])]
    else:
        body = [Totals(summary + [closing]), table] if scene.chance(0.5) else [table, Totals(summary + [closing])]
    body.append(Prose([scene.sentence("statement_note")], small=True))
    footer = [[text(bank.name), text(bank.street), scene.town_line(bank, "bank")]] if scene.chance(0.4) else []
    return Sheet(
        "statement",
        scene.language,
        truth,
        text(scene.label("title.statement")),
        issuer.lines[0],
        issuer,
        [party],
        common.facts(scene, pairs),
        body,
        footer,
        **common.decoration(scene, stamp=0.02),
    )


def bookings(scene: Scene, truth: dict, balance: Decimal, start) -> tuple[Table, Decimal, Decimal, Decimal]:
    r, formats = scene.r, scene.formats
    count = goods.row_count(scene, 80)
    days = sorted(r.randint(0, (scene.today - start).days) for _ in range(count))
    value_dates, balances, two_columns = scene.chance(0.4), scene.chance(0.4), scene.chance(0.55)
    columns = [Column(scene.label("booking_date"), "l")] + (
        [Column(scene.label("value_date"), "l")] if value_dates else []
    )
    columns.append(Column(scene.label("booking_text"), "l", True))
    columns += (
        [Column(scene.label("debit"), "r"), Column(scene.label("credit"), "r")]
        if two_columns
        else [Column(scene.label("amount"), "r")]
    )
    columns += [Column(scene.label("balance"), "r")] if balances else []
    firms = [scene.firm_name() for _ in range(min(12, count))] + [scene.actor(person=True).name for _ in range(3)]
    rows, truth["transactions"] = [], []
    debits = credits = Decimal("0.00")
    reference_lines = scene.chance(0.25)
    for k, day in enumerate(days):
        path = f"transactions[{k}]"
        date = start + timedelta(days=day)
        cents = r.choice([r.randint(100, 9000), r.randint(500, 60000), r.randint(10000, 300000)])
        amount = Decimal(cents if r.random() < 0.32 else -cents) / 100
        balance += amount
        debits, credits = (debits - amount, credits) if amount < 0 else (debits, credits + amount)
        words = scene.word("transactions").replace("{name}", r.choice(firms))
        entry = {
            "date": date,
            "value_date": date + timedelta(days=r.choice([0, 0, 0, 1, 2])) if value_dates else None,
            "description": words,
            "amount": amount,
            "balance": balance if balances else None,
        }
        truth["transactions"].append(entry)
        cells = [[text(Run(formats.date(date, short=True), f"{path}.date"))]]
        if value_dates:
            cells.append([text(Run(formats.date(entry["value_date"], short=True), f"{path}.value_date"))])
        cells.append([text(Run(words, f"{path}.description"))])
        if reference_lines and r.random() < 0.4:
            cells[-1].append(text(f"{scene.label('reference')} {checksums.digits(r, 10)}"))
        if two_columns:
            shown = formats.amount(abs(amount), f"{path}.amount")
            cells += [[shown], [()]] if amount < 0 else [[()], [shown]]
        else:
            plus = "+" if scene.colon and amount > 0 else ""
            cells.append([text(plus, formats.amount(amount, f"{path}.amount"))])
        if balances:
            cells.append([formats.amount(balance, f"{path}.balance")])
        rows.append(cells)
    return Table(columns, rows), balance, debits, credits
