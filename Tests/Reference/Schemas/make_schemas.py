"""Writes the schema corpus: one JSON Lines file a style, each line a schema with labelled instances.

    python -m venv venv && venv/bin/pip install -r requirements.txt && nice venv/bin/python make_schemas.py

Schemas come from `corpus/styles`, instances from `corpus/sampler.py` and `corpus/mutations.py`, and every label from the
Python package `jsonschema`. The same sources give the same files.
"""

import argparse
import importlib
import json
import pathlib
import pkgutil
import random
import sys
import time

from corpus import labels, mutations, notation, sampler
from corpus import styles as style_package

DRAFTS = ["2020", "2020", "7", "2019", "2020", "7"]
VALID, INVALID = 6, 9


def entry(style, name, variant, draft, function):
    label = f"{style}/{name}" + (f"-{variant + 1}" if variant else "")
    variety = notation.Variety(f"{style}/{name}", variant)
    written = function(variety)
    if draft is None:
        choice = DRAFTS[variety.randrange(len(DRAFTS))]
        draft = "2019" if choice == "7" and notation.needs_later_draft(written) else choice
    written = notation.annotated(written, label, variety)
    # What has no `$schema` is of the draft 2020-12.
    hinted = notation.lowered(written, draft, named=draft != "2020" or variety.chance(0.6))
    schema = notation.published(hinted)
    check_references(label, schema)
    tests = instances(label, hinted, schema, draft)
    return {"name": label, "style": style, "schema": schema, "tests": tests}


def check_references(label, schema):
    """Fails where a reference leads nowhere: `jsonschema` would tell only when an instance gets there."""
    places = sampler.Sampler(schema, None, None)

    def look(node):
        try:
            places.target(node.get("$ref", "#"))
        except (KeyError, IndexError, TypeError) as error:
            raise SystemExit(f"{label}: no {node['$ref']}") from error
        return node

    notation.map_schema(schema, look)


def instances(label, hinted, schema, draft):
    judge = labels.Judge(schema, draft)
    generator = random.Random(label)
    draws = sampler.Sampler(hinted, judge, generator)
    valid, traces = [], []
    for fullness in [0, 1, 0.5, 0.7, 0.3, 0.9, 0.5, 0.8, 0.2, 0.6, 1, 0.4]:
        value, trace = draws.instance(fullness)
        if trace is not None and all(not sampler.same(value, v) for v in valid) and short(value):
            valid.append(value)
            traces.append(trace)
        if len(valid) == VALID:
            break
    by_kind = {}
    edges = []
    known = mutations.tags(schema)
    for value, trace in zip(valid, traces):
        mutants = list(mutations.mutations(value, trace.flat, generator))
        mutants += mutations.swapped(value, trace.flat, known, generator)
        generator.shuffle(mutants)
        for kind, mutant in mutants[:120]:
            if sampler.same(mutant, value) or not short(mutant) or not mutations.plain_ascii(mutant):
                continue
            if not judge.accepts(mutant):
                by_kind.setdefault(kind, []).append(mutant)
            elif kind in ("edge", "null", "without", "repeat") and len(edges) < 40:
                edges.append((kind, mutant))
    tests = [{"data": v, "valid": True} for v in valid]
    generator.shuffle(edges)
    edges.sort(key=lambda e: e[0] != "edge")
    for _, mutant in edges[: max(2, 4 - len(valid))]:
        if all(not sampler.same(mutant, t["data"]) for t in tests):
            tests.append({"data": mutant, "valid": True})
    kinds = list(by_kind)
    generator.shuffle(kinds)
    bad = []
    while len(bad) < INVALID and any(by_kind.values()):
        for kind in kinds:
            if by_kind[kind] and len(bad) < INVALID:
                mutant = by_kind[kind].pop()
                if all(not sampler.same(mutant, b) for b in bad):
                    bad.append(mutant)
    return tests + [{"data": b, "valid": False} for b in bad]


def short(value):
    return len(json.dumps(value)) < 3500


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--only", help="names that contain this text")
    arguments.add_argument("--output", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    options = arguments.parse_args()
    for module in sorted(m.name for m in pkgutil.iter_modules(style_package.__path__)):
        importlib.import_module(f"corpus.styles.{module}")
    files, weak, total = {}, [], 0
    for style, name, variants, draft, function in notation.REGISTRY:
        if options.only and options.only not in f"{style}/{name}":
            continue
        for variant in range(variants):
            begin = time.time()
            line = entry(style, name, variant, draft, function)
            good = sum(t["valid"] for t in line["tests"])
            if good < 4 or len(line["tests"]) - good < 6:
                weak.append((line["name"], good, len(line["tests"]) - good))
            if time.time() - begin > 2:
                print(f"slow: {line['name']} {time.time() - begin:.1f} s", file=sys.stderr, flush=True)
            files.setdefault(style, []).append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
            total += 1
    for style, lines in files.items():
        (options.output / f"{style}.jsonl").write_text("".join(text + "\n" for text in lines), encoding="utf-8")
    size = sum((options.output / f"{style}.jsonl").stat().st_size for style in files)
    print(f"{total} schemas in {len(files)} files, {size / 1e6:.2f} MB; too few tests: {weak}")
    return bool(weak)


if __name__ == "__main__":
    sys.exit(main())
