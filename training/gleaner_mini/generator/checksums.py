"""Identifiers with valid check digits: IBAN (ISO 13616), VAT numbers (national rules), EAN-13."""

from __future__ import annotations

import random

# After the check digits of an IBAN: a class (a: letters, n: digits) and a length, in order (SWIFT IBAN registry).
BBAN = {
    "GB": "a4n14",
    "IE": "a4n14",
    "DE": "n18",
    "AT": "n16",
    "CH": "n17",
    "FR": "n23",
    "BE": "n12",
    "ES": "n20",
    "IT": "a1n22",
    "PT": "n21",
    "NL": "a4n10",
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def digits(r: random.Random, count: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(count))


def iban_remainder(iban: str) -> int:
    """1 for a valid IBAN (ISO 7064, MOD 97-10)."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97


def iban(r: random.Random, country: str) -> str:
    body, pattern = "", BBAN[country]
    for part in pattern.replace("a", " a").replace("n", " n").split():
        count = int(part[1:])
        body += digits(r, count) if part[0] == "n" else "".join(r.choice(LETTERS) for _ in range(count))
    return f"{country}{98 - iban_remainder(country + '00' + body):02d}{body}"


def bic(r: random.Random, country: str) -> str:
    return (
        "".join(r.choice(LETTERS) for _ in range(4))
        + country
        + r.choice(LETTERS)
        + r.choice("0123456789")
        # Three X stand for the head office.
        + r.choice(["", 3 * "X"])
    )


def luhn_digit(body: str) -> str:
    doubled = [int(c) * (2 if k % 2 == 0 else 1) for k, c in enumerate(reversed(body))]
    return str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def ean_digit(body: str) -> str:
    return str(-sum(int(c) * (3 if k % 2 == 0 else 1) for k, c in enumerate(reversed(body))) % 10)


def mod_11_10_digit(body: str) -> str:
    """ISO 7064, MOD 11,10."""
    product = 10
    for c in body:
        total = (int(c) + product) % 10 or 10
        product = 2 * total % 11
    return str((11 - product) % 10)


def weighted(body: str, weights) -> int:
    return sum(int(c) * w for c, w in zip(body, weights))


def ireland_letter(body: str) -> str:
    return "WABCDEFGHIJKLMNOPQRSTUV"[weighted(body, range(8, 1, -1)) % 23]


def vat_number(r: random.Random, country: str) -> str:
    """A VAT number as it is written, in blocks where the country writes blocks."""
    first = lambda n: r.choice("123456789") + digits(r, n - 1)
    if country == "DE":
        body = first(8)
        return "DE" + body + mod_11_10_digit(body)
    if country == "AT":
        body = digits(r, 7)
        doubled = sum(int(c) if k % 2 == 0 else int(c) // 5 + int(c) * 2 % 10 for k, c in enumerate(body))
        return f"ATU{body}{(10 - (doubled + 4) % 10) % 10}"
    if country == "FR":
        siren = first(8)
        siren += luhn_digit(siren)
        return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"
    if country == "BE":
        body = "0" + first(7)
        return f"BE{body}{97 - int(body) % 97:02d}"
    if country == "IT":
        body = digits(r, 7) + f"{r.randint(1, 100):03d}"
        return "IT" + body + luhn_digit(body)
    if country == "ES":
        body = digits(r, 7)
        return "ES" + r.choice("AB") + body + luhn_digit(body)
    if country == "PT":
        body = "5" + digits(r, 7)
        rest = 11 - weighted(body, range(9, 1, -1)) % 11
        return f"PT{body}{rest if rest < 10 else 0}"
    if country == "NL":
        while True:
            body = first(8)
            rest = weighted(body, range(9, 1, -1)) % 11
            if rest < 10:
                return f"NL{body}{rest}B{r.randint(1, 20):02d}"
    if country == "GB":
        body = r.choice("123456789") + digits(r, 6)
        return f"GB{body}{97 - weighted(body, range(8, 1, -1)) % 97:02d}"
    if country == "IE":
        body = digits(r, 7)
        return "IE" + body + ireland_letter(body)
    if country == "CH":
        while True:
            body = "1" + digits(r, 7)
            rest = 11 - weighted(body, (5, 4, 3, 2, 7, 6, 5, 4)) % 11
            if rest != 10:
                body += str(rest % 11)
                return f"CHE-{body[:3]}.{body[3:6]}.{body[6:]}"
    return f"{digits(r, 2)}-{digits(r, 7)}"  # US: employer identification number, which has no check digit
