"""Gleaner's grammar beside llguidance: the same schemas, instances and tokenizer, one core, one run, in turns.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python masks.py --tokenizer tekken.json ../../Tests/Reference/Schemas/*.jsonl

Lines are `{"name": …, "schema": …, "tests": [{"data": …, "valid": true}, …]}`. For each schema: the time to compile
it; for each valid instance, serialised compactly and tokenised, the time of the mask before each token; and the verdict
on every instance. Gleaner answers through `gleaner schema bench`, one line a schema:

    {"compiled": true, "refused": null, "compile_us": …, "mask_us": […], "forced": …,
     "tests": [{"validator": true, "automaton": true}, …]}

Times are those of the clock: measure on a quiet machine.
"""

import argparse
import base64
import ctypes
import json
import os
import pathlib
import shlex
import subprocess
import sys
import time

os.environ["RAYON_NUM_THREADS"] = "1"

from llguidance import LLMatcher, LLTokenizer

COMPACT = {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class Result:
    """What one tool made of one schema; times in microseconds."""

    def __init__(self, compiled, refused, compile_us, mask_us, verdicts):
        self.compiled = compiled
        self.refused = refused
        self.compile_us = compile_us
        self.mask_us = mask_us
        self.verdicts = verdicts


class LLGuidance:
    name = "llguidance"

    def __init__(self, tokenizer_path):
        tekken = json.loads(pathlib.Path(tokenizer_path).read_text(encoding="utf-8"))
        count = tekken["config"]["default_vocab_size"]
        specials = tekken["config"]["default_num_special_tokens"]
        ranks = {
            base64.b64decode(entry["token_bytes"]): entry["rank"] + specials
            for entry in tekken["vocab"][: count - specials]
        }
        names = {entry["token_str"]: entry["rank"] for entry in tekken["special_tokens"]}
        # The library's own choice of slices for JSON: its fastest setting.
        self.tokenizer = LLTokenizer.from_tiktoken(
            encoder=ranks,
            special_tokens=names,
            pattern=tekken["config"]["pattern"],
            eos_token=names["</s>"],
            n_vocab=count,
            slices=LLTokenizer.json_slices(),
        )
        self.mask = ctypes.create_string_buffer((count + 31) // 32 * 4)

    def run(self, entries):
        return [self.one(entry) for entry in entries]

    def one(self, entry):
        text = json.dumps(entry["schema"])
        begin = time.perf_counter_ns()
        matcher = LLMatcher(self.tokenizer, LLMatcher.grammar_from_json_schema(text, overrides=COMPACT), log_level=0)
        compile_us = (time.perf_counter_ns() - begin) / 1000
        if matcher.is_error():
            reason = " ".join(matcher.get_error().split())[:200]
            return Result(False, reason, compile_us, [], [None] * len(entry["tests"]))
        times, verdicts = [], []
        for test in entry["tests"]:
            tokens = self.tokenizer.tokenize_str(compact(test["data"]))
            matcher.reset()
            if test["valid"]:
                verdicts.append(self.follow(matcher, tokens, times))
            else:
                verdicts.append(matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting())
        return Result(True, None, compile_us, times, verdicts)

    def follow(self, matcher, tokens, times):
        """Computes the mask before each token, then takes the token; whether the text is allowed to its end.

        The verdict is that of the tokens taken: where bytes are forced, the library's masks hold no other tokenisation
        of them than its own, and the instance may be tokenised in another way.
        """
        address, size = ctypes.addressof(self.mask), ctypes.sizeof(self.mask)
        for token in tokens:
            begin = time.perf_counter_ns()
            matcher.unsafe_compute_mask_ptr(address, size)
            times.append((time.perf_counter_ns() - begin) / 1000)
            if matcher.try_consume_tokens([token]) != 1:
                return False
        return matcher.is_accepting()


class Gleaner:
    name = "gleaner"

    def __init__(self, command):
        self.command = shlex.split(command)

    def run(self, entries):
        lines = "".join(compact({"schema": e["schema"], "tests": e["tests"]}) + "\n" for e in entries)
        done = subprocess.run(self.command, input=lines.encode(), stdout=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"{shlex.join(self.command)} ended with {done.returncode}")
        answers = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
        if len(answers) != len(entries):
            sys.exit(f"{shlex.join(self.command)} answered {len(answers)} lines to {len(entries)}")
        return [self.result(answer, entry) for answer, entry in zip(answers, entries)]

    @staticmethod
    def result(answer, entry):
        verdicts = [test.get("automaton") for test in answer.get("tests") or []]
        verdicts += [None] * (len(entry["tests"]) - len(verdicts))
        return Result(
            answer["compiled"], answer["refused"], answer.get("compile_us") or 0, answer.get("mask_us") or [], verdicts
        )


def quantile(values, share):
    """The smallest value that at least this share of all values do not exceed."""
    if not values:
        return float("nan")
    values = sorted(values)
    return values[min(len(values) - 1, max(0, -(-int(share * 10000) * len(values) // 10000) - 1))]


def summary(tool, subset, results, entries, chosen):
    """A row of the table over the schemas at the indices `chosen`."""
    compiled = [i for i in chosen if results[i].compiled]
    compiles = [results[i].compile_us for i in compiled]
    masks = [time for i in compiled for time in results[i].mask_us]
    rejected = accepted = valid = invalid = 0
    for i in compiled:
        for test, verdict in zip(entries[i]["tests"], results[i].verdicts):
            if test["valid"]:
                valid += 1
                rejected += verdict is not True
            else:
                invalid += 1
                accepted += verdict is not False
    mean = sum(masks) / len(masks) if masks else float("nan")
    return [
        tool,
        subset,
        f"{len(compiled)}/{len(chosen)}",
        f"{100 * len(compiled) / max(1, len(chosen)):.1f} %",
        *(f"{quantile(compiles, share):.0f}" for share in (0.5, 0.95, 1)),
        *(f"{quantile(masks, share):.1f}" for share in (0.5, 0.95, 0.99, 1)),
        f"{mean:.1f}",
        str(len(masks)),
        f"{rejected}/{valid}",
        f"{accepted}/{invalid}",
    ]


HEADER = [
    "tool",
    "schemas",
    "compiled",
    "share",
    "compile p50",
    "p95",
    "max",
    "mask p50",
    "p95",
    "p99",
    "max",
    "mean",
    "masks",
    "valid rejected",
    "invalid accepted",
]


def print_table(rows):
    widths = [max(len(row[column]) for row in [HEADER, *rows]) for column in range(len(HEADER))]
    for row in [HEADER, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")


def print_disagreements(tool, results, entries):
    for entry, result in zip(entries, results):
        if not result.compiled:
            print(f"{tool} refused {entry['name']}: {result.refused}")
            continue
        for test, verdict in zip(entry["tests"], result.verdicts):
            if verdict is not test["valid"]:
                word = "rejected valid" if test["valid"] else "accepted invalid"
                print(f"{tool} {word} {entry['name']}: {compact(test['data'])[:300]}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("corpus", nargs="+", type=pathlib.Path, help="JSON Lines of schemas and instances")
    arguments.add_argument("--tokenizer", required=True, help="tekken.json")
    arguments.add_argument(
        "--gleaner",
        help="the command that reads lines (default: .build/release/gleaner schema bench "
        "--tokenizer TOKENIZER); `none` leaves it out",
    )
    arguments.add_argument("--core", type=int, default=0, help="the core that everything runs on")
    arguments.add_argument("--details", action="store_true", help="list refusals and wrong verdicts first")
    arguments.add_argument("--json", type=pathlib.Path, help="write all times and verdicts to this file")
    options = arguments.parse_args()
    os.sched_setaffinity(0, {options.core})
    tools = [LLGuidance(options.tokenizer)]
    if options.gleaner != "none":
        root = pathlib.Path(__file__).resolve().parents[2]
        tools.append(
            Gleaner(
                options.gleaner
                or f"{shlex.quote(str(root / '.build/release/gleaner'))} schema bench "
                f"--tokenizer {shlex.quote(options.tokenizer)}"
            )
        )
    entries, results = [], {tool.name: [] for tool in tools}
    tools[0].run([{"schema": {"type": "object"}, "tests": [{"data": {}, "valid": True}]}])
    for number, path in enumerate(options.corpus):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        entries += lines
        # In turns, and each first as often as the other.
        for tool in tools if number % 2 == 0 else reversed(tools):
            results[tool.name] += tool.run(lines)
    everything = range(len(entries))
    common = [i for i in everything if all(results[tool.name][i].compiled for tool in tools)]
    if options.details:
        for tool in tools:
            print_disagreements(tool.name, results[tool.name], entries)
    print(f"{len(entries)} schemas, {sum(len(e['tests']) for e in entries)} instances; times in microseconds, one core")
    print_table(
        [
            summary(tool.name, subset, results[tool.name], entries, chosen)
            for subset, chosen in (("all", everything), ("compiled by both", common))
            for tool in tools
        ]
    )
    if options.json:
        options.json.write_text(
            json.dumps(
                {name: [vars(r) | {"name": e["name"]} for r, e in zip(rows, entries)] for name, rows in results.items()}
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
