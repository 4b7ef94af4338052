"""What a document consists of, before anybody says where it stands: text tagged with the fields it prints."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """A piece of text; `field` is the path of the value it prints ("lines[2].amount"), or empty."""

    text: str
    field: str = ""


Text = tuple[Run, ...]


def text(*parts: str | Run | Text) -> Text:
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, tuple):
            runs += part
        else:
            runs.append(Run(part) if isinstance(part, str) else part)
    return tuple(run for run in runs if run.text)


def plain(value: Text) -> str:
    return "".join(run.text for run in value)


@dataclass
class Pair:
    label: str
    value: Text
    strong: bool = False


@dataclass
class Facts:
    """Labels with their values: numbers and dates at the head of a document, bank details, a summary."""

    pairs: list[Pair]
    heading: str = ""


@dataclass
class Totals:
    pairs: list[Pair]


@dataclass
class Party:
    label: str
    lines: list[Text]


@dataclass
class Column:
    label: str
    align: str  # l, r or c
    wraps: bool = False  # takes what width is left, and breaks lines


@dataclass
class Table:
    """Rows of cells, each cell a list of lines."""

    columns: list[Column]
    rows: list[list[list[Text]]]
    main: bool = True  # the line items, rather than a summary


@dataclass
class Prose:
    paragraphs: list[Text]
    small: bool = False
    strong: bool = False


@dataclass
class Entry:
    """One box of a form: a value, or options of which one is ticked."""

    label: str
    value: Text = ()
    options: list[tuple[Text, bool]] = field(default_factory=list)
    wide: bool = False


@dataclass
class Section:
    heading: str
    entries: list[Entry]


@dataclass
class Code:
    symbology: str  # code128, ean13 or qr
    payload: str
    caption: Text = ()


@dataclass
class Signature:
    label: str
    name: Text = ()


Block = Facts | Totals | Table | Prose | Section | Code | Signature | Party


@dataclass
class Sheet:
    """A whole document. `truth` is the tree of canonical fields; None stands for what is not printed."""

    kind: str
    language: str
    truth: dict
    title: Text
    name: Text  # of the firm or person whose letterhead it is
    issuer: Party
    parties: list[Party]
    facts: Facts
    body: list[Block]
    footer: list[list[Text]] = field(default_factory=list)
    tagline: str = ""
    stamp: str = ""
    watermark: str = ""
    page_of: str = ""
    carried: str = ""
