"""gleaner-mini's Tekken vocabulary: 64 special tokens, the 256 bytes, and whole pieces of prompts and JSON.

Only whole pieces of the prompt become tokens. Tekken looks a whole piece up before it merges pairs, so a schema is short, while
words that stand on a page are spelled byte by byte: reading is learned per character.
"""
from __future__ import annotations

import base64
import json
from collections import Counter

import regex

from . import prompt

PATTERN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+"
           r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
SPLIT = regex.compile(PATTERN)
SPECIAL_COUNT = 64
NAMED = {0: "<unk>", 1: "<s>", 2: "</s>", 3: "[INST]", 4: "[/INST]", 5: "[AVAILABLE_TOOLS]", 6: "[/AVAILABLE_TOOLS]",
         7: "[TOOL_RESULTS]", 8: "[/TOOL_RESULTS]", 9: "[TOOL_CALLS]", 10: "[IMG]", 11: "<pad>", 12: "[IMG_BREAK]", 13: "[IMG_END]",
         14: "[PREFIX]", 15: "[MIDDLE]", 16: "[SUFFIX]", 17: "[SYSTEM_PROMPT]", 18: "[/SYSTEM_PROMPT]", 19: "[TOOL_CONTENT]",
         32: "[ARGS]", 33: "[CALL_ID]"}
BEGIN, END, INST, INST_END, IMAGE, PAD, IMAGE_BREAK, IMAGE_END, SYSTEM, SYSTEM_END = 1, 2, 3, 4, 10, 11, 12, 13, 17, 18

# Pieces that JSON Schemas and records are made of beyond those of the receipt schema itself.
EXTRA = ['{"', '":"', '":', '","', '"},', '},{"', '"}', '"]', '":[{"', '}],"', '":{"', '"}}', '":["', '"]}', '"],"', ',"', '}}', '":[', '[]',
         '":[],"', '":{', '"},"', '}},"', "invoice", "address", "customer", "phone", "name", "number", "boolean", "null", "enum", "const",
         "anyOf", "price", "tax", "vat", "subtotal", "due", "unit", "rate", "percent", "page", "document", "supplier", "city", "country",
         "code", "reference", "order", "email", "iban", "true", "false", "pattern", "format", "minimum", "maximum"]


def pieces(text: str) -> list[str]:
    return SPLIT.findall(text)


def vocabulary() -> list[bytes]:
    """Token bytes by rank."""
    counts = Counter(pieces(prompt.system_prompt(None)))
    for name in prompt.SCHEMA["properties"]:
        counts.update(pieces(prompt.system_prompt([name])))
    whole = [p.encode() for p in sorted(set(counts) | set(EXTRA)) if len(p.encode()) > 1]
    accented = [c.encode() for c in "äöüÄÖÜßéèêàâçñóíáúôîûëïœæøåÉÈÀÇÑ£"]
    return [bytes([b]) for b in range(256)] + whole + [a for a in accented if a not in whole]


class Tokenizer:
    def __init__(self):
        self.tokens = vocabulary()
        self.ranks = {t: k for k, t in enumerate(self.tokens)}
        self.size = SPECIAL_COUNT + len(self.tokens)

    def encode(self, text: str) -> list[int]:
        ids = []
        for piece in pieces(text):
            data = piece.encode()
            if data in self.ranks:
                ids.append(SPECIAL_COUNT + self.ranks[data])
                continue
            parts = [bytes([b]) for b in data]
            while len(parts) > 1:
                best = min(range(len(parts) - 1), key=lambda k: self.ranks.get(parts[k] + parts[k + 1], 1 << 30))
                if parts[best] + parts[best + 1] not in self.ranks:
                    break
                parts[best:best + 2] = [parts[best] + parts[best + 1]]
            ids += [SPECIAL_COUNT + self.ranks[p] for p in parts]
        return ids

    def decode(self, ids: list[int]) -> str:
        return b"".join(self.tokens[i - SPECIAL_COUNT] for i in ids if i >= SPECIAL_COUNT).decode("utf-8", "replace")

    def tekken(self, image_size: int) -> dict:
        """The contents of tekken.json."""
        def text(token: bytes):
            try:
                return token.decode()
            except UnicodeDecodeError:
                return None
        return {
            "config": {"pattern": PATTERN, "num_vocab_tokens": len(self.tokens), "default_vocab_size": self.size,
                       "default_num_special_tokens": SPECIAL_COUNT, "version": "v11"},
            "vocab": [{"rank": k, "token_bytes": base64.b64encode(t).decode(), "token_str": text(t)} for k, t in enumerate(self.tokens)],
            "special_tokens": [{"rank": k, "token_str": NAMED.get(k, f"<SPECIAL_{k}>"), "is_control": True} for k in range(SPECIAL_COUNT)],
            "image": {"image_patch_size": 14, "max_image_size": image_size, "spatial_merge_size": 2},
        }


if __name__ == "__main__":
    t = Tokenizer()
    print(t.size, len(t.encode(prompt.system_prompt(None))), json.dumps(t.decode(t.encode(prompt.system_prompt(["total"])))))
