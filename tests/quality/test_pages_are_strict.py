"""Templates, styles and scripts keep to what a strict content security policy and a resized frame allow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checks import ROOT

SOURCES = ROOT / "xblocks"
TEMPLATES = sorted(SOURCES.rglob("templates/**/*.html"))
TEXTS = sorted(SOURCES.rglob("templates/**/*.txt"))
STYLES = sorted(SOURCES.rglob("static/**/*.css"))
SCRIPTS = sorted(SOURCES.rglob("static/**/*.js"))

#: Names of XML vocabularies; nothing is fetched from them.
NAMESPACES = ("http://www.w3.org/",)


def name(path: Path) -> str:
    return str(path.relative_to(SOURCES))


def rows(path: Path, pattern: str) -> list[str]:
    """Return the lines that match, so that a failure shows them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{number}: {line.strip()}" for number, line in enumerate(lines, 1) if re.search(pattern, line, re.I)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_runs_no_script_of_its_own(path: Path):
    assert rows(path, r"""\s(on[a-z]+|hx-on[:a-z-]*)\s*=\s*["']""") == []
    assert rows(path, r"javascript:") == []
    inline = re.findall(r"<script\b[^>]*>", path.read_text(encoding="utf-8"))
    assert [tag for tag in inline if "src=" not in tag and "nonce=" not in tag and "application/json" not in tag] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *TEXTS], ids=name)
def test_a_template_has_no_long_lines(path: Path):
    assert rows(path, r".{121}") == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES, *SCRIPTS], ids=name)
def test_nothing_is_fetched_from_elsewhere(path: Path):
    found = re.findall(r"""https?://[^\s"'<>)]+""", path.read_text(encoding="utf-8"))
    assert [address for address in found if not address.startswith(NAMESPACES)] == []


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_style_sheet_fits_a_frame_and_both_directions_of_writing(path: Path):
    assert rows(path, r"\b100d?vh\b") == []
    assert rows(path, r"position:\s*fixed") == []
    assert rows(path, r"(?<!-)\b(margin|padding|border)-(left|right)\b|text-align:\s*(left|right)") == []


@pytest.mark.parametrize("path", [path for path in STYLES if "iciinsmes_campus" not in name(path)], ids=name)
def test_a_style_sheet_of_the_add_on_touches_no_other_block(path: Path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"@(keyframes|font-face)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    selectors = [part.strip() for head in re.findall(r"([^{}]+)\{", text) for part in re.split(r",(?![^()]*\))", head)]
    # "#ici" is nowhere: it lets the rule count as much as an id, so that the platform's own rules do not win.
    ours = re.compile(r"@|(body)?:is\(\.ici[\w-]*, #ici\)")
    assert [part for part in selectors if part and not ours.match(part)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_time_of_day_says_its_zone(path: Path):
    """Readers are in several zones, and some hosts know none of theirs: `moment` writes both."""
    assert rows(path, r"""\|time\b(?!_)""") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_days_are_written_by_the_language_and_never_by_letters_of_a_format(path: Path):
    """For programs they are ISO 8601; for people `lib.dates` has the forms of every language."""
    assert rows(path, r"""\|date\b(?!:'(?:c|Y-m-d)')""") == []


def test_no_module_writes_days_with_formats_of_django():
    for path in SOURCES.rglob("*.py"):
        assert rows(path, r"\b(date_format|time_format)\(") == [], path
