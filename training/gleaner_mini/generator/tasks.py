"""Questions about a document with their answers: records under a sampled schema, transcriptions."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from ..prompt import INSTRUCTION
from . import reading
from .documents import Document, text_of, to_json, truth
from .fields import Field, lookup
from .kinds import KINDS
from .layouts.recorder import Word
from .words import LANGUAGES
from .words import language as words_of

TRANSCRIBE = "Write down everything that is printed on the page, line by line, in reading order."
# Left, top, right, bottom in thousandths of the page.
TRANSCRIBE_REGION = (
    "Write down what is printed between ({}, {}) and ({}, {}), "
    "in thousandths of the page's width and height, line by line."
)
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN"]
OBJECTS = (
    "supplier",
    "customer",
    "buyer",
    "ship_to",
    "merchant",
    "bank",
    "account_holder",
    "recipient",
    "sender",
    "organisation",
    "payment",
)


@dataclass
class Task:
    kind: str  # extract, transcribe or region
    pages: list[int]  # the pages that are shown
    system: str  # the system prompt
    answer: str
    schema: dict | None = None


class SchemaSampler:
    """Draws one schema for a document's record, and the record under it."""

    def __init__(self, r: random.Random, document: Document):
        self.r, self.document = r, document
        self.describe = r.choice([0.0, 0.3, 0.7, 1.0])  # share of the fields with a description
        self.rename = r.choice([0.0, 0.0, 0.4, 0.9])
        self.style = r.choice(["snake", "snake", "camel", "words"])
        self.bounds = r.random() < 0.4  # lengths on strings
        self.native = r.random() < 0.12  # keys in the document's language
        self.nullable = r.choice([0.15, 0.5, 1.0])  # how often a field that is there may be null as well

    def sample(self) -> tuple[dict, dict]:
        r, record = self.r, dict(self.document.sheet.truth)
        names = [name for name in record if r.random() < 0.9] or list(record)
        if r.random() < 0.6:
            names = r.sample(names, r.randint(1, len(names)))
        if r.random() < 0.3:
            r.shuffle(names)
        if r.random() < 0.15:  # one that this kind never has
            names.append(
                r.choice(
                    [
                        n
                        for n in ("iban", "due_date", "tracking_number", "policy_number", "birth_date", "till")
                        if n not in record
                    ]
                )
            )
            record[names[-1]] = None
        properties, answer = {}, {}
        for name in names:
            self.add(name, name, record[name], properties, answer)
        if r.random() < 0.2:
            key = self.unused(self.styled(r.choice(["document_type", "kind", "type"])), properties)
            properties[key] = {"enum": self.shuffled(list(KINDS))}
            answer[key] = self.document.sheet.kind
        if r.random() < 0.1:
            key = self.unused(self.styled("language"), properties)
            properties[key] = {
                "enum": self.shuffled(list(LANGUAGES)),
                "description": "Language of the document, ISO 639-1",
            }
            answer[key] = self.document.sheet.language
        if not properties:
            return self.sample()
        if r.random() < 0.12 and len(properties) > 3:
            properties, answer = self.grouped(properties, answer)
        schema = self.object(properties)
        if r.random() < 0.6:
            schema = {"title": self.document.sheet.kind.replace("_", " ").capitalize()} | schema
        return schema, answer

    def shuffled(self, values: list) -> list:
        self.r.shuffle(values)
        return values

    def object(self, properties: dict) -> dict:
        return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}

    def grouped(self, properties: dict, answer: dict) -> tuple[dict, dict]:
        """Some properties moved into an object of their own."""
        inner = self.r.sample(list(properties), self.r.randint(2, len(properties) - 1))
        key = self.unused(self.styled(self.r.choice(["details", "header", "general", "data"])), properties)
        inside = {name: properties[name] for name in properties if name in inner}
        outside = {name: properties[name] for name in properties if name not in inner}
        order = lambda value, group: {key: group} | value if self.first else value | {key: group}
        self.first = self.r.random() < 0.5
        return order(outside, self.object(inside)), order(
            {n: answer[n] for n in outside}, {n: answer[n] for n in inside}
        )

    # Keys

    def styled(self, name: str) -> str:
        parts = name.split("_")
        if self.style == "camel":
            return parts[0] + "".join(part.capitalize() for part in parts[1:])
        return " ".join(parts).capitalize() if self.style == "words" else name

    def unused(self, key: str, taken: dict) -> str:
        while key in taken:
            key += "2" if self.style == "camel" else "_2"
        return key

    def key(self, name: str, field: Field, taken: dict) -> str:
        words = words_of(self.document.sheet.language)
        if self.native and name in words and not name.startswith("title"):
            return self.unused(self.r.choice(words.trained(name)).strip(" .:?"), taken)
        if self.r.random() < self.rename:
            name = self.r.choice(field.names)
        return self.unused(self.styled(name), taken)

    # Values

    def add(self, path: str, name: str, value, properties: dict, answer: dict):
        """One field with all that is below it."""
        r, field = self.r, lookup(path, value)
        if isinstance(value, list):
            schema, value = self.array(path, value, field)
        elif isinstance(value, dict) or value is None and name in OBJECTS and path != "payment.bank":
            if isinstance(value, dict) and r.random() < 0.3:  # its fields beside the others: supplier_name
                for inner in self.subset(list(value)):
                    self.add(f"{path}.{inner}", f"{name}_{inner}", value[inner], properties, answer)
                return
            schema, value = self.nested(path, value)
        else:
            schema, value = self.leaf(path, value, field)
        if r.random() < self.describe and field.descriptions[0] and "enum" not in schema:
            schema = (
                {"description": r.choice(field.descriptions)}
                | schema
                | ({"description": schema["description"]} if "description" in schema else {})
            )
        key = self.key(name, field, properties)
        properties[key], answer[key] = schema, value

    def subset(self, names: list[str]) -> list[str]:
        return [n for n in names if self.r.random() < 0.75] or names[:1]

    def nested(self, path: str, value: dict | None) -> tuple[dict, dict | None]:
        properties, answer = {}, {}
        for name in self.subset(list(value or ["name", "street", "postal_code", "city"])):
            self.add(f"{path}.{name}", name, (value or {}).get(name), properties, answer)
        schema = self.object(properties)
        if value is None:
            return schema | {"type": ["object", "null"]}, None
        return schema | ({"type": ["object", "null"]} if self.r.random() < 0.15 else {}), answer

    def array(self, path: str, rows: list[dict], field: Field) -> tuple[dict, list]:
        r = self.r
        columns = list(rows[0]) if rows else ["rate", "base", "amount"]
        most = {"maxItems": r.choice([100, 200, 300])} if r.random() < 0.3 else {}
        plain = [
            c
            for c in ("description", "amount", "rate", "article_number")
            if rows and all(row.get(c) is not None for row in rows)
        ]
        if plain and r.random() < 0.12:  # one column alone
            name = r.choice(plain)
            item, _ = self.leaf(f"{path}[].{name}", rows[0][name], lookup(f"{path}[].{name}"), strict=True)
            return {"type": "array", "items": self.unbounded(item)} | most, [row[name] for row in rows]
        chosen = self.subset(columns)
        present = {name: [row[name] is not None for row in rows] for name in chosen}
        properties: dict = {}
        first: dict = {}
        template = {name: next((row[name] for row in rows if row[name] is not None), None) for name in chosen}
        keys = {}
        for name in chosen:
            before = set(properties)
            self.add(f"{path}[].{name}", name, template[name], properties, first)
            keys[name] = (set(properties) - before).pop()
            if not all(present[name]):
                properties[keys[name]] = self.with_null(properties[keys[name]])
            properties[keys[name]] = self.unbounded(properties[keys[name]])
        return {"type": "array", "items": self.object(properties)} | most, [
            {keys[n]: row[n] for n in chosen} for row in rows
        ]

    def unbounded(self, schema: dict) -> dict:
        """Without lengths, which were drawn for the first row."""
        keep = "format" in schema or "pattern" in schema or schema.get("minLength") == schema.get("maxLength")
        return schema if keep else {k: v for k, v in schema.items() if k not in ("minLength", "maxLength")}

    def with_null(self, schema: dict) -> dict:
        if "enum" in schema:
            return schema if None in schema["enum"] else schema | {"enum": schema["enum"] + [None]}
        kind = schema["type"]
        return schema if isinstance(kind, list) else schema | {"type": [kind, "null"]}

    def leaf(self, path: str, value, field: Field, strict: bool = False) -> tuple[dict, object]:
        r = self.r
        if field.type == "enum":
            options = list(field.options)
            if path.endswith("currency"):
                options = r.sample([c for c in CURRENCIES if c != value], r.randint(1, 6)) + ([value] if value else [])
            schema: dict = {"enum": self.shuffled(options)}
        elif field.type == "date":
            schema = {"type": "string"} | r.choice(
                [
                    {"format": "date"},
                    {"minLength": 10, "maxLength": 10},
                    {"pattern": "^\\d{4}-\\d{2}-\\d{2}$"},
                    {"description": f"{field.descriptions[0]}, YYYY-MM-DD"},
                ]
            )
            value = value.isoformat() if hasattr(value, "isoformat") else value
        elif field.type == "time":
            schema = {"type": "string"} | r.choice(
                [{}, {"pattern": "^\\d{2}:\\d{2}$"}, {"minLength": 5, "maxLength": 5}]
            )
        elif field.type in ("number", "integer", "boolean"):
            schema = {"type": field.type}
        else:
            schema = {"type": "string"}
            if self.bounds:
                schema |= {"minLength": 1, "maxLength": max(r.choice([40, 60, 100, 200, 500]), len(value or ""))}
        if value is None or not strict and r.random() < self.nullable * 0.5:
            schema = self.with_null(schema)
        return schema, value


def extraction(document: Document, r: random.Random) -> Task:
    schema, answer = SchemaSampler(r, document).sample()
    system = INSTRUCTION + json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return Task("extract", list(range(len(document.drawing.sizes))), system, to_json(answer), schema)


def transcription(document: Document, r: random.Random) -> Task:
    page = r.randrange(len(document.drawing.sizes))
    return Task("transcribe", [page], TRANSCRIBE, text_of(truth(document, [], {})["pages"][page]))


def region(document: Document, r: random.Random) -> Task:
    """A rectangle around a few neighbouring words, a little larger than they are."""
    number = r.randrange(len(document.drawing.sizes))
    width, height = document.drawing.sizes[number]
    lines = reading.page_lines(document.drawing.recorder.words, number)
    every: list[Word] = [word for line in lines for word in line]
    if not every:
        return transcription(document, r)
    middle = r.choice(every).box
    reach = (r.uniform(20, width * 0.6), r.uniform(4, height * 0.25))
    left, top = max(0, middle[0] - reach[0] * r.random()), max(0, middle[1] - reach[1] * r.random())
    corners = [
        left / width,
        top / height,
        min(width, left + reach[0]) / width,
        min(height, max(top + reach[1], middle[3])) / height,
    ]
    permille = [round(1000 * corner) for corner in corners]
    box = tuple(p / 1000 * side for p, side in zip(permille, (width, height, width, height)))
    return Task("region", [number], TRANSCRIBE_REGION.format(*permille), reading.region_text(lines, box))


def sample(document: Document, r: random.Random) -> Task:
    return r.choices([extraction, transcription, region], [0.7, 0.15, 0.15])[0](document, r)
