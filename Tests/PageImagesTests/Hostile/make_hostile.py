"""Writes files that are made to hurt whoever opens them, and what each may lead to.

    python3 make_hostile.py OUTDIR

Needs nothing but Python. The same files come out each time. `expected.json` maps each name to the outcomes that are
right for it: "pages" where it may be read, and the codes of the errors that it may be refused with. The limits that the
outcomes suppose are those of HostileFileTests.swift.
"""

import json
import pathlib
import sys

# The folder belongs to a repository: leave no compiled modules in it.
sys.dont_write_bytecode = True

from hostile import anything, fonts, graphics, images, jpeg, objects, pages, png, streams, tiff, truncated

MODULES = [anything, png, jpeg, tiff, objects, pages, streams, graphics, images, fonts, truncated]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for module in MODULES:
        for name, data, outcomes in module.files():
            if name in expected:
                sys.exit(f"two files are called {name}")
            (folder / name).write_bytes(data)
            expected[name] = outcomes.split()
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    print(f"{len(expected)} files")


if __name__ == "__main__":
    main()
