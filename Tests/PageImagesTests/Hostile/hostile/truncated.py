"""A good PDF, PNG, JPEG and TIFF, each cut at every tenth of its length."""

from . import jpeg, png, tiff
from .noise import noise
from .pdf import HELVETICA, flate, one_page


def document():
    content = b"".join(
        b"BT /F 9 Tf 50 %d Td (line %d of %s) Tj ET\n" % (20 + 12 * i, i, noise(12, i).hex().encode())
        for i in range(60)
    )
    return one_page(flate(b"", content), resources=HELVETICA)


def files():
    whole = {
        "pdf": (document(), "truncated"),
        "png": (png.picture(), "truncated corrupt"),
        "jpg": (jpeg.picture(400, 400), "truncated corrupt"),
        "tif": (tiff.picture(), "truncated corrupt unsupported"),
    }
    for kind, (data, outcomes) in whole.items():
        yield f"whole.{kind}", data, "pages"
        for tenth in range(1, 10):
            yield f"cut-at-{tenth}0-percent.{kind}", data[: len(data) * tenth // 10], outcomes
