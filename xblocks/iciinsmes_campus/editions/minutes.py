"""How long a course takes, counted from its sources: reading at 130 words a minute, quizzes, and tasks as marked.

An element that asks for something carries ``data-minutes``, and ``data-time`` for what the time is: ``online`` (if left
out), ``session``, ``work`` at the workplace, or ``coaching``. An assignment says its ``hours`` itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from .documents import AUTHOR_HTML, texts_of
from .outline import CourseUnit, Outline
from .segments import parse_html, plain

#: For people who read in a second language.
WORDS_A_MINUTE = 130
MINUTES_A_QUESTION = 1.5
MINUTES_A_REACTION = 2
KINDS = ("online", "session", "work", "coaching")
#: No reading: what appears only after an answer, and the levels of a rubric, which are folded and looked up.
_NOT_READ = frozenset(["img alt", "level", "solution", "hint", "choicehint", "optionhint"])
_RESPONSES = ("multiplechoiceresponse", "choiceresponse", "optionresponse", "numericalresponse", "stringresponse")


def words(source: Path, unit: CourseUnit) -> int:
    """Return the words of a unit that a learner reads, without titles and text alternatives."""
    found = 0
    for file in unit.files:
        for text in texts_of(file, (source / file).read_bytes()):
            if text.kind not in _NOT_READ and not text.kind.endswith(" display_name"):
                found += len(plain(text).split())
    return found


def minutes(source: Path, unit: CourseUnit) -> dict[str, float]:
    """Return the minutes of a unit by their kind, of `KINDS`; a page for trainers takes learners no time to read."""
    found = dict.fromkeys(KINDS, 0.0)
    for element in _elements(source, unit):
        if element.get("data-minutes"):
            kind = element.get("data-time", "online")
            found[kind] = found.get(kind, 0) + float(element.get("data-minutes", "0"))
    if unit.is_for_staff:
        return found
    found["online"] += words(source, unit) / WORDS_A_MINUTE
    for block in unit.blocks:
        found["online"] += MINUTES_A_QUESTION * sum(1 for _response in block.iter(*_RESPONSES))
        found["online"] += MINUTES_A_REACTION * (block.tag == "reaction")
        if block.tag == "workplace_assignment":
            found["work"] += 60 * float(block.get("hours", "0"))
    return found


def minutes_by_section(source: Path, outline: Outline) -> dict[str, dict[str, float]]:
    """Return the minutes of each section by their kind."""
    found = {name: dict.fromkeys(KINDS, 0.0) for name, _title in outline.sections}
    for unit in outline.units:
        for kind, took in minutes(source, unit).items():
            found[unit.section][kind] = found[unit.section].get(kind, 0) + took
    return found


def strange_kinds(source: Path, units: Iterable[CourseUnit]) -> list[str]:
    """Return what authors have written as kinds of time that are none."""
    return sorted(
        f"{unit.name}: {said}"
        for unit in units
        for element in _elements(source, unit)
        if (said := element.get("data-time", "online")) not in KINDS
    )


def _elements(source: Path, unit: CourseUnit) -> list[etree._Element]:
    """Return all elements of a unit, those of pages and instructions too."""
    found: list[etree._Element] = []
    for file in unit.files:
        if file.endswith(".html"):
            found += parse_html((source / file).read_text(encoding="utf-8")).iterdescendants()
    for block in unit.blocks:
        inside = [element for element in block.iter(etree.Element) if element.tag in AUTHOR_HTML]
        found += [element for element in block.iter(etree.Element) if element.get("data-minutes")]
        for element in inside:
            if (element.text or "").strip():
                found += parse_html(element.text or "").iterdescendants()
    return found
