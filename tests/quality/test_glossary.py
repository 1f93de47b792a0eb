"""The glossary has the words that the code and the catalogues have."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.checks import ROOT

TEXT = (ROOT / "docs/reference/glossary.md").read_text(encoding="utf-8")
#: As the head of the first table says, behind English.
LANGUAGES = re.findall(r"\w+", re.search(r"^\| en \|(.*)$", TEXT, re.MULTILINE)[1])
SOURCES = [path for path in (ROOT / "xblocks").rglob("*.py") if "migrations" not in path.parts]


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the tables after a heading or a sentence, without their heads."""
    part = re.split(r"^(?:## |These have )", TEXT[TEXT.index(heading) + len(heading) :], maxsplit=1, flags=re.MULTILINE)
    lines = [line for line in part[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / f"translations/interface/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("row", rows("## In five languages"), ids=lambda row: row[0])
def test_a_word_is_that_of_the_catalogues(row):
    found = [catalogue(language).get(row[0]) for language in LANGUAGES]
    assert [str(message.string) if message else None for message in found] == row[1:]


def test_a_word_without_a_message_has_none():
    messages = {str(message.id).lower() for message in catalogue("de")}
    assert [row[0] for row in rows("These have ") if row[0] in messages] == []


def test_every_name_of_a_thing_is_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    named = [name for row in rows("## What things are") for name in re.findall(r"`([\w.]+)`", row[1])]
    assert [name for name in named if not re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", code)] == []


def test_every_name_of_a_module_is_there():
    there = {path.stem for path in SOURCES} | {path.name for path in (ROOT / "xblocks").rglob("*") if path.is_dir()}
    named = [name for row in rows("## Names of modules") for name in re.findall(r"`(\w+)`", row[0])]
    assert [name for name in named if name not in there] == []


def test_work_is_in_it():
    assert any(row[1] == "`Work`" for row in rows("## What things are"))
