"""What printing, copying and scanning do to a page. The size stays; `to_pixels` follows the geometry."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageFilter

NAMES = ("toner", "bleed", "resolution", "turn", "fold", "shade", "blur", "noise", "jpeg")


def draw_effects(seed: str) -> dict:
    """Which effects a document gets and how strong they are; all its pages come from the same machine."""
    rng = np.random.default_rng(np.frombuffer(seed.encode().ljust(64, b"\0")[:64], np.uint32))
    on = lambda probability: rng.random() < probability
    return {
        "toner": float(rng.uniform(0.1, 0.45)) if on(0.25) else 0.0,  # ink that is missing
        "bleed": float(rng.uniform(0.03, 0.12)) if on(0.2) else 0.0,  # of the other side
        "resolution": int(rng.integers(100, 201)) if on(0.8) else 0,  # dots per inch of the scanner
        "turn": float(np.clip(rng.normal(0, 1.0), -3, 3)) if on(0.75) else 0.0,  # degrees
        "fold": int(rng.integers(1, 4)) if on(0.2) else 0,
        "shade": float(rng.uniform(0.03, 0.3)) if on(0.5) else 0.0,
        "paper": float(rng.uniform(0.85, 1.0)),
        "ink": float(rng.uniform(0.0, 0.25)),
        "blur": float(rng.uniform(0.3, 1.1)) if on(0.5) else 0.0,  # pixels
        "noise": float(rng.uniform(1, 12)) if on(0.7) else 0.0,  # grey levels
        "jpeg": int(rng.integers(25, 90)) if on(0.7) else 0,
        "grey": bool(on(0.5)),
        "seed": int(rng.integers(1 << 31)),
    }


def smooth(rng, height: int, width: int, cells: int) -> np.ndarray:
    """Slow waves from 0 to 1."""
    small = Image.fromarray((rng.random((cells, cells)) * 255).astype(np.uint8))
    return np.asarray(small.resize((width, height), Image.BICUBIC), np.float32) * np.float32(1 / 255)


def turned(picture: Image.Image, degrees: float) -> tuple[Image.Image, list[float]]:
    """The picture turned clockwise about its middle, shrunk to fit, and the map from its old pixels to the new."""
    width, height = picture.size
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    scale = min(1.0, width / (width * abs(cos) + height * abs(sin)), height / (width * abs(sin) + height * abs(cos)))
    scale = (1 + scale) / 2  # margins may be cut a little, as on a real scanner
    x, y = width / 2, height / 2
    # A pixel p goes to s R (p - middle) + middle; Pillow asks for the way back.
    forward = [
        scale * cos,
        -scale * sin,
        x - scale * (cos * x - sin * y),
        scale * sin,
        scale * cos,
        y - scale * (sin * x + cos * y),
    ]
    back = [
        cos / scale,
        sin / scale,
        x - (cos * x + sin * y) / scale,
        -sin / scale,
        cos / scale,
        y - (-sin * x + cos * y) / scale,
    ]
    return picture.transform(
        picture.size, Image.AFFINE, back, Image.BICUBIC, fillcolor=255 if picture.mode == "L" else (255, 255, 255)
    ), forward


def composed(after: list[float], before: list[float]) -> list[float]:
    a, b, c, d, e, f = after
    p, q, r, s, t, u = before
    return [a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f]


def age(picture: Image.Image, effects: dict, to_pixels: list[float], number: int, other: Image.Image | None = None):
    """One page through the machine; returns (picture, its `to_pixels`). `other` shines through from behind."""
    rng = np.random.default_rng([effects["seed"], number])
    picture = picture.convert("L" if effects["grey"] else "RGB")
    width, height = picture.size
    if effects["resolution"]:
        share = effects["resolution"] / (to_pixels[0] * 72)  # of the picture's own dots per inch
        if share < 1:
            small = picture.resize((max(1, round(width * share)), max(1, round(height * share))), Image.BOX)
            picture = small.resize((width, height), Image.BICUBIC)
    ink = np.atleast_3d(np.asarray(picture, np.float32)) * np.float32(1 / 255)
    if effects["toner"]:
        ink = 1 - (1 - ink) * (1 - effects["toner"] * smooth(rng, height, width, 9)[..., None] * 1.6).clip(0, 1)
        speckles = rng.random((height, width), np.float32) < effects["toner"] * 0.08
        ink[speckles] = np.maximum(ink[speckles], 0.75)
    if effects["bleed"] and other is not None:
        back = (
            np.asarray(
                other.convert("L")
                .resize((width, height))
                .transpose(Image.FLIP_LEFT_RIGHT)
                .filter(ImageFilter.GaussianBlur(1.5)),
                np.float32,
            )
            / 255
        )
        ink = np.minimum(ink, 1 - effects["bleed"] * (1 - back[..., None]))
    ink = effects["ink"] + ink * (effects["paper"] - effects["ink"])
    for _ in range(effects["fold"]):
        ink = folded(ink, rng)
    if effects["shade"]:
        waves = smooth(rng, height, width, 3)
        ramp = np.linspace(0, 1, width)[None, :] if rng.random() < 0.5 else np.linspace(1, 0, height)[:, None]
        ink = ink * (1 - effects["shade"] * (0.5 * waves + 0.5 * ramp**2)).astype(np.float32)[..., None]
    picture = as_picture(ink * 255)
    if effects["turn"]:
        degrees = float(np.clip(effects["turn"] + rng.normal(0, 0.2), -3, 3))
        picture, forward = turned(picture, degrees)
        to_pixels = composed(forward, to_pixels)
    if effects["blur"]:
        picture = picture.filter(ImageFilter.GaussianBlur(effects["blur"]))
    if effects["noise"]:
        noise = rng.standard_normal((height, width, 1), np.float32) * np.float32(effects["noise"])
        picture = as_picture(np.atleast_3d(np.asarray(picture)) + noise)
    if effects["jpeg"]:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=effects["jpeg"])
        picture = Image.open(file)
        picture.load()
    return picture, to_pixels


def as_picture(levels: np.ndarray) -> Image.Image:
    """(height, width, 1 or 3) levels from 0 to 255 as a grey or a coloured picture."""
    bytes_ = levels.clip(0, 255).astype(np.uint8)
    return Image.fromarray(bytes_[..., 0] if bytes_.shape[2] == 1 else bytes_)


def folded(ink: np.ndarray, rng) -> np.ndarray:
    """A crease across the page: a bright and a dark line, and shade on one side."""
    upright = rng.random() < 0.3
    ink = ink.swapaxes(0, 1) if upright else ink
    place, depth = int(ink.shape[0] * rng.uniform(0.2, 0.8)), rng.uniform(0.04, 0.16)
    fall = np.exp(-np.abs(np.arange(ink.shape[0]) - place) / rng.uniform(1.0, 14.0))
    side = np.where(np.arange(ink.shape[0]) < place, 1.0, rng.uniform(0.1, 0.6))
    ink = ink * (1 - depth * fall * side)[:, None, None].astype(np.float32)
    ink[place : place + 1] = np.minimum(1, ink[place : place + 1] + depth)
    return ink.swapaxes(0, 1) if upright else ink
