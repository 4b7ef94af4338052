#!/usr/bin/env python3
"""Chat goldens for the other versions of Tekken's instruct format: out/tokenizer/chats_versions.json.

The conversations of chats.json, and some of which v11 has no golden, encoded by mistral-common with the same vocabulary
under another version. Images are known by size only.
"""
import json
import tempfile
from pathlib import Path

from mistral_common.tokens.tokenizers.mistral import MistralTokenizer

import reference_inputs as inputs
from make_reference import to_request, write_json

OUT = Path(__file__).resolve().parent / "out/tokenizer"
VERSIONS = ["v3", "v7", "v11", "v13"]


def call(call_id, name="get_weather", arguments='{"city": "Paris"}'):
    return {"id": call_id, "name": name, "arguments": arguments}


def result(call_id, content):
    return {"role": "tool", "tool_call_id": call_id, "content": content}


TOOL = {"name": "get_weather", "description": "Weather", "parameters": {"type": "object", "properties": {}}}
U, S = (lambda c: {"role": "user", "content": c}), (lambda c: {"role": "system", "content": c})
A = lambda c=None, calls=(), **more: {"role": "assistant", "content": c, "tool_calls": list(calls), **more}
TWO = [call("abcdefgh1"), call("abcdefgh2", arguments='{"city":"Bonn","days":2.50}')]

MORE = [
    {"name": "results in another order than the calls", "tools": [TOOL],
     "messages": [U("a"), A(calls=TWO), result("abcdefgh2", "two"), result("abcdefgh1", "one")]},
    {"name": "results that are JSON", "tools": [TOOL],
     "messages": [U("a"), A(calls=TWO), result("abcdefgh1", '{"t":21.50,"sky":"é"}'), result("abcdefgh2", "[1,2]")]},
    {"name": "result without text", "tools": [TOOL], "messages": [U("a"), A(calls=TWO[:1]), result("abcdefgh1", "")]},
    {"name": "ids of another form", "tools": [TOOL], "messages": [U("a"), A(calls=[call("call_1")]), result("call_1", "x")]},
    {"name": "arguments that are not JSON", "tools": [TOOL],
     "messages": [U("a"), A(calls=[call("abcdefgh1", arguments="city=Paris")]), result("abcdefgh1", "x")]},
    {"name": "system before several turns", "tools": [TOOL], "messages": [S("sys"), U("a"), A("b"), U("c")]},
    {"name": "system before an image", "messages": [
        S("sys"), U([{"type": "image", "size": [100, 60]}, {"type": "text", "text": "What?"}])]},
    {"name": "system before text and image", "messages": [
        S("sys"), U([{"type": "text", "text": "What?"}, {"type": "image", "size": [100, 60]}])]},
    {"name": "system without text", "messages": [S(""), U("a")]},
    {"name": "system and call", "tools": [TOOL], "messages": [S("sys"), U("a"), A(calls=TWO[:1]), result("abcdefgh1", "x")]},
    {"name": "system alone", "messages": [S("sys")]},
    {"name": "assistant first, with system", "messages": [S("sys"), A("b"), U("c")]},
]


def tokenizer(folder, version):
    """The full vocabulary under another version."""
    document = json.loads((OUT / "tekken_v11_full.json").read_text(encoding="utf-8"))
    document["config"]["version"] = version
    document["image"] = document.pop("multimodal")
    path = Path(folder) / f"tekken_{version}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return MistralTokenizer.from_file(str(path))


def main():
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        for version in VERSIONS:
            mistral = tokenizer(folder, version)
            known = [] if version == "v11" else [dict(c, of="chats.json") for c in inputs.CONVERSATIONS]
            for conversation in known + MORE:
                case = {"version": version, "name": conversation["name"]}
                if "of" not in conversation:
                    case |= {"messages": conversation["messages"], "tools": conversation.get("tools", [])}
                try:
                    encoded = mistral.encode_chat_completion(to_request(conversation))
                    case |= {"ids": encoded.tokens, "images_chw": [list(image.shape) for image in encoded.images]}
                except Exception as error:  # some are refused by some versions
                    case["error"] = type(error).__name__
                cases.append(case)
    write_json(OUT / "chats_versions.json", {"tokenizer": "tekken_v11_full.json", "cases": cases})


if __name__ == "__main__":
    main()
