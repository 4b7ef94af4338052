#!/usr/bin/env python3
"""Tiny random models of relatives of Mistral Small 3.2, with what transformers computes: out/relatives/.

pixtral: the shape of Pixtral 12B, in Hugging Face's form and in Mistral's. ministral3: that of Ministral 3, as safetensors and
as GGUF, with positions beyond the original length. yarn.json: frequencies of YaRN for several settings.

    OMP_NUM_THREADS=1 nice venv/bin/python make_relatives.py
"""
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import json
import shutil
from pathlib import Path

import gguf
import numpy as np
import safetensors.numpy
import torch
import transformers
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

OUT = Path(__file__).resolve().parent / "out/relatives"
VOCAB, IMG, BREAK, END = 320, 10, 12, 13


def randomize(model, seed):
    """Weights that keep the size of what they multiply, and norms around 1."""
    generator = torch.Generator().manual_seed(seed)
    for name, weight in sorted(model.named_parameters()):
        values = torch.randn(weight.shape, generator=generator)
        if "embed_tokens" in name:
            weight.data = values
        elif weight.dim() > 1:
            weight.data = values / np.sqrt(weight[0].numel())
        else:
            weight.data = 0.3 * values if name.endswith("bias") else 1 + 0.1 * values


def image_tokens(rows, columns):
    row = [IMG] * columns
    return sum([row + [BREAK if number < rows - 1 else END] for number in range(rows)], [])


@torch.no_grad()
def golden(model, ids, pixels):
    """Image features and logits of one prompt."""
    sizes = torch.tensor([pixels.shape[-2:]])
    inputs = {"input_ids": torch.tensor([ids]), "pixel_values": pixels[None], "image_sizes": sizes}
    # Features as text embeddings receive them, whatever the class calls the function that makes them.
    features = model.model.get_image_features(pixel_values=pixels[None], image_sizes=sizes,
                                              vision_feature_layer=-1).pooler_output[0]
    return {
        "input_ids": np.array(ids, np.int64), "pixel_values": pixels.numpy(), "features": features.numpy(),
        "logits": model(**inputs).logits[0].numpy(),
    }


def save(folder, model, tensors):
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    safetensors.numpy.save_file({k: np.ascontiguousarray(v) for k, v in tensors.items()}, str(folder / "golden.safetensors"))


def adjacent(weight, heads):
    """Rows of queries or keys from Hugging Face's order (halves of a head) to Mistral's (neighbours)."""
    rows = weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1)
    return np.ascontiguousarray(rows.swapaxes(1, 2).reshape(weight.shape))


def pixtral():
    text = transformers.MistralConfig(
        vocab_size=VOCAB, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=32, max_position_embeddings=1024, rms_norm_eps=1e-5, sliding_window=None,
        rope_parameters={"rope_type": "default", "rope_theta": 1e9})
    vision = transformers.PixtralVisionConfig(
        hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, image_size=128, patch_size=16,
        hidden_act="silu", rope_parameters={"rope_type": "axial", "rope_theta": 10000.0})
    config = transformers.LlavaConfig(
        text_config=text, vision_config=vision, image_token_index=IMG, vision_feature_layer=-1,
        vision_feature_select_strategy="full", projector_hidden_act="gelu", tie_word_embeddings=False)
    model = transformers.LlavaForConditionalGeneration(config).eval()
    randomize(model, 1)
    pixels = torch.randn((3, 96, 64), generator=torch.Generator().manual_seed(2))
    ids = [1, 3] + image_tokens(6, 4) + [50, 60, 70, 80, 4]
    save(OUT / "pixtral", model, golden(model, ids, pixels))
    native(OUT / "pixtral", OUT / "pixtral-native", text, vision)


def native(source, folder, text, vision):
    """The same weights in Mistral's form."""
    weights = safetensors.numpy.load_file(str(source / "model.safetensors"))
    parts = {"q_proj": "wq", "k_proj": "wk", "v_proj": "wv", "o_proj": "wo", "gate_proj": "w1", "down_proj": "w2", "up_proj": "w3",
             "self_attn": "attention", "mlp": "feed_forward", "input_layernorm": "attention_norm",
             "post_attention_layernorm": "ffn_norm", "linear_1": "w_in", "linear_2": "w_out",
             "multi_modal_projector": "vision_language_adapter", "vision_tower": "vision_encoder", "embed_tokens": "tok_embeddings",
             "lm_head": "output"}
    result = {}
    for name, weight in weights.items():
        heads = {"q_proj": text.num_attention_heads, "k_proj": text.num_key_value_heads}.get(name.split(".")[-2])
        if heads:
            weight = adjacent(weight, vision.num_attention_heads if name.startswith("vision_tower") else heads)
        short = name.removeprefix("language_model.").removeprefix("model.")
        result[".".join(parts.get(part, part) for part in short.split("."))] = weight
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    safetensors.numpy.save_file(result, str(folder / "consolidated.safetensors"))
    params = {
        "dim": 64, "n_layers": 2, "head_dim": 32, "hidden_dim": 96, "n_heads": 4, "n_kv_heads": 2, "rope_theta": 1e9,
        "norm_eps": 1e-5, "vocab_size": VOCAB, "max_position_embeddings": 1024,
        "vision_encoder": {
            "hidden_size": 32, "num_channels": 3, "image_size": 128, "max_image_size": 128, "patch_size": 16, "rope_theta": 10000.0,
            "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2, "adapter_bias": True,
            "image_token_id": IMG, "image_break_token_id": BREAK, "image_end_token_id": END,
        },
    }
    (folder / "params.json").write_text(json.dumps(params, indent=1) + "\n")


YARN = {
    "rope_type": "yarn", "rope_theta": 1e6, "factor": 16.0, "original_max_position_embeddings": 64, "beta_fast": 32.0,
    "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "llama_4_scaling_beta": 0.1,
}


def ministral3():
    text = transformers.Ministral3Config(
        vocab_size=VOCAB, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=32, max_position_embeddings=1024, rope_parameters=dict(YARN), tie_word_embeddings=True)
    vision = transformers.PixtralVisionConfig(
        hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, image_size=140, patch_size=14,
        hidden_act="silu", rope_parameters={"rope_type": "axial", "rope_theta": 10000.0})
    config = transformers.Mistral3Config(
        text_config=text, vision_config=vision, image_token_index=IMG, vision_feature_layer=-1, tie_word_embeddings=True)
    model = transformers.Mistral3ForConditionalGeneration(config).eval()
    randomize(model, 3)
    model.tie_weights()
    pixels = torch.randn((3, 56, 84), generator=torch.Generator().manual_seed(4))
    ids = [1, 3] + image_tokens(2, 3) + [20 + (7 * n) % 290 for n in range(170)] + [4]
    folder = OUT / "ministral3"
    save(folder, model, golden(model, ids, pixels))
    text_gguf(folder, OUT / "ministral3.gguf")


def text_gguf(folder, path):
    """The decoder as GGUF, as llama.cpp's converter writes it."""
    weights = safetensors.numpy.load_file(str(folder / "model.safetensors"))
    writer = gguf.GGUFWriter(str(path), "mistral3")
    writer.add_type("model")
    for add, value in [
        (writer.add_block_count, 2), (writer.add_context_length, 1024), (writer.add_embedding_length, 64),
        (writer.add_feed_forward_length, 96), (writer.add_head_count, 4), (writer.add_head_count_kv, 2),
        (writer.add_key_length, 32), (writer.add_value_length, 32), (writer.add_rope_dimension_count, 32),
        (writer.add_rope_freq_base, YARN["rope_theta"]), (writer.add_layer_norm_rms_eps, 1e-5), (writer.add_vocab_size, VOCAB),
        (writer.add_rope_scaling_type, gguf.RopeScalingType.YARN), (writer.add_rope_scaling_factor, YARN["factor"]),
        (writer.add_rope_scaling_orig_ctx_len, YARN["original_max_position_embeddings"]),
        (writer.add_rope_scaling_yarn_beta_fast, YARN["beta_fast"]), (writer.add_rope_scaling_yarn_beta_slow, YARN["beta_slow"]),
        (writer.add_rope_scaling_yarn_log_mul, YARN["mscale_all_dim"]),
        (writer.add_attn_temperature_scale, YARN["llama_4_scaling_beta"]),
    ]:
        add(value)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("tekken")
    writer.add_token_list([f"<SPECIAL_{n}>" for n in range(VOCAB)])
    writer.add_token_types([3] * VOCAB)
    parts = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
             "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
             "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
    prefix = "language_model.model."
    for name, weight in sorted(weights.items()):
        if not name.startswith(prefix):
            continue
        short = name.removeprefix(prefix)
        if short.startswith("layers."):
            _, number, part = short.removesuffix(".weight").split(".", 2)
            if part.endswith(("q_proj", "k_proj")):
                weight = adjacent(weight, 4 if part.endswith("q_proj") else 2)
            short = f"blk.{number}.{parts[part]}.weight"
        else:
            short = {"embed_tokens.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}[short]
        writer.add_tensor(short, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def yarn():
    """Frequencies and attention factors as transformers computes them."""
    cases = []
    base = {"rope_theta": 1e6, "factor": 16.0, "original_max_position_embeddings": 16384}
    for dimension, change in [
        (128, {}), (128, {"mscale": 1.0, "mscale_all_dim": 1.0}), (128, {"mscale": 0.7, "mscale_all_dim": 1.3}),
        (128, {"attention_factor": 1.25}), (64, {"beta_fast": 4.0, "beta_slow": 1.0}), (128, {"truncate": False}),
        (32, {"factor": 4.0, "original_max_position_embeddings": 64}), (128, {"rope_theta": 1e8, "factor": 2.5}), (128, {"factor": 1.0}),
    ]:
        parameters = dict(base, rope_type="yarn", **change) if not set(change) & set(base) else {**base, "rope_type": "yarn", **change}
        config = transformers.MistralConfig(
            hidden_size=dimension * 4, num_attention_heads=4, head_dim=dimension, max_position_embeddings=262144,
            rope_parameters=dict(parameters))
        frequencies, factor = ROPE_INIT_FUNCTIONS["yarn"](config, "cpu")
        cases.append({"head_dim": dimension, "rope_parameters": parameters, "inverse_frequencies": [float(f) for f in frequencies],
                      "attention_factor": float(factor)})
    (OUT / "yarn.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    pixtral()
    ministral3()
    yarn()
