"""Reads the held-out receipts with the gleaner binary and prints exact match per field.

`python -m gleaner_mini.evaluate [--gleaner BINARY] [--model DIR] [--first 300] [--count 200]`

Receipts 0 to 299 may be looked at while a model is trained; from 300 on they are for the figures that are published.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

from . import documents

ROOT = Path(__file__).parents[2]
FIELDS = ["merchant", "date", "receipt_number", "currency", "total"]


def edit_distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gleaner", default=str(ROOT / ".build/release/gleaner"))
    parser.add_argument("--model", default=str(ROOT / "models/gleaner-mini"))
    parser.add_argument("--first", type=int, default=300, help="number of the first receipt")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--show", type=int, default=0, help="print this many wrong values")
    arguments = parser.parse_args()
    right, wrong_characters, characters = Counter(), Counter(), Counter()
    items_right = items_expected = items_found = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        chosen = islice(documents.held_out_receipts(arguments.first + arguments.count), arguments.first, None)
        for number, (seed, columns, rows) in enumerate(chosen):
            record = documents.write_pdf(folder / f"receipt-{number:03d}.pdf", seed, columns, rows)
            (folder / f"receipt-{number:03d}.json").write_text(record)
        files = sorted(folder.glob("*.pdf"))
        run = subprocess.run([arguments.gleaner, "extract", "--json", "--model", arguments.model, "--schema",
                              str(ROOT / "schemas/receipt.json"), *map(str, files)], stdout=subprocess.PIPE, text=True)
        answers = {Path(a["file"]).name: a["record"] for a in map(json.loads, run.stdout.splitlines())}
        seconds = [json.loads(line)["seconds"]["total"] for line in run.stdout.splitlines()]
        for file in files:
            expected, found = json.loads(file.with_suffix(".json").read_text()), answers.get(file.name)
            for field in FIELDS:
                a, b = expected[field], (found or {}).get(field)
                right[field] += a == b
                wrong_characters[field] += edit_distance(str(a), str(b))
                characters[field] += len(str(a))
                if a != b and arguments.show > 0:
                    arguments.show -= 1
                    print(f"{file.name} {field}: expected {a!r}, found {b!r}")
            wanted = Counter(json.dumps(i) for i in expected["items"])
            got = Counter(json.dumps(i) for i in (found or {}).get("items", []))
            items_right += sum((wanted & got).values())
            items_expected += sum(wanted.values())
            items_found += sum(got.values())
    count = len(files)
    print(f"{count} held-out receipts, {len(answers)} records, median {sorted(seconds)[len(seconds) // 2] if seconds else 0:.2f} s each")
    for field in FIELDS:
        print(f"{field:15} {right[field] / count:6.1%} exact   {wrong_characters[field] / characters[field]:6.1%} characters wrong")
    print(f"{'mean':15} {sum(right.values()) / count / len(FIELDS):6.1%} exact")
    print(f"{'items':15} {2 * items_right / max(1, items_expected + items_found):6.1%} F1 of whole rows")


if __name__ == "__main__":
    main()
