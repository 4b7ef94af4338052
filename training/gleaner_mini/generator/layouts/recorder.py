"""What was drawn where: every word with its box, the fields that it prints and the block that it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..blocks import Run, Text

ASCENT, DESCENT = 0.78, 0.22  # of a word's box around its baseline, in ems


@dataclass
class Word:
    page: int  # from 0
    text: str
    box: tuple[float, float, float, float]  # left, top, right, bottom in points from the page's upper left corner
    fields: list[str]
    block: int
    decoration: bool = False  # a stamp or watermark: on the page, but no part of its text


@dataclass
class Recorder:
    words: list[Word] = field(default_factory=list)
    block: int = 0

    def next_block(self):
        self.block += 1

    def add(self, page: int, text: str, box, fields: list[str], decoration: bool = False):
        self.words.append(Word(page, text, tuple(round(v, 2) for v in box), fields, self.block, decoration))


@dataclass
class Token:
    """A word, possibly of several runs."""

    runs: list[Run]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def fields(self) -> list[str]:
        return list(dict.fromkeys(path for run in self.runs for path in run.field.split()))


def tokens(value: Text) -> list[Token]:
    """The words of a text, split at spaces."""
    found: list[Token] = []
    open_word = False
    for run in value:
        for k, piece in enumerate(run.text.split(" ")):
            if k:
                open_word = False
            if not piece:
                continue
            if not open_word:
                found.append(Token([]))
            found[-1].runs.append(Run(piece, run.field))
            open_word = True
    return found
