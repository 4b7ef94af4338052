"""What is held out is never trained on, and a seed always gives the same document."""

import subprocess
import sys
from pathlib import Path

from conftest import HELD_OUT, TRAINED

from gleaner_mini.generator import documents, fonts
from gleaner_mini.generator.words import LANGUAGES, language


def test_lists_are_disjoint():
    for code in LANGUAGES:
        for name, (trained, held_out) in language(code).lists.items():
            assert not set(trained) & set(held_out), (code, name)
            assert len(set(trained)) == len(trained), (code, name)
    for name, (trained, held_out) in fonts.FONTS.lists.items():
        assert not set(trained) & set(held_out), name
    assert not set(TRAINED) & set(HELD_OUT)


def test_languages_have_the_same_lists():
    common = lambda code: {name for name in language(code).lists if not name.startswith(("city.", "country."))}
    for code in LANGUAGES:
        assert common(code) == common("en")


def test_there_are_enough_fonts_and_families():
    assert sum(len(trained) + len(kept) for trained, kept in fonts.FONTS.lists.values()) >= 60
    assert len(TRAINED) + len(HELD_OUT) >= 12
    assert fonts.missing() == []


def test_documents_keep_to_their_split():
    for seed in range(40):
        trained, held_out = documents.make(seed, "train"), documents.make(seed, "held-out")
        assert trained.drawing.family in TRAINED and held_out.drawing.family in HELD_OUT
        kept = {family for _, families in fonts.FONTS.lists.values() for family in families}
        assert not set(trained.drawing.fonts) & kept and set(held_out.drawing.fonts) <= kept
        printed = {word.text.strip(",.:") for word in trained.drawing.recorder.words}
        for name in ("stems", "last_names"):
            assert not printed & set(language(trained.sheet.language).held_out(name)), (seed, name)


def test_the_same_seed_gives_the_same_bytes(sample):
    """Also in another process, where Python's sets have another order."""
    script = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from gleaner_mini.generator import documents\n"
        "for family in ('classic', 'ledger', 'modern'):\n"
        "    document = documents.make(7, 'train', 'invoice', family=family)\n"
        "    text = documents.to_json(documents.truth(document, [], {}))\n"
        "    print(hashlib.sha256(document.drawing.pdf).hexdigest(), hashlib.sha256(text.encode()).hexdigest())"
    )
    run = lambda hash_seed: (
        subprocess.run(
            [sys.executable, "-c", script, str(Path(__file__).parents[1])],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed, "PATH": "/usr/bin:/bin"},
        ).stdout
    )
    first = run("1")
    assert len(first.split()) == 6 and first == run("2")
