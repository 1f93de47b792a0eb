"""The words around a problem are those that its package asks for."""

from __future__ import annotations

import re
from pathlib import Path

import xblocks_contrib
from django.utils.translation import override

from iciinsmes_campus.courseware.problem_words import WORDS, words_of_script

PACKAGE = Path(xblocks_contrib.__file__).parent / "problem"


def test_the_package_asks_for_each():
    texts = [path.read_text(encoding="utf-8") for kind in ("py", "html") for path in sorted(PACKAGE.rglob(f"*.{kind}"))]
    # Long ones stand in several pieces there.
    whole = re.sub(r'"\s+"', "", "\n".join(texts))
    assert [word for word in WORDS if f'"{word}"' not in whole and f"'{word}'" not in whole] == []


def test_the_script_in_the_browser_asks_for_each():
    script = (PACKAGE / "public/js/ProblemBlockDisplay.js").read_text(encoding="utf-8")
    assert [word for word in words_of_script() if f'"{word}"' not in script] == []


def test_its_words_are_those_of_the_reader_and_of_the_count():
    with override("pl"):
        told = words_of_script()["{num_points} point possible (graded)"]
    assert len({told["one"], told["few"], told["many"]}) == 3
    with override("de"):
        assert "graded" not in str(words_of_script().values())
