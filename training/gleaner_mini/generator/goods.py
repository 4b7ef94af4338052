"""Line items, taxes and totals that add up to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .checksums import digits
from .formats import rounded
from .scene import TAX_RATES, Scene

UNITS = {
    "office": ["piece", "piece", "box", "set"],
    "tech": ["piece", "piece", "set"],
    "service": ["hour", "hour", "month", "piece"],
    "food": ["piece", "kilogram", "box", "litre"],
    "trade": ["piece", "metre", "box", "kilogram", "set"],
}
FRACTIONAL = ("hour", "kilogram", "metre", "litre")


@dataclass
class Item:
    description: str
    article: str
    quantity: Decimal
    unit: str
    price: Decimal  # of one unit
    discount: Decimal  # percent
    rate: Decimal  # tax, percent
    amount: Decimal


@dataclass
class Tax:
    rate: Decimal
    base: Decimal
    amount: Decimal


def row_count(scene: Scene, most: int = 72) -> int:
    """Mostly a few rows, now and then several pages of them."""
    r, kind = scene.r, scene.r.random()
    count = (
        r.randint(1, 4)
        if kind < 0.3
        else r.randint(4, 12)
        if kind < 0.78
        else r.randint(12, 26)
        if kind < 0.93
        else r.randint(27, most)
    )
    return min(count, most)


def price(scene: Scene, category: str) -> Decimal:
    r = scene.r
    most = {"office": 9000, "tech": 90000, "service": 15000, "food": 2000, "trade": 20000}[category]
    cents = r.choice([r.randint(30, most // 20), r.randint(100, most // 4), r.randint(100, most)])
    if r.random() < 0.5:
        cents = max(95, cents // 100 * 100 + r.choice([0, 50, 90, 95, 99]))
    return Decimal(max(cents, 5)) / 100


def quantity(scene: Scene, unit: str) -> Decimal:
    r = scene.r
    if unit in FRACTIONAL and r.random() < 0.5:
        return Decimal(r.randint(1, 60)) / 4 if unit == "hour" else Decimal(r.randint(120, 9900)) / 1000
    return Decimal(r.choice([1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 25, 48, 50, 100, 250]))


def description(scene: Scene, category: str) -> str:
    r, base = scene.r, scene.word(f"goods.{category}")
    for _ in range(r.choice([0, 0, 1, 1, 2])):
        extra = scene.word(f"qualifier.{category}")
        if extra not in base:
            base += r.choice([", ", " ", ", "]) + extra
    return base if r.random() < 0.85 else f"{base} {r.choice('ABCDEFGHKLMNPRSTVX')}{digits(r, r.randint(2, 4))}"


def items(
    scene: Scene, count: int, category: str | None = None, discounts: bool = False, whole: bool = False
) -> list[Item]:
    """Rows of one category with one to three tax rates; `whole` for whole quantities only."""
    r, made = scene.r, []
    category = category or r.choice(list(UNITS))
    every = [Decimal(rate) for rate in TAX_RATES[scene.country]]
    rates = every[: r.choice([1, 1, 2, 2, 3])] if scene.country != "US" else [r.choice(every)]
    shape = r.choice(["{d5}", "{l}{d4}", "{l}{l}-{d4}", "{d3}.{d3}", "{d2}-{d4}{l}", "{l}{l}{l}{d3}"])
    for _ in range(count):
        unit = r.choice(UNITS[category])
        amount_of = Decimal(int(quantity(scene, "piece"))) if whole else quantity(scene, unit)
        each = price(scene, category)
        percent = Decimal(r.choice([5, 10, 15, 20, "2.5"])) if discounts and r.random() < 0.35 else Decimal(0)
        code = shape
        for length in "5432":
            code = code.replace("{d" + length + "}", digits(r, int(length)), 1).replace(
                "{d" + length + "}", digits(r, int(length))
            )
        while "{l}" in code:
            code = code.replace("{l}", r.choice("ABCDEFGHKLMNPRSTVX"), 1)
        made.append(
            Item(
                description(scene, category),
                code,
                amount_of,
                unit,
                each,
                percent,
                r.choice(rates),
                rounded(amount_of * each * (100 - percent) / 100),
            )
        )
    return made


def taxes_on_net(bases: list[tuple[Decimal, Decimal]]) -> list[Tax]:
    """(rate, net amount) pairs → one entry for each rate, highest first."""
    sums: dict[Decimal, Decimal] = {}
    for rate, amount in bases:
        sums[rate] = sums.get(rate, Decimal(0)) + amount
    return [Tax(rate, base, rounded(base * rate / 100)) for rate, base in sorted(sums.items(), reverse=True)]


def taxes_in_gross(grosses: list[tuple[Decimal, Decimal]]) -> list[Tax]:
    """The same where the amounts have the tax in them, as on receipts."""
    sums: dict[Decimal, Decimal] = {}
    for rate, amount in grosses:
        sums[rate] = sums.get(rate, Decimal(0)) + amount
    taxes = []
    for rate, gross in sorted(sums.items(), reverse=True):
        tax = rounded(gross * rate / (100 + rate))
        taxes.append(Tax(rate, gross - tax, tax))
    return taxes
