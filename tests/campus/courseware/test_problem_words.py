"""The words around a problem are those that its package asks for."""

from __future__ import annotations

import re
from pathlib import Path

import xblocks_contrib

from iciinsmes_campus.courseware.problem_words import WORDS

PACKAGE = Path(xblocks_contrib.__file__).parent / "problem"


def test_the_package_asks_for_each():
    texts = [path.read_text(encoding="utf-8") for kind in ("py", "html") for path in sorted(PACKAGE.rglob(f"*.{kind}"))]
    # Long ones stand in several pieces there.
    whole = re.sub(r'"\s+"', "", "\n".join(texts))
    assert [word for word in WORDS if f'"{word}"' not in whole and f"'{word}'" not in whole] == []
