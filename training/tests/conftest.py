import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from gleaner_mini.generator import documents, layouts  # noqa: E402
from gleaner_mini.generator.layouts import html, platypus  # noqa: E402

# One document of each family, with a kind that it draws.
TRAINED = [*layouts.PAGES, *layouts.ROLLS, *layouts.LABELS, *platypus.FLOWS, *html.STYLES]
HELD_OUT = [
    *layouts.HELD_OUT_PAGES,
    *layouts.HELD_OUT_ROLLS,
    *layouts.HELD_OUT_LABELS,
    *platypus.HELD_OUT_FLOWS,
    *html.HELD_OUT_STYLES,
]
KINDS = ["invoice", "purchase_order", "statement", "delivery_note", "application", "claim", "letter", "receipt"]


def kind_of(family: str, number: int) -> str:
    if family in layouts.ROLLS or family in layouts.HELD_OUT_ROLLS:
        return "receipt"
    return "shipping_label" if "label" in family else KINDS[number % len(KINDS)]


@pytest.fixture(scope="session")
def sample() -> list[documents.Document]:
    """Two documents of each family."""
    made = []
    for number, family in enumerate(TRAINED + HELD_OUT):
        split = "held-out" if family in HELD_OUT else "train"
        made += [documents.make(seed, split, kind_of(family, number + 3 * seed), family=family) for seed in (1, 2)]
    return made
