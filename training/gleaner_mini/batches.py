"""Batches of one picture size: pixels, patch labels, decoder input and targets."""
from __future__ import annotations

import random
import re
from dataclasses import dataclass

import numpy as np
import torch

from . import prompt, samples, tokenizer as tk
from .samples import CELL

TOKENIZER = tk.Tokenizer()
# Values that are short and have no words to guess from: their tokens count three times.
HARD_VALUES = re.compile(rb'"(?:date|receipt_number)":"([^"]*)"')
HARD_WEIGHT = 3.0


@dataclass
class Batch:
    pixels: torch.Tensor  # (batch, H, W) uint8
    characters: torch.Tensor  # (batch, patches, SLOTS)
    fields: torch.Tensor  # (batch, patches)
    ordinals: torch.Tensor  # (batch, patches)
    prefix: torch.Tensor  # (P,)
    ids: torch.Tensor  # (batch, T): image tokens, [/INST], answer
    targets: torch.Tensor  # (batch, T - first): next tokens from [/INST] on, PAD where none
    weights: torch.Tensor  # as targets: how much each token counts
    first: int


def image_tokens(columns: int, rows: int) -> list[int]:
    out = []
    for row in range(rows):
        out += [tk.IMAGE] * columns + [tk.IMAGE_END if row == rows - 1 else tk.IMAGE_BREAK]
    return out


def prefix_for(properties: list[str] | None, transcribe: bool) -> list[int]:
    if transcribe:
        return [tk.BEGIN, tk.INST]
    return [tk.BEGIN, tk.SYSTEM] + TOKENIZER.encode(prompt.system_prompt(properties)) + [tk.SYSTEM_END, tk.INST]


def token_weights(text: str, answer: list[int]) -> list[float]:
    hard = [m.span(1) for m in HARD_VALUES.finditer(text.encode())]
    weights, position = [], 0
    for token in answer:
        weights.append(HARD_WEIGHT if any(a <= position < b for a, b in hard) else 1.0)
        position += len(TOKENIZER.tokens[token - tk.SPECIAL_COUNT]) if token >= tk.SPECIAL_COUNT else 0
    return weights


def assemble(group: list[samples.Sample], columns: int, rows: int, prefix: list[int]) -> Batch:
    labels = [samples.patch_labels(s) for s in group]
    head = image_tokens(columns, rows) + [tk.INST_END]
    answers = [TOKENIZER.encode(s.text) + [tk.END] for s in group]
    longest = max(map(len, answers))
    ids = torch.full((len(group), len(head) + longest - 1), tk.PAD)
    targets = torch.full((len(group), longest), tk.PAD)
    for k, answer in enumerate(answers):
        ids[k, :len(head)] = torch.tensor(head)
        ids[k, len(head):len(head) + len(answer) - 1] = torch.tensor(answer[:-1])
        targets[k, :len(answer)] = torch.tensor(answer)
    weights = torch.ones(len(group), longest)
    for k, answer in enumerate(answers):
        weights[k, :len(answer)] = torch.tensor(token_weights(group[k].text, answer))
    stack = lambda n: torch.from_numpy(np.stack([x[n] for x in labels]))
    return Batch(torch.from_numpy(np.stack([s.pixels for s in group])), stack(0).flatten(1, 2), stack(1).flatten(1), stack(2).flatten(1),
                 torch.tensor(prefix), ids, targets, weights, len(head) - 1)


def blocks(seed: int, size: int, columns: int, rows: int) -> Batch:
    r = random.Random(seed)
    group = []
    while len(group) < size:
        s = samples.text_block(r, columns, rows)
        if s.text:
            group.append(s)
    return assemble(group, columns, rows, prefix_for(None, True))


def receipts(seed: int, size: int, widest: int = 13, tallest: int = 19, subsets: float = 0.65) -> Batch:
    """Receipts of one page size; some batches ask for a part of the fields, in another order.

    Line items are most of a whole record: parts leave them out nine times in ten, so that the single fields get their share.
    """
    r = random.Random(seed)
    columns, rows = r.randint(11, widest), r.randint(11, tallest)
    names = list(prompt.SCHEMA["properties"])
    properties = None
    if r.random() < subsets:
        asked = [n for n in names if r.random() < {"items": 0.1, "date": 0.9, "receipt_number": 0.9}.get(n, 0.6)] or names[:1]
        properties = r.sample(asked, len(asked))
    group, k = [], 0
    while len(group) < size:
        s = samples.receipt_sample(seed * 1000 + k, columns, rows, properties=properties)
        k += 1
        if s is not None:
            group.append(s)
    return assemble(group, columns, rows, prefix_for(properties, False))
