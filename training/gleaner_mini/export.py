"""Writes a checkpoint as a Hugging Face folder: config.json, model.safetensors (bf16), tekken.json; reads its weights back."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .batches import TOKENIZER
from .model import Mini, Shape

# Name in this package -> name in the file, for one block of the tower and of the decoder.
TOWER = {"attention_norm": "attention_norm", "ffn_norm": "ffn_norm", "q": "attention.q_proj", "k": "attention.k_proj", "v": "attention.v_proj",
         "o": "attention.o_proj", "gate": "feed_forward.gate_proj", "up": "feed_forward.up_proj", "down": "feed_forward.down_proj"}
DECODER = {"attention_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "q": "self_attn.q_proj", "k": "self_attn.k_proj",
           "v": "self_attn.v_proj", "o": "self_attn.o_proj", "gate": "mlp.gate_proj", "up": "mlp.up_proj", "down": "mlp.down_proj"}
SINGLE = {"patch_conv": "vision_tower.patch_conv", "ln_pre": "vision_tower.ln_pre", "merge_norm": "multi_modal_projector.norm",
          "merge": "multi_modal_projector.patch_merger.merging_layer", "project_in": "multi_modal_projector.linear_1",
          "project_out": "multi_modal_projector.linear_2", "embedding": "language_model.model.embed_tokens",
          "norm": "language_model.model.norm", "output": "language_model.lm_head"}


def exported_name(name: str) -> str | None:
    """The name in the file of a parameter of this package; None for the heads, which are not exported."""
    parts = name.removesuffix(".weight").split(".")
    if parts[0].startswith("see_"):
        return None
    if parts[0] == "tower":
        target = f"vision_tower.transformer.layers.{parts[1]}.{TOWER[parts[2]]}"
    elif parts[0] == "decoder":
        target = f"language_model.model.layers.{parts[1]}.{DECODER[parts[2]]}"
    else:
        target = SINGLE[parts[0]]
    return target + ".weight"


def tensors(model: Mini, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    out = {}
    for name, value in model.state_dict().items():
        target = exported_name(name)
        if target is None:
            continue
        if name.startswith("patch_conv"):
            value = value.view(-1, 3, 14, 14)
        out[target] = value.to(dtype).contiguous()
    return out


def load_exported(model: Mini, folder: Path):
    """Takes the weights of an exported folder; the heads, which it lacks, stay as they are."""
    exported = load_file(folder / "model.safetensors")
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if target := exported_name(name):
                value.copy_(exported[target].view(value.shape))


def config(s: Shape) -> dict:
    return {
        "architectures": ["Mistral3ForConditionalGeneration"], "model_type": "mistral3", "image_token_index": 10,
        "multimodal_projector_bias": False, "projector_hidden_act": "gelu", "spatial_merge_size": 2, "vision_feature_layer": -1,
        "torch_dtype": "bfloat16", "tie_word_embeddings": False,
        "text_config": {
            "model_type": "mistral", "vocab_size": s.vocabulary, "hidden_size": s.width, "intermediate_size": s.hidden, "head_dim": s.head,
            "num_hidden_layers": s.layers, "num_attention_heads": s.heads, "num_key_value_heads": s.key_value_heads, "hidden_act": "silu",
            "rms_norm_eps": 1e-5, "rope_theta": s.theta, "max_position_embeddings": s.context, "sliding_window": None,
            "tie_word_embeddings": False},
        "vision_config": {
            "model_type": "pixtral", "hidden_size": s.vision_width, "intermediate_size": s.vision_hidden, "num_hidden_layers": s.vision_layers,
            "num_attention_heads": s.vision_heads, "head_dim": s.vision_width // s.vision_heads, "hidden_act": "silu", "num_channels": 3,
            "patch_size": 14, "image_size": s.image_size, "rope_theta": s.vision_theta},
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[2] / "models" / "gleaner-mini")
    arguments = parser.parse_args()
    shape = Shape(vocabulary=TOKENIZER.size)
    model = Mini(shape)
    model.load_state_dict(torch.load(arguments.checkpoint, map_location="cpu")["model"])
    arguments.to.mkdir(parents=True, exist_ok=True)
    save_file(tensors(model, torch.bfloat16), arguments.to / "model.safetensors", metadata={"format": "pt"})
    (arguments.to / "config.json").write_text(json.dumps(config(shape), indent=2) + "\n")
    tekken = TOKENIZER.tekken(shape.image_size)
    (arguments.to / "tekken.json").write_text(json.dumps(tekken, indent=1) + "\n")


if __name__ == "__main__":
    main()
