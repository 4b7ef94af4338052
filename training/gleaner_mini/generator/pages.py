"""Pictures of pages by Gleaner's own renderer, so that training and use see the same pixels."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MODEL = Path(__file__).parents[3] / "models" / "gleaner-mini"


def render(gleaner: Path, files: list[Path], folder: Path, resolution: float, longest: int) -> dict[str, list[dict]]:
    """Draws all pages of all files in one call, no side longer than `longest` pixels.

    Returns for each file's name its pictures: page, file, size in pixels, and `to_pixels`, the affine map
    (a, b, c, d, e, f) that takes a point (x, y) of the page to the pixel (a x + b y + c, d x + e y + f).
    """
    config = json.loads((MODEL / "config.json").read_text())
    config["vision_config"]["image_size"] = longest
    with tempfile.TemporaryDirectory() as model:  # the model as it is, but for the size of its pictures
        for file in MODEL.iterdir():
            if file.name != "config.json":
                (Path(model) / file.name).symlink_to(file.resolve())
        (Path(model) / "config.json").write_text(json.dumps(config))
        command = [
            gleaner,
            "pages",
            *files,
            "--out",
            folder,
            "--resolution",
            str(resolution),
            "--model",
            model,
            "--json",
        ]
        printed = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if printed.returncode:
        raise RuntimeError(f"gleaner pages: {printed.stderr.strip()[-500:]}")
    pictures: dict[str, list[dict]] = {}
    for line in printed.stdout.splitlines():
        page = json.loads(line)
        for image in page["images"]:
            left, top, width, height = image["region"]
            scale = [image["size"][k] / (width, height)[k] for k in (0, 1)]
            points = [image["page_size"][k] / page["points"][k] for k in (0, 1)]
            pictures.setdefault(Path(page["file"]).name, []).append(
                {
                    "page": page["page"] - 1,
                    "file": Path(image["file"]).name,
                    "size": image["size"],
                    "to_pixels": [
                        scale[0] * points[0],
                        0.0,
                        -left * scale[0],
                        0.0,
                        scale[1] * points[1],
                        -top * scale[1],
                    ],
                }
            )
    return pictures


def picture_pdf(files: list[Path], sizes: list[tuple[float, float]]) -> bytes:
    """A PDF as scanners write them: a JPEG on each page, as it is, and no text."""
    output = io.BytesIO()
    canvas = Canvas(output, invariant=1)
    for file, (width, height) in zip(files, sizes):
        canvas.setPageSize((width, height))
        # Not by its path, after which reportlab would name it.
        canvas.drawImage(ImageReader(io.BytesIO(file.read_bytes())), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def pixel_box(image: dict, box) -> tuple[float, float, float, float]:
    """The upright rectangle in pixels around a box in points."""
    a, b, c, d, e, f = image["to_pixels"]
    corners = [(a * x + b * y + c, d * x + e * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )
