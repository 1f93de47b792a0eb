"""A file has one subject: short enough to be read in one go, and few are so short that their subject is in pieces."""

from __future__ import annotations

from tests.checks import ROOT

MOST_LINES = 400
#: Of eight files one may have fewer lines than that.
FEW_LINES = 40
#: Made by Django.
_MADE = "xblocks/iciinsmes/migrations/0001_initial.py"


def lengths() -> dict[str, int]:
    """Return the lines of each Python file; a package's index is none where it only says what the folder holds."""
    return {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in ("courses", "docs", "tests", "translations", "tutor", "xblocks")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "__init__.py"
    }


def test_no_file_is_too_long_to_be_read_in_one_go():
    assert {name: lines for name, lines in lengths().items() if lines > MOST_LINES and name != _MADE} == {}


def test_at_most_one_file_in_eight_is_very_short():
    found = lengths()
    short = sorted(name for name, lines in found.items() if lines < FEW_LINES)
    assert len(short) * 8 <= len(found), short
