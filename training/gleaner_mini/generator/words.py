"""Word lists from text files: "name: word; word | held out". What follows the bar is never trained on."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
FOLDER = Path(__file__).parent / "languages"
# In held-out documents this share of the labels has a held-out wording: forms that one meets are never all new.
HELD_OUT_SHARE = 0.6
NAMES = ("stems", "trades", "first_names", "last_names", "streets")  # always held out in held-out documents


class WordList:
    """One file of lists, each in two parts: what is trained on, and what is held out."""

    def __init__(self, path: Path):
        self.lists: dict[str, tuple[list[str], list[str]]] = {}
        for line in path.read_text().splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            name, _, rest = line.partition(": ")
            trained, _, held_out = rest.partition(" | ")
            self.lists[name] = tuple([w.strip() for w in part.split(";") if w.strip()] for part in (trained, held_out))

    def __contains__(self, name: str) -> bool:
        return name in self.lists

    def trained(self, name: str) -> list[str]:
        return self.lists[name][0]

    def held_out(self, name: str) -> list[str]:
        return self.lists[name][1]

    def pick(self, r: random.Random, name: str, held_out: bool) -> str:
        trained, kept = self.lists[name]
        if held_out and kept and (name in NAMES or r.random() < HELD_OUT_SHARE):
            return r.choice(kept)
        return r.choice(trained)

    def starting(self, prefix: str) -> list[str]:
        """The names that start with this prefix, without it."""
        return [name[len(prefix) :] for name in self.lists if name.startswith(prefix)]


@cache
def language(code: str) -> WordList:
    return WordList(FOLDER / f"{code}.txt")
