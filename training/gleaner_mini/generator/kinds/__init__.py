"""The kinds of documents: each makes a `Sheet` from a `Scene`."""

from __future__ import annotations

import random

from ..blocks import Sheet
from ..scene import Scene
from ..words import LANGUAGES
from . import delivery, form, invoice, letter, order, receipt, statement

# How often each is drawn.
KINDS = {
    "invoice": (invoice.make, 0.30),
    "receipt": (receipt.make, 0.18),
    "purchase_order": (order.make, 0.10),
    "statement": (statement.make, 0.11),
    "delivery_note": (delivery.make_note, 0.07),
    "shipping_label": (delivery.make_label, 0.06),
    "application": (form.make_application, 0.05),
    "claim": (form.make_claim, 0.05),
    "letter": (letter.make, 0.08),
}


def choose(r: random.Random) -> str:
    return r.choices(list(KINDS), [share for _, share in KINDS.values()])[0]


def make(kind: str, r: random.Random, held_out: bool, language: str | None = None) -> Sheet:
    return KINDS[kind][0](Scene(r, language or r.choice(LANGUAGES), held_out))
