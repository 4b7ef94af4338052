"""How one document writes numbers, money, dates and times; chosen once for each document."""

from __future__ import annotations

import datetime
import random
from decimal import ROUND_HALF_UP, Decimal

from .blocks import Run, Text, text
from .words import WordList

CENT = Decimal("0.01")
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF"}
DECIMAL_MARK = {"en": ".", "de": ",", "fr": ",", "es": ",", "it": ",", "pt": ",", "nl": ","}
THOUSANDS = {
    "en": [",", ",", ""],
    "de": [".", ".", ""],
    "fr": [" ", " ", ""],
    "es": [".", ".", ""],
    "it": [".", ".", ""],
    "pt": [".", " ", ""],
    "nl": [".", ".", ""],
}
DATES = {
    "GB": ["%d/%m/%Y", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y", "%d/%m/%y", "%Y-%m-%d", "%-d %B %Y"],
    "US": ["%m/%d/%Y", "%m/%d/%Y", "%B %-d, %Y", "%b %-d, %Y", "%m/%d/%y", "%Y-%m-%d"],
    "en": ["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"],
    "de": ["%d.%m.%Y", "%d.%m.%Y", "%-d. %B %Y", "%d.%m.%y", "%-d.%-m.%Y", "%Y-%m-%d"],
    "fr": ["%d/%m/%Y", "%d/%m/%Y", "%-d %B %Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y"],
    "es": ["%d/%m/%Y", "%d/%m/%Y", "%-d de %B de %Y", "%d-%m-%Y", "%d/%m/%y"],
    "it": ["%d/%m/%Y", "%d/%m/%Y", "%-d %B %Y", "%d-%m-%Y", "%d/%m/%y"],
    "pt": ["%d/%m/%Y", "%d-%m-%Y", "%-d de %B de %Y", "%Y-%m-%d", "%d/%m/%y"],
    "nl": ["%d-%m-%Y", "%d-%m-%Y", "%-d %B %Y", "%d/%m/%Y", "%d-%m-%y"],
}


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


class Formats:
    """The habits of one document."""

    def __init__(self, r: random.Random, words: WordList, language: str, country: str, currency: str):
        self.words, self.currency = words, currency
        self.mark, self.thousands = DECIMAL_MARK[language], r.choice(THOUSANDS[language])
        if country == "CH":
            self.mark, self.thousands = ".", r.choice(["'", "'", " "])
        self.date_pattern = r.choice(DATES.get(country) or DATES[language])
        after = language not in ("en", "nl") and currency != "CHF"
        self.symbol_after = after if r.random() < 0.85 else not after
        self.symbol = currency if r.random() < 0.3 else SYMBOLS[currency]
        self.symbol_in_tables = r.random() < 0.3
        self.space = " " if len(self.symbol) > 1 or self.symbol_after or r.random() < 0.4 else ""
        self.hour_mark = r.choice(
            [":", ":", ":", "." if language in ("it", "de", "nl") else "h" if language in ("fr", "pt") else ":"]
        )
        self.twelve_hours = country == "US" and r.random() < 0.7
        self.percent_space = language in ("de", "fr") and r.random() < 0.5
        self.minus_behind = r.random() < 0.06

    def number(self, value: Decimal, places: int | None = None) -> str:
        """With the given places; without, as many as the value needs."""
        if places is None:
            value = value.normalize() if value else Decimal(0)
            places = max(0, -value.as_tuple().exponent)
        sign, body = ("-", -value) if value < 0 else ("", value)
        whole, _, fraction = f"{body:.{places}f}".partition(".")
        groups = []
        while len(whole) > 3 and self.thousands:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        written = self.thousands.join([whole] + groups) + (self.mark + fraction if places else "")
        return written + sign if sign and self.minus_behind else sign + written

    def amount(self, value: Decimal, field: str) -> Text:
        return text(Run(self.number(value, 2), field))

    def money(self, value: Decimal, field: str) -> Text:
        """With the currency, which is a field of its own."""
        symbol, amount = Run(self.symbol, "currency"), Run(self.number(value, 2), field)
        return text(amount, " ", symbol) if self.symbol_after else text(symbol, self.space, amount)

    def percent(self, value: Decimal, field: str, sign: bool = True) -> Text:
        return text(Run(self.number(value), field), (" %" if self.percent_space else "%") if sign else "")

    def date(self, day: datetime.date, short: bool = False) -> str:
        pattern = self.date_pattern
        if short and ("%B" in pattern or "%b" in pattern):
            pattern = "%d/%m/%Y"
        month = self.words.trained("months")[day.month - 1]
        pattern = pattern.replace("%B", month).replace("%b", month[:3])
        return day.strftime(pattern)

    def time(self, minutes: int) -> str:
        hour, minute = divmod(minutes, 60)
        if self.twelve_hours:
            return f"{(hour + 11) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}"
        return f"{hour:02d}{self.hour_mark}{minute:02d}"
