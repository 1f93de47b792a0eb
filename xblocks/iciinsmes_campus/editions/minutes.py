"""How long a course takes, counted from its sources: reading at 130 words a minute, quizzes, and tasks as marked.

An element that asks for something carries ``data-minutes``, and ``data-time`` for what the time is: ``online`` (if left
out), ``session``, ``work`` at the workplace, or ``coaching``. An assignment says its ``hours`` itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from lxml import etree

from .documents import AUTHOR_HTML, texts_of
from .outline import CourseUnit, Outline
from .segments import Text, parse_html, plain

#: Minutes by what they are for, of `KINDS`.
Minutes = Mapping[str, float]

#: For people who read in a second language.
WORDS_A_MINUTE = 130
MINUTES_A_QUESTION = 1.5
MINUTES_A_REACTION = 2
KINDS = ("online", "session", "work", "coaching")
#: No reading: what appears only after an answer, and the levels of a rubric, which are folded and looked up.
_NOT_READ = frozenset(["img alt", "level", "solution", "hint", "choicehint", "optionhint"])
_RESPONSES = ("multiplechoiceresponse", "choiceresponse", "optionresponse", "numericalresponse", "stringresponse")


def minutes_of(
    *, words: int, marks: Iterable[etree._Element] = (), questions: int = 0, reactions: int = 0, hours: float = 0
) -> dict[str, float]:
    """Return the minutes that something takes by their kind, of `KINDS`.

    Args:
        words: that are read.
        marks: elements, of which those count that carry ``data-minutes``; marks that are none count for nothing here
            and are named by `strange_marks`.
        questions: that are answered.
        reactions: blocks that ask how it was.
        hours: of the assignment, at work.
    """
    found = dict.fromkeys(KINDS, 0.0)
    for element in marks:
        kind = element.get("data-time") or "online"
        if kind in found:
            with suppress(ValueError):
                found[kind] += float(element.get("data-minutes") or 0)
    found["online"] += words / WORDS_A_MINUTE + MINUTES_A_QUESTION * questions + MINUTES_A_REACTION * reactions
    found["work"] += 60 * hours
    return found


def html_minutes(html: str, *, written: str = "", questions: int = 0, reactions: int = 0, hours: float = 0) -> Minutes:
    """Return what `minutes_of` does of one block.

    Args:
        html: what its readers get.
        written: what its author wrote: the marks are no part of what readers get.
        questions: as for `minutes_of`, as are the next two.
        reactions: blocks that ask how it was.
        hours: of the assignment, at work.
    """
    marks = parse_html(written).iterdescendants() if "data-minutes" in written else ()
    count = len(plain(Text(kind="p", text=html, is_markup=True)).split())
    return minutes_of(words=count, marks=marks, questions=questions, reactions=reactions, hours=hours)


def added(parts: Iterable[Minutes]) -> Minutes:
    """Return the minutes of several parts together."""
    found = dict.fromkeys(KINDS, 0.0)
    for part in parts:
        for kind, minutes in part.items():
            found[kind] += minutes
    return found


def words(source: Path, unit: CourseUnit) -> int:
    """Return the words of a unit that a learner reads, without titles and text alternatives."""
    found = 0
    for file in unit.files:
        for text in texts_of(file, (source / file).read_bytes()):
            if text.kind not in _NOT_READ and not text.kind.endswith(" display_name"):
                found += len(plain(text).split())
    return found


def minutes(source: Path, unit: CourseUnit) -> Minutes:
    """Return the minutes of a unit; a page for trainers takes learners no time to read."""
    marks = _elements(source, unit)
    if unit.is_for_staff:
        return minutes_of(words=0, marks=marks)
    return minutes_of(
        words=words(source, unit),
        marks=marks,
        questions=sum(1 for block in unit.blocks for _response in block.iter(*_RESPONSES)),
        reactions=sum(block.tag == "reaction" for block in unit.blocks),
        hours=sum(float(block.get("hours", "0")) for block in unit.blocks if block.tag == "workplace_assignment"),
    )


def minutes_by_section(source: Path, outline: Outline) -> dict[str, Minutes]:
    """Return the minutes of each section."""
    return {
        name: added(minutes(source, unit) for unit in outline.units if unit.section == name)
        for name, _title in outline.sections
    }


def strange_marks(source: Path, units: Iterable[CourseUnit]) -> Iterator[str]:
    """Yield what authors have written as kinds of time that are none, and as minutes that are no number."""
    for unit in units:
        for element in _elements(source, unit):
            kind, number = element.get("data-time", "online"), element.get("data-minutes") or "0"
            if kind not in KINDS:
                yield f"{unit.name}: {kind} is no kind of time"
            try:
                float(number)
            except ValueError:
                yield f"{unit.name}: {number} is no number of minutes"


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
