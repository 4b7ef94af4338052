"""The prompt of an extraction: the same text that Gleaner's Swift code writes (Sources/Extraction/ExtractionPrompt.swift)."""
from __future__ import annotations

import json
from pathlib import Path

INSTRUCTION = ("Read every page of the document and answer with one JSON value that follows this JSON Schema. "
               "Copy what is printed; invent nothing.\n")
SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "receipt.json").read_text())


def schema_for(properties: list[str] | None) -> dict:
    """The receipt schema, or the part of it with these properties in this order."""
    if properties is None or properties == list(SCHEMA["properties"]):
        return SCHEMA
    return SCHEMA | {"properties": {p: SCHEMA["properties"][p] for p in properties}, "required": list(properties)}


def system_prompt(properties: list[str] | None) -> str:
    return INSTRUCTION + json.dumps(schema_for(properties), ensure_ascii=False, separators=(",", ":"))
