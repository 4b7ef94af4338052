"""Greedy tokens of Gleaner beside those of llama.cpp: the same GGUF file, the same prompts as token ids.

    python -m venv venv && venv/bin/pip install llama-cpp-python numpy
    venv/bin/python greedy.py model.gguf --prompts 8 --tokens 32

Both read each prompt and write tokens greedily; at every place both are given the tokens that llama.cpp wrote, so that
one difference does not make all others. A place counts where llama.cpp's likeliest token leads the second by more than
`--margin` logits: below that, the rounding of quantised activations decides. `gleaner generate --tokens` is asked for the
log probabilities of one token behind each prefix.

Control tokens but the end of the sequence are left out on both sides, as no text of Gleaner's holds one.

Prints one line for each prompt and the share of places that agree, all and those above the margin.
"""

import argparse
import json
import random
import shlex
import subprocess

import llama_cpp
import numpy as np
from llama_cpp import Llama


def forbidden_tokens(model):
    """The control tokens but the end of the sequence."""
    vocabulary = llama_cpp.llama_model_get_vocab(model.model)
    return [
        token for token in range(model.n_vocab())
        if token != model.token_eos() and llama_cpp.llama_vocab_is_control(vocabulary, token)
    ]


def llama_places(model, forbidden, prompt, count):
    """The tokens that llama.cpp writes behind a prompt, and by how much each leads the second."""
    model.reset()
    model.eval(prompt)
    places = []
    for _ in range(count):
        logits = np.array(model.scores[model.n_tokens - 1])
        logits[forbidden] = -np.inf
        first, second = np.argsort(logits)[::-1][:2]
        places.append((int(first), float(logits[first] - logits[second])))
        model.eval([int(first)])
    return places


def gleaner_choices(command, path, prefixes):
    """The likeliest token behind each prefix, by Gleaner; None for the end of the sequence."""
    lines = "".join(json.dumps(prefix) + "\n" for prefix in prefixes)
    run = subprocess.run(
        [*command, "generate", "--model", path, "--tokens", "-", "--max-tokens", "1", "--temperature", "0", "--json"],
        input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line)["choices"][0]["tokens"] for line in run.stdout.splitlines()]
    return [answer[0] if answer else None for answer in answers]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("model")
    arguments.add_argument("--gleaner", default=".build/release/gleaner", type=shlex.split)
    arguments.add_argument("--prompts", type=int, default=8)
    arguments.add_argument("--length", type=int, default=24, help="tokens of a prompt")
    arguments.add_argument("--tokens", type=int, default=32, help="tokens written behind it")
    arguments.add_argument("--margin", type=float, default=0.1, help="lead in logits from which a place counts")
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()

    model = Llama(
        options.model, n_ctx=options.length + options.tokens + 8, n_threads=options.threads, logits_all=True,
        verbose=False)
    forbidden = forbidden_tokens(model)
    everywhere, clear = [], []
    for number in range(options.prompts):
        choose = random.Random(number)
        prompt = [1] + [choose.randrange(1000, model.n_vocab()) for _ in range(options.length - 1)]
        places = llama_places(model, forbidden, prompt, options.tokens)
        written = [token for token, _ in places]
        theirs = [None if token == model.token_eos() else token for token in written]
        prefixes = [prompt + written[:count] for count in range(options.tokens)]
        ours = gleaner_choices(options.gleaner, options.model, prefixes)
        agree = [mine == other for mine, other in zip(ours, theirs)]
        everywhere += agree
        clear += [same for same, (_, margin) in zip(agree, places) if margin > options.margin]
        print(f"prompt {number}: {sum(agree)} of {len(agree)} places", flush=True)
    print(f"all places: {sum(everywhere)} of {len(everywhere)}")
    print(f"led by more than {options.margin}: {sum(clear)} of {len(clear)}")


if __name__ == "__main__":
    main()
