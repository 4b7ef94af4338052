"""Boxes are where the words are: on the page, in the PDF's own text layer, and after a scan."""

import re
import subprocess
from html import unescape

import numpy as np
import pytest
from PIL import Image

from gleaner_mini.generator import pages, reading, scan

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


def layer(pdf: bytes, folder) -> list[list[tuple]]:
    """The words of each page, as poppler finds them."""
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    printed = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    return [
        [(unescape(text), *map(float, box)) for *box, text in WORD.findall(page)]
        for page in printed.split("<page ")[1:]
    ]


def test_boxes_lie_on_the_page(sample):
    for document in sample:
        for word in document.drawing.recorder.words:
            width, height = document.drawing.sizes[word.page]
            left, top, right, bottom = word.box
            assert 0 <= left < right <= width + 0.1 and 0 <= top < bottom <= height + 0.1, (
                document.name,
                document.drawing.family,
                word,
            )


def test_words_are_in_the_text_layer(sample, tmp_path):
    for document in sample:
        found = layer(document.drawing.pdf, tmp_path)
        words = [w for w in document.drawing.recorder.words if not w.decoration]
        missed = []
        for word in words:
            x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
            if not any(
                text[0]
                and (word.text in text[0] or text[0] in word.text)
                and text[1] - 1 <= x <= text[3] + 1
                and text[2] - 1 <= y <= text[4] + 1
                for text in found[word.page]
            ):
                missed.append((word.text, word.box))
        assert len(missed) <= 0.01 * len(words), (document.name, document.drawing.family, missed[:5])


def test_no_words_overlap(sample):
    """Words of different places do not lie on each other."""
    for document in sample:
        words = [w for w in document.drawing.recorder.words if not w.decoration]
        shrunk = np.array(
            [
                [
                    w.page,
                    w.box[0] + 0.5,
                    w.box[1] + 0.3 * (w.box[3] - w.box[1]),
                    w.box[2] - 0.5,
                    w.box[3] - 0.3 * (w.box[3] - w.box[1]),
                ]
                for w in words
            ]
        )
        a, b = shrunk[:, None], shrunk[None]
        over = (
            (a[..., 0] == b[..., 0])
            & (a[..., 1] < b[..., 3])
            & (b[..., 1] < a[..., 3])
            & (a[..., 2] < b[..., 4])
            & (b[..., 2] < a[..., 4])
        )
        pairs = [(words[i].text, words[j].text) for i, j in zip(*np.nonzero(np.triu(over, 1)))]
        assert not pairs, (document.name, document.drawing.family, pairs[:5])


def test_numbers_are_not_broken(sample):
    """An amount stands on one line, however narrow its column is."""
    for document in sample:
        tops: dict[str, set] = {}
        for word in document.drawing.recorder.words:
            for path in word.fields:
                if path.endswith(("].amount", "].quantity", "].unit_price", "].balance")):
                    tops.setdefault(path, set()).add((word.page, round(word.box[1])))
        assert all(len(places) == 1 for places in tops.values()), (document.name, document.drawing.family)


def test_reading_order_keeps_every_word(sample):
    for document in sample:
        for page in range(len(document.drawing.sizes)):
            read = [w for line in reading.page_lines(document.drawing.recorder.words, page) for w in line]
            there = [w for w in document.drawing.recorder.words if w.page == page and not w.decoration]
            assert sorted(map(id, read)) == sorted(map(id, there))


@pytest.mark.parametrize("turn", [-3.0, 0.7, 3.0])
def test_boxes_follow_a_scan(turn):
    """A black mark is where `to_pixels` says, after the page was turned."""
    picture = np.full((700, 500, 3), 255, np.uint8)
    picture[100:120, 60:90], picture[600:615, 400:420] = 0, 0
    effects = scan.draw_effects("any") | {
        "turn": turn,
        "toner": 0.0,
        "bleed": 0.0,
        "fold": 0,
        "noise": 0.0,
        "resolution": 150,
        "shade": 0.0,
    }
    to_pixels = [2.0, 0.0, 0.0, 0.0, 2.0, 0.0]
    aged, moved = scan.age(Image.fromarray(picture), effects, to_pixels, 0)
    dark = np.asarray(aged.convert("L")) < 110
    for box in ((30, 50, 45, 60), (200, 300, 210, 307.5)):
        left, top, right, bottom = pages.pixel_box({"to_pixels": moved}, box)
        rows, columns = np.nonzero(dark[int(top) - 8 : int(bottom) + 9, int(left) - 8 : int(right) + 9])
        assert len(rows) > 100
        assert (
            abs(rows.mean() + int(top) - 8 - (top + bottom) / 2) < 2
            and abs(columns.mean() + int(left) - 8 - (left + right) / 2) < 2
        )


def test_scans_repeat():
    picture = Image.fromarray(np.full((80, 60, 3), 255, np.uint8))
    first, second = (scan.age(picture, scan.draw_effects("x"), [2.0, 0, 0, 0, 2.0, 0], 3) for _ in range(2))
    assert np.array_equal(np.asarray(first[0]), np.asarray(second[0])) and first[1] == second[1]
    assert scan.draw_effects("x") != scan.draw_effects("y")


def test_pdfs_of_scans_repeat(tmp_path):
    """Wherever their pictures lie."""
    made = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        Image.fromarray(np.full((80, 60), 200, np.uint8)).save(folder / "page.jpg")
        made.append(pages.picture_pdf([folder / "page.jpg"], [(60.0, 80.0)]))
    assert made[0] == made[1] and made[0].startswith(b"%PDF")
