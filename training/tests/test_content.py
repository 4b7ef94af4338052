"""What documents say: sums, check digits, and that the truth is what is printed."""

import random
from decimal import Decimal

import pytest

from gleaner_mini.generator import checksums, documents, kinds
from gleaner_mini.generator.formats import rounded
from gleaner_mini.generator.words import LANGUAGES

SEEDS = range(60)


def truths(kind):
    return [
        kinds.make(kind, random.Random(seed), held_out=seed % 2 == 1, language=LANGUAGES[seed % 7]).truth
        for seed in SEEDS
    ]


def test_invoices_add_up():
    for truth in truths("invoice"):
        net = sum((line["amount"] for line in truth["lines"]), Decimal(0)) + (truth["shipping"] or 0)
        tax = sum((entry["amount"] for entry in truth["taxes"]), Decimal(0))
        assert truth["total"] == net + tax
        assert truth["net_total"] in (None, net) and truth["tax_total"] in (None, tax)
        if truth["amount_due"] is not None:
            assert truth["amount_due"] + truth["amount_paid"] == truth["total"]
        for line in truth["lines"]:
            if line["unit_price"] is not None:
                assert line["amount"] == rounded(
                    line["quantity"] * line["unit_price"] * (100 - (line["discount_percent"] or 0)) / 100
                )
        for entry in truth["taxes"]:
            if entry["base"] is not None:
                assert entry["amount"] == rounded(entry["base"] * entry["rate"] / 100)


def test_receipts_add_up():
    for truth in truths("receipt"):
        assert truth["total"] == sum(line["amount"] for line in truth["lines"])
        if truth["taxes"]:
            assert truth["total"] == sum(entry["base"] + entry["amount"] for entry in truth["taxes"])


def test_statements_add_up():
    for truth in truths("statement"):
        assert truth["closing_balance"] == truth["opening_balance"] + sum(
            entry["amount"] for entry in truth["transactions"]
        )
        if truth["total_debits"] is not None:
            assert truth["closing_balance"] == truth["opening_balance"] - truth["total_debits"] + truth["total_credits"]


@pytest.mark.parametrize("country", checksums.BBAN)
def test_ibans_are_valid(country):
    for seed in SEEDS:
        iban = checksums.iban(random.Random(seed), country)
        assert checksums.iban_remainder(iban) == 1 and iban.startswith(country)
        wrong = iban[:-1] + str((int(iban[-1]) + 1) % 10)
        assert checksums.iban_remainder(wrong) != 1


@pytest.mark.parametrize(
    "country, number",
    [
        ("DE", "DE136695976"),
        ("AT", "ATU13585627"),
        ("IT", "IT00743110157"),
        ("PT", "PT501964843"),
        ("NL", "NL004495445B01"),
        ("BE", "BE0428759497"),
        ("FR", "FR83404833048"),
        ("GB", "GB980780684"),
        ("IE", "IE8473625E"),
        ("CH", "CHE-116.281.710"),
        ("ES", "ESA58818501"),
    ],
)
def test_check_digits_of_published_numbers(country, number):
    """The digits that the generator computes are those of numbers that are in use."""
    digits = "".join(c for c in number[2:].split("B")[0] if c.isdigit())
    if country == "DE":
        assert checksums.mod_11_10_digit(digits[:8]) == digits[8]
    elif country == "AT":
        doubled = sum(int(c) if k % 2 == 0 else int(c) // 5 + int(c) * 2 % 10 for k, c in enumerate(digits[:7]))
        assert (10 - (doubled + 4) % 10) % 10 == int(digits[7])
    elif country in ("IT", "ES"):
        assert checksums.luhn_digit(digits[:-1]) == digits[-1]
    elif country in ("PT", "NL"):
        assert (11 - checksums.weighted(digits[:8], range(9, 1, -1)) % 11) % 11 % 10 == int(
            digits[8]
        ) or country == "NL"
        if country == "NL":
            assert checksums.weighted(digits[:8], range(9, 1, -1)) % 11 == int(digits[8])
    elif country == "BE":
        assert 97 - int(digits[:8]) % 97 == int(digits[8:])
    elif country == "FR":
        assert (12 + 3 * (int(digits[2:]) % 97)) % 97 == int(digits[:2])
    elif country == "GB":
        assert 97 - checksums.weighted(digits[:7], range(8, 1, -1)) % 97 == int(digits[7:])
    elif country == "IE":
        assert checksums.ireland_letter(digits) == number[-1]
    else:
        assert (11 - checksums.weighted(digits[:8], (5, 4, 3, 2, 7, 6, 5, 4)) % 11) % 11 == int(digits[8])


def test_every_field_is_printed_and_nothing_else(sample):
    for document in sample:
        assert documents.unprinted(document) == [], (document.name, document.drawing.family)
        assert documents.foreign(document) == [], (document.name, document.drawing.family)


def test_values_stand_in_the_words(sample):
    """The words that print a plain field are its value, whichever way the layout breaks lines."""
    for document in sample:
        values = dict(documents.leaves(document.sheet.truth))
        for name in ("supplier.name", "customer.city", "invoice_number", "tracking_number", "iban"):
            if isinstance(values.get(name), str):
                printed = [word.text for word in document.drawing.recorder.words if name in word.fields]
                squeezed = "".join(printed).replace("(", "").replace(",", "")
                assert values[name].replace(" ", "").replace(",", "") in squeezed
