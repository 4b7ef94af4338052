"""The people, firms and dates of one document, and the words it uses."""

from __future__ import annotations

import datetime
import random
import re
import unicodedata
from dataclasses import dataclass

from . import checksums
from .blocks import Run, Text, text
from .formats import Formats
from .words import language as words_of

COUNTRIES = {
    "en": ["GB", "GB", "US", "IE"],
    "de": ["DE", "DE", "DE", "AT", "CH"],
    "fr": ["FR", "FR", "BE", "CH"],
    "es": ["ES"],
    "it": ["IT", "IT", "IT", "CH"],
    "pt": ["PT"],
    "nl": ["NL", "NL", "BE"],
}
CURRENCY = {"GB": "GBP", "US": "USD", "CH": "CHF"}
TAX_RATES = {
    "GB": [20, 5, 0],
    "US": ["6", "7.25", "8.875"],
    "IE": [23, "13.5", 9],
    "DE": [19, 7],
    "AT": [20, 10, 13],
    "CH": ["8.1", "2.6", "3.8"],
    "FR": [20, 10, "5.5"],
    "BE": [21, 6, 12],
    "ES": [21, 10, 4],
    "IT": [22, 10, 4],
    "PT": [23, 13, 6],
    "NL": [21, 9],
}
STATES = "MA TX CO OR IL GA OH FL WI".split()
PREFIX = {
    "GB": "+44",
    "US": "+1",
    "IE": "+353",
    "DE": "+49",
    "AT": "+43",
    "CH": "+41",
    "FR": "+33",
    "BE": "+32",
    "ES": "+34",
    "IT": "+39",
    "PT": "+351",
    "NL": "+31",
}
TOP_LEVEL = {"GB": "co.uk", "US": "com"}


@dataclass
class Actor:
    """A firm or a person, with an address."""

    name: str
    street: str
    postal_code: str
    city: str
    country: str  # ISO code
    country_name: str
    tax_id: str
    phone: str
    email: str
    website: str
    first_name: str = ""
    last_name: str = ""
    female: bool = False


def plain_letters(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss").replace("œ", "oe"))
    return re.sub(r"[^a-z0-9]", "", folded)


class Scene:
    """Everything that one document draws its content from; `r` is seeded with the document's seed."""

    def __init__(self, r: random.Random, language: str, held_out: bool):
        self.r, self.language, self.held_out = r, language, held_out
        self.words = words_of(language)
        self.country = r.choice(COUNTRIES[language])
        self.currency = CURRENCY.get(self.country, "EUR")
        if language in ("de", "nl") and r.random() < 0.03:
            self.currency = "USD"
        self.formats = Formats(r, self.words, language, self.country, self.currency)
        self.today = datetime.date(2012, 1, 1) + datetime.timedelta(days=r.randrange(20 * 365))
        self.colon = r.choice(["", ":", ":"])
        self.capitals = r.random() < 0.12
        self.labels: dict[str, str] = {}

    # Words

    def word(self, name: str) -> str:
        return self.words.pick(self.r, name, self.held_out)

    def label(self, name: str, colon: bool = False) -> str:
        """The document's wording of a label; the same each time."""
        if name not in self.labels:
            self.labels[name] = self.word(name)
        label = self.labels[name]
        label = label.upper() if self.capitals else label
        return label + self.colon if colon and not label.endswith((":", "?")) else label

    def chance(self, probability: float) -> bool:
        return self.r.random() < probability

    def sentence(self, name: str, /, **values: Text | str) -> Text:
        """A sentence with its {places} filled with tagged text."""
        return self.fill(self.word(name), **values)

    def fill(self, pattern: str, /, **values: Text | str) -> Text:
        parts = re.split(r"\{(\w+)\}", pattern)
        return text(*(values[part] if k % 2 else part for k, part in enumerate(parts)))

    # People and firms

    def firm_name(self) -> str:
        r, style = self.r, self.r.random()
        trade, suffix = self.word("trades"), self.word("suffixes")
        if style < 0.5:
            name = f"{self.word('stems')} {trade}"
        elif style < 0.7:
            name = f"{trade} {self.word('last_names')}"
        elif style < 0.82:
            name = f"{self.word('last_names')} & {self.word('last_names')}"
        elif style < 0.92:
            name = f"{self.word('last_names')} {trade}"
        else:
            name = f"{self.word('stems')}{trade.lower().split()[0]}"
        return f"{name} {suffix}" if r.random() < 0.8 else name

    def bank_name(self) -> str:
        stem = self.word("stems")
        return self.r.choice(
            [f"{stem} Bank", f"Bank {stem}", f"{stem}bank", f"{stem} Bank {self.word(f'city.{self.country}')}"]
        )

    def postal_code(self, country: str) -> str:
        r, letters = self.r, "ABCDEFGHJKLMNPRSTUWXY"
        number = lambda n: str(r.randint(10 ** (n - 1), 10**n - 1))
        if country == "GB":
            area, inward = "".join(r.sample(letters, 2)), "".join(r.sample(letters, 2))
            return f"{area}{r.randint(1, 29)} {r.randint(1, 9)}{inward}"
        if country == "IE":
            return f"{r.choice('ADFTV')}{number(2)} {r.choice(letters)}{number(1)}{r.choice(letters)}{number(1)}"
        if country == "US":
            return f"{r.choice(STATES)} {number(5)}"
        if country == "NL":
            return f"{number(4)} {r.choice(letters)}{r.choice(letters)}"
        if country == "PT":
            return f"{number(4)}-{number(3)}"
        return number(4) if country in ("AT", "CH", "BE") else number(5)

    def phone(self, country: str) -> str:
        r, d = self.r, lambda n: checksums.digits(self.r, n)
        area = str(r.randint(2, 99))
        return r.choice(
            [
                f"{PREFIX[country]} {area} {d(3)} {d(4)}",
                f"0{area} {d(3)} {d(2)} {d(2)}",
                f"0{area}/{d(6)}",
                f"{PREFIX[country]} ({area}) {d(3)}-{d(3)}",
                f"0{area}-{d(7)}",
            ]
        )

    def actor(self, person: bool = False, country: str | None = None, name: str = "") -> Actor:
        r, country = self.r, country or self.country
        first, last = self.word("first_names"), self.word("last_names")
        name = f"{first} {last}" if person else name or self.firm_name()
        domain = plain_letters(last if person else name)[:18] + "." + TOP_LEVEL.get(country, country.lower())
        local = (
            f"{plain_letters(first)}.{plain_letters(last)}"
            if person
            else r.choice(["info", "office", "mail", "contact"])
        )
        mail_domain = r.choice(["example.com", "mail.example.org"]) if person else domain
        position = self.words.trained("first_names").index(first) if first in self.words.trained("first_names") else 0
        return Actor(
            name,
            self.word("streets").replace("{number}", str(r.randint(1, 180)) + r.choice(["", "", "", "", "a", "b"])),
            self.postal_code(country),
            self.word(f"city.{country}"),
            country,
            self.word(f"country.{country}"),
            checksums.vat_number(r, country),
            self.phone(country),
            f"{local}@{mail_domain}",
            r.choice(["www.", "www.", "https://"]) + domain,
            first,
            last,
            female=position % 2 == 1,
        )

    def town_line(self, actor: Actor, path: str) -> Text:
        code, city = Run(actor.postal_code, f"{path}.postal_code"), Run(actor.city, f"{path}.city")
        if actor.country == "US":
            return text(city, ", ", code)
        return text(city, " ", code) if actor.country in ("GB", "IE") else text(code, " ", city)

    def address_lines(self, actor: Actor, path: str, country: bool) -> list[Text]:
        lines = [
            text(Run(actor.name, f"{path}.name")),
            text(Run(actor.street, f"{path}.street")),
            self.town_line(actor, path),
        ]
        return lines + [text(Run(actor.country_name, f"{path}.country"))] if country else lines

    def party_truth(self, actor: Actor, country: bool, **more) -> dict:
        return {
            "name": actor.name,
            "street": actor.street,
            "postal_code": actor.postal_code,
            "city": actor.city,
            "country": actor.country_name if country else None,
        } | more

    # Numbers and days

    def code(self, *prefixes: str) -> str:
        """A document's number, in one of the shapes that firms use."""
        r, d = self.r, lambda n: checksums.digits(self.r, n)
        year = self.today.year
        prefix = r.choice(prefixes) if prefixes else r.choice("ABCDKLMRST")
        return r.choice(
            [
                d(r.randint(4, 9)),
                f"{prefix}-{year}-{d(4)}",
                f"{year}/{d(r.randint(3, 5))}",
                f"{prefix}{d(r.randint(5, 7))}",
                f"{prefix}-{d(5)}",
                f"{year}{d(4)}",
                f"{d(2)}-{d(5)}",
                f"{prefix} {d(3)}/{year % 100}",
                f"{d(3)}.{d(3)}",
            ]
        )

    def days_later(self, first: int, last: int, start: datetime.date | None = None) -> datetime.date:
        return (start or self.today) + datetime.timedelta(days=self.r.randint(first, last))

    def date(self, day: datetime.date, field: str) -> Text:
        return text(Run(self.formats.date(day), field))

    def bank(self, holder: str) -> dict:
        """Bank details; fields that the country or the firm does not print are None."""
        r = self.r
        if self.country == "US" or self.chance(0.15):
            return {"iban": None, "bic": None, "bank": None}
        number = checksums.iban(r, self.country)
        return {
            "iban": number,
            "bic": checksums.bic(r, self.country) if self.chance(0.7) else None,
            "bank": self.bank_name() if self.chance(0.6) else None,
        }

    def iban_text(self, number: str, field: str) -> Text:
        blocks = " ".join(number[k : k + 4] for k in range(0, len(number), 4))
        return text(Run(blocks if self.chance(0.75) else number, field))
