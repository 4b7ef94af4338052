"""Makes seeds for fuzzing the readers of models: make_model_seeds.py REFERENCE FOLDER.

Writes FOLDER/{gguf,safetensors,tekken,configuration}/*, a dictionary of keys FOLDER/model.dict, and the rest of the
models that the fuzzed files may be a part of: FOLDER/model.gguf, params.json, config.json, shard.safetensors. Headers
come from the reference models, without their data.
"""

import json
import re
import struct
import sys
from pathlib import Path

reference, folder = Path(sys.argv[1]), Path(sys.argv[2])
words = set()


def save(kind, name, data):
    (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / kind / name).write_bytes(data)
    words.update(word for word in re.findall(rb"[A-Za-z_][A-Za-z0-9_.]{2,40}", data[:9000]))


# safetensors: eight bytes with the length of the header, and the header
for path in sorted(reference.glob("**/*.safetensors")):
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    save("safetensors", f"{path.parent.name}-{path.stem}", data[: 8 + length])
types = ["F64", "F32", "F16", "BF16", "I64", "I32", "U8", "BOOL", "F8_E4M3"]
sizes = [8, 4, 2, 2, 8, 4, 1, 1, 1]
header, end = {"__metadata__": {"format": "pt\u00e9"}}, 0
for type, size in zip(types, sizes):
    header[type] = {"dtype": type, "shape": [2, 3], "data_offsets": [end, end + 6 * size]}
    end += 6 * size
header["none"] = {"dtype": "F32", "shape": [2, 0], "data_offsets": [0, 0]}
text = json.dumps(header).encode()
save("safetensors", "types", struct.pack("<Q", len(text)) + text + bytes(range(end)))
for path in sorted(reference.glob("**/*.index.json")):
    save("safetensors", "index", path.read_bytes())
shard = {"weight_map": {"a": "model-00001-of-00001.safetensors"}}
save("safetensors", "index-small", json.dumps(shard).encode())

one = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
(folder / "shard.safetensors").write_bytes(struct.pack("<Q", len(one)) + one + bytes(4))
(folder / "params.json").write_bytes((reference / "model/native-bf16/params.json").read_bytes())
(folder / "config.json").write_bytes((reference / "model/hf-bf16/config.json").read_bytes())

# settings
for name in ["config.json", "params.json"]:
    for path in sorted(reference.glob(f"**/{name}")):
        save("configuration", f"{path.parent.name}-{name}", json.dumps(json.loads(path.read_bytes())).encode())

# tekken.json with the fewest tokens that are allowed, and a few more
whole = json.loads((reference / "tokenizer/tekken_v11_tiny.json").read_bytes())
specials = 40
for extra in [0, 40]:
    small = json.loads(json.dumps(whole))
    small["config"]["default_num_special_tokens"] = specials
    small["config"]["default_vocab_size"] = specials + 256 + extra
    small["vocab"] = [
        {"rank": token["rank"], "token_bytes": token["token_bytes"]} for token in whole["vocab"][: 256 + extra]
    ]
    small["special_tokens"] = whole["special_tokens"][:specials]
    save("tekken", f"small-{extra}", json.dumps(small, separators=(",", ":")).encode())
small.pop("special_tokens")
small["config"]["version"] = "v3"
save("tekken", "without-special-tokens", json.dumps(small, separators=(",", ":")).encode())

# GGUF
UINT32, INT32, FLOAT, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def pair(key, value):
    if isinstance(value, bool):
        return string(key) + struct.pack("<IB", BOOL, value)
    if isinstance(value, int):
        return string(key) + struct.pack("<II", UINT32, value)
    if isinstance(value, float):
        return string(key) + struct.pack("<If", FLOAT, value)
    if isinstance(value, str):
        return string(key) + struct.pack("<I", STRING) + string(value)
    start = string(key) + struct.pack("<I", ARRAY)
    if isinstance(value[0], str):
        return start + struct.pack("<IQ", STRING, len(value)) + b"".join(map(string, value))
    if isinstance(value[0], float):
        return start + struct.pack(f"<IQ{len(value)}f", FLOAT, len(value), *value)
    return start + struct.pack(f"<IQ{len(value)}i", INT32, len(value), *value)


def gguf(metadata, tensors):
    """Metadata by key; tensors of F32 by name, with their extents, the innermost first."""
    data = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    data += b"".join(pair(key, value) for key, value in metadata.items())
    offset = 0
    for name, extents in tensors.items():
        data += string(name) + struct.pack(f"<I{len(extents)}QIQ", len(extents), *extents, 0, offset)
        count = 4
        for extent in extents:
            count *= extent
        offset += (count + 31) & ~31
    return data + bytes(-len(data) % 32) + bytes(offset)


def alphabet():
    """The characters that stand for the 256 bytes, as in GPT-2."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return [chr(byte) if byte in printable else chr(0x100 + others.index(byte)) for byte in range(256)]


controls = [token["token_str"] for token in whole["special_tokens"][:specials]]
tokens = controls + alphabet() + ["ab", "abc", "\u0120a"]
tokenizer = {
    "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "tekken", "tokenizer.ggml.tokens": tokens,
    "tokenizer.ggml.token_type": [3] * specials + [1] * (len(tokens) - specials),
    "tokenizer.chat_template": "[CALL_ID] [ARGS]",
}
settings = {
    "embedding_length": 8, "block_count": 1, "attention.head_count": 2, "attention.head_count_kv": 1,
    "feed_forward_length": 8, "vocab_size": len(tokens), "context_length": 64,
    "attention.layer_norm_rms_epsilon": 1e-5,
}
scaling = {
    "rope.freq_base": 1e6, "rope.dimension_count": 4, "attention.key_length": 4, "attention.value_length": 4,
    "rope.scaling.type": "yarn", "rope.scaling.factor": 16.0, "rope.scaling.original_context_length": 16,
    "rope.scaling.yarn_beta_fast": 32.0, "rope.scaling.yarn_beta_slow": 1.0,
    "rope.scaling.yarn_log_multiplier": 1.0, "attention.temperature_scale": 0.1,
}
tensors = {"token_embd.weight": [8, len(tokens)], "blk.0.attn_q.weight": [8, 8]}


def model(architecture, more, tokenizer=tokenizer):
    named = {f"{architecture}.{key}": value for key, value in (settings | more).items()}
    return gguf({"general.architecture": architecture, "general.name": "small"} | named | tokenizer, tensors)


(folder / "model.gguf").write_bytes(model("llama", {}))
save("gguf", "llama", model("llama", {}))
save("gguf", "mistral3", model("mistral3", scaling))
few = tokenizer | {"tokenizer.ggml.tokens": ["a", "b"], "tokenizer.ggml.token_type": [1, 1]}
save("gguf", "few-tokens", model("mistral3", scaling, few))
save("gguf", "split", gguf({"split.no": 0, "split.count": 2, "split.tensors.count": 2}, tensors))
save("gguf", "values", gguf({"general.alignment": 64, "a": [1.5, 2.0], "b": [1, -1], "c": ["", "x"], "d": True}, {}))
for path in sorted(reference.glob("**/mmproj*.gguf")):
    vision = path.read_bytes()[:8192]
    save("gguf", path.stem, vision)
    # The same for the width of the small model.
    save("gguf", path.stem + "-narrow", vision.replace(struct.pack("<II", UINT32, 96), struct.pack("<II", UINT32, 8)))

numbers = ["0", "1e9", "4611686018427387904", "9223372036854775807", "18446744073709551615"]
with open(folder / "model.dict", "w") as file:
    for word in sorted(word.decode() for word in words) + numbers:
        file.write(f'"{word}"\n')
