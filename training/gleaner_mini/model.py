"""The architecture of Mistral Small 3.2 in small: Pixtral tower, patch merger, projector, Mistral decoder; Hugging Face weight layout."""
from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F

from . import tokenizer as tk
from .samples import CHARACTERS, FIELDS, SLOTS

MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


@dataclass
class Shape:
    vocabulary: int
    vision_width: int = 192
    vision_layers: int = 6
    vision_heads: int = 6
    vision_hidden: int = 512
    vision_theta: float = 10000.0
    width: int = 256
    layers: int = 5
    heads: int = 4
    key_value_heads: int = 2
    head: int = 64
    hidden: int = 704
    theta: float = 10000.0
    image_size: int = 672
    context: int = 4096


class Norm(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.weight, 1e-5)


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin


def linear(a: int, b: int) -> nn.Linear:
    return nn.Linear(a, b, bias=False)


class Block(nn.Module):
    """Pre-norm attention and SwiGLU: the same for tower and decoder."""

    def __init__(self, width: int, heads: int, key_value_heads: int, head: int, hidden: int):
        super().__init__()
        self.heads, self.key_value_heads, self.head = heads, key_value_heads, head
        self.attention_norm, self.ffn_norm = Norm(width), Norm(width)
        self.q, self.k, self.v = linear(width, heads * head), linear(width, key_value_heads * head), linear(width, key_value_heads * head)
        self.o = linear(heads * head, width)
        self.gate, self.up, self.down = linear(width, hidden), linear(width, hidden), linear(hidden, width)

    def keys(self, x, cos, sin):
        """Queries, keys, values of normalised rows: (batch, heads, rows, head)."""
        b, n, _ = x.shape
        y = self.attention_norm(x)
        q = rotate(self.q(y).view(b, n, self.heads, self.head).transpose(1, 2), cos, sin)
        k = rotate(self.k(y).view(b, n, self.key_value_heads, self.head).transpose(1, 2), cos, sin)
        v = self.v(y).view(b, n, self.key_value_heads, self.head).transpose(1, 2)
        return q, k.to(q.dtype), v

    def finish(self, x, q, k, v, **how):
        b, n, _ = x.shape
        if self.key_value_heads != self.heads:
            k = k.repeat_interleave(self.heads // self.key_value_heads, 1)
            v = v.repeat_interleave(self.heads // self.key_value_heads, 1)
        a = F.scaled_dot_product_attention(q, k, v.to(q.dtype), **how).transpose(1, 2).reshape(b, n, -1)
        x = x + self.o(a)
        y = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Mini(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.shape = s
        self.patch_conv = nn.Linear(3 * 14 * 14, s.vision_width, bias=False)
        self.ln_pre = Norm(s.vision_width)
        head = s.vision_width // s.vision_heads
        self.tower = nn.ModuleList(Block(s.vision_width, s.vision_heads, s.vision_heads, head, s.vision_hidden) for _ in range(s.vision_layers))
        self.merge_norm = Norm(s.vision_width)
        self.merge = linear(4 * s.vision_width, s.vision_width)
        self.project_in, self.project_out = linear(s.vision_width, s.width), linear(s.width, s.width)
        self.embedding = nn.Embedding(s.vocabulary, s.width)
        self.decoder = nn.ModuleList(Block(s.width, s.heads, s.key_value_heads, s.head, s.hidden) for _ in range(s.layers))
        self.norm, self.output = Norm(s.width), linear(s.width, s.vocabulary)
        # Supervision only, never exported: what stands under each patch.
        self.see_characters = nn.Linear(s.vision_width, SLOTS * (len(CHARACTERS) + 1))
        self.see_field, self.see_ordinal = nn.Linear(s.vision_width, len(FIELDS)), nn.Linear(s.vision_width, 16)
        for name, p in self.named_parameters():
            if p.dim() == 2:
                small = 0.3 if name.endswith((".o.weight", ".down.weight")) else 1.0
                nn.init.normal_(p, std=0.05 if "embedding" in name else small * p.shape[1] ** -0.5)
        self.register_buffer("text_angles", torch.outer(torch.arange(s.context).float(), s.theta ** (-torch.arange(0, s.head, 2) / s.head)), persistent=False)

    def tower_output(self, pixels):
        """pixels: (batch, H, W) uint8 grey -> (batch, rows * columns, vision_width), rows, columns."""
        b, h, w = pixels.shape
        rows, columns = h // 14, w // 14
        grey = pixels.float()[:, None] / 255
        mean, std = torch.tensor(MEAN, device=pixels.device).view(1, 3, 1, 1), torch.tensor(STD, device=pixels.device).view(1, 3, 1, 1)
        x = ((grey - mean) / std).view(b, 3, rows, 14, columns, 14).permute(0, 2, 4, 1, 3, 5).reshape(b, rows * columns, 588)
        x = self.ln_pre(self.patch_conv(x))
        d = self.shape.vision_width // self.shape.vision_heads
        f = self.shape.vision_theta ** (-torch.arange(0, d, 2, device=pixels.device) / d)
        down = torch.outer(torch.arange(rows, device=pixels.device).float(), f[0::2])
        across = torch.outer(torch.arange(columns, device=pixels.device).float(), f[1::2])
        angles = torch.cat([down[:, None].expand(rows, columns, -1), across[None].expand(rows, columns, -1)], -1).reshape(rows * columns, -1)
        angles = torch.cat([angles, angles], -1)
        cos, sin = angles.cos(), angles.sin()
        for block in self.tower:
            x = block.finish(x, *block.keys(x, cos, sin))
        return x, rows, columns

    def image_features(self, x, rows: int, columns: int):
        """Tower output -> (batch, merged patches, width). Feature order is that of torch unfold: channel * 4 + dy * 2 + dx."""
        b = x.shape[0]
        x = self.merge_norm(x).view(b, rows // 2, 2, columns // 2, 2, -1).permute(0, 1, 3, 5, 2, 4).reshape(b, rows * columns // 4, -1)
        return self.project_out(F.gelu(self.project_in(self.merge(x))))

    def decode(self, prefix, ids, features, first: int):
        """prefix: (P,) shared ids; ids: (batch, T) with [IMG] where features (batch, merged, width) go -> logits from position `first` on."""
        x = self.embedding(ids)
        x = x.masked_scatter((ids == tk.IMAGE)[..., None].expand_as(x), features.to(x.dtype).reshape(-1))
        p, t = prefix.shape[0], ids.shape[1]
        angles = torch.cat([self.text_angles[:p + t]] * 2, -1)
        cos, sin = angles.cos(), angles.sin()
        shared = self.embedding(prefix)[None]
        mask = torch.ones(t, p + t, dtype=torch.bool, device=ids.device).tril(p)
        for block in self.decoder:
            q, k, v = block.keys(x, cos[p:], sin[p:])
            if p:
                q0, k0, v0 = block.keys(shared, cos[:p], sin[:p])
                k = torch.cat([k0.expand(len(ids), -1, -1, -1), k], 2)
                v = torch.cat([v0.expand(len(ids), -1, -1, -1), v], 2)
                shared = block.finish(shared, q0, k0, v0, is_causal=True)
                x = block.finish(x, q, k, v, attn_mask=mask)
            else:
                x = block.finish(x, q, k, v, is_causal=True)
        return self.output(self.norm(x[:, first:]))
