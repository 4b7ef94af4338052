"""Trains one stage: `python -m gleaner_mini.train glyphs|lines|blocks|receipts --minutes 20 --checkpoint FILE`.

Every stage starts from the checkpoint if it exists and writes it every few minutes and when it is stopped, atomically.
"""
from __future__ import annotations

import argparse
import os
import signal
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from . import batches, tokenizer as tk
from .export import load_exported
from .model import Mini, Shape
from .optimiser import optimisers


def stage_batch(stage: str, seed: int) -> batches.Batch:
    if stage == "glyphs":
        return batches.receipts(seed, 8) if seed % 3 == 2 else batches.blocks(seed, 16, 12, 6)
    if stage == "lines":
        return batches.blocks(seed, 64, 12, 1) if seed % 3 else batches.blocks(seed, 32, 12, 2)
    if stage == "blocks":
        return batches.blocks(seed, 24, 12, 2 + seed % 3)
    return batches.receipts(seed, 8) if seed % 10 else batches.blocks(seed, 16, 12, 5)


def losses(model: Mini, batch: batches.Batch, stage: str):
    """Loss and a dictionary of accuracies."""
    x, rows, columns = model.tower_output(batch.pixels)
    seen = model.see_characters(x).view(*batch.characters.shape, -1).float()
    printed = batch.characters > 0
    figures = {"glyphs": (seen.argmax(-1) == batch.characters)[printed].float().mean().item()}
    dense = F.cross_entropy(seen.flatten(0, 2), batch.characters.flatten())
    # Empty patches are most of a page and easy: the printed ones count again by themselves.
    dense = dense + F.cross_entropy(seen[printed], batch.characters[printed])
    dense = dense + F.cross_entropy(model.see_field(x).float().flatten(0, 1), batch.fields.flatten())
    dense = dense + 0.5 * F.cross_entropy(model.see_ordinal(x).float().flatten(0, 1), batch.ordinals.flatten())
    if stage == "glyphs":
        return dense, figures
    logits = model.decode(batch.prefix, batch.ids, model.image_features(x, rows, columns), batch.first).float()
    counted = batch.targets != tk.PAD
    each = F.cross_entropy(logits.flatten(0, 1), batch.targets.flatten(), reduction="none").view_as(batch.targets)
    written = (each * batch.weights)[counted].sum() / batch.weights[counted].sum()
    right = (logits.argmax(-1) == batch.targets) | ~counted
    kind = "receipt" if len(batch.prefix) > 2 else "text"
    figures[kind] = right[counted].float().mean().item()
    figures[kind + " whole"] = right.all(1).float().mean().item()
    figures[kind + " loss"] = written.item()
    return written + 0.15 * dense, figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("stage", choices=["glyphs", "lines", "blocks", "receipts"])
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--begin-with", type=Path, help="a model folder whose weights to start from while there is no checkpoint")
    parser.add_argument("--first-batch", type=int, default=0, help="of a run without a checkpoint: batches seen before need not come again")
    parser.add_argument("--rate", type=float, default=0.02, help="of Muon")
    parser.add_argument("--adam-rate", type=float, default=0.003)
    parser.add_argument("--cooldown", type=float, default=0.0, help="share of the time over which the rate falls to nothing")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--bfloat16", action="store_true", help="mixed precision: pays on a GPU, not on a CPU")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    model = Mini(Shape(vocabulary=batches.TOKENIZER.size)).to(arguments.device)
    chosen = optimisers(model, arguments.rate, arguments.adam_rate)
    seed = arguments.first_batch
    if arguments.begin_with and not arguments.checkpoint.exists():
        load_exported(model, arguments.begin_with)
    if arguments.checkpoint.exists():
        saved = torch.load(arguments.checkpoint, map_location=arguments.device)
        model.load_state_dict(saved["model"])
        for optimiser, state in zip(chosen, saved["optimisers"]):
            rates = [g["lr"] for g in optimiser.param_groups]
            optimiser.load_state_dict(state)
            for group, rate in zip(optimiser.param_groups, rates):
                group["lr"] = rate
        seed = saved["seed"]
    base = [[g["lr"] for g in o.param_groups] for o in chosen]
    print(f"{arguments.stage}: {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {arguments.device}, first batch {seed}", flush=True)

    def save():
        partial = arguments.checkpoint.with_suffix(".partial")
        torch.save({"model": model.state_dict(), "optimisers": [o.state_dict() for o in chosen], "seed": seed}, partial)
        os.replace(partial, arguments.checkpoint)

    start = last_save = time.time()
    mean: dict[str, float] = {}
    step = 0
    stopped = False

    def stop(*_):
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    while not stopped:
        share = (time.time() - start) / (arguments.minutes * 60)
        if share >= 1:
            break
        factor = min(1, (step + 1) / 50)
        if arguments.cooldown and share > 1 - arguments.cooldown:
            factor *= max(0.02, (1 - share) / arguments.cooldown)
        for optimiser, rates in zip(chosen, base):
            for group, rate in zip(optimiser.param_groups, rates):
                group["lr"] = rate * factor
        batch = stage_batch(arguments.stage, seed)
        for name, value in vars(batch).items():
            if isinstance(value, torch.Tensor):
                setattr(batch, name, value.to(arguments.device))
        with torch.autocast(arguments.device, torch.bfloat16, enabled=arguments.bfloat16):
            loss, figures = losses(model, batch, arguments.stage)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in chosen:
            optimiser.step()
            optimiser.zero_grad()
        seed += 1
        step += 1
        for name, value in figures.items():
            mean[name] = value if name not in mean else 0.97 * mean[name] + 0.03 * value
        if step % 25 == 0:
            print(f"{arguments.stage} {step} {time.time() - start:.0f} s " + " ".join(f"{n} {v:.3f}" for n, v in sorted(mean.items())), flush=True)
        if time.time() - last_save > 180:
            save()
            last_save = time.time()
    save()
    print(f"{arguments.stage} done: {step} steps", flush=True)


if __name__ == "__main__":
    main()
