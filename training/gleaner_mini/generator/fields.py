"""What schemas call the fields, and how they describe them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Field:
    type: str
    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    options: tuple[str, ...] = ()  # of an enumeration


@cache
def table() -> dict[str, Field]:
    fields = {}
    for line in Path(__file__).with_name("fields.txt").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        path, _, rest = line.partition(": ")
        kind, _, rest = rest.partition("; ")
        names, _, descriptions = rest.partition(" | ")
        options = tuple(kind[1:-1].split()) if kind.startswith("(") else ()
        fields[path] = Field(
            "enum" if options else kind,
            tuple(n.strip() for n in names.split(",")),
            tuple(d.strip() for d in descriptions.split(" / ")),
            options,
        )
    return fields


def lookup(path: str, value=None) -> Field:
    """The field of a path with open rows ("lines[].amount"); `value` tells an object from a string of the same name."""
    fields, leaf = table(), path.rpartition(".")[2]
    if isinstance(value, dict) and f"*.{leaf}_object" in fields:
        leaf += "_object"
    return fields.get(path) or fields[f"*.{leaf}"]
