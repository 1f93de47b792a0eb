"""An entry as the page of the gallery shows it."""

from __future__ import annotations

from dataclasses import dataclass

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import RoundData
from iciinsmes.companies.api import country_name
from iciinsmes.evidence.data import ItemData
from iciinsmes.evidence.kinds import SHOWN_TYPES

from .data import EntryData


@dataclass(frozen=True)
class Answer:
    """A question with what was written, and with the links, notes and tables that belong to it."""

    title: str
    text: str
    items: tuple[ItemData, ...]


@dataclass(frozen=True)
class EntryView:
    """An entry with answers beside their questions.

    ``files`` are all files, each with whether a picture of it is shown; ``items`` are those that belong to no question.
    """

    entry: EntryData
    title: str
    firm: str
    answers: tuple[Answer, ...]
    files: tuple[tuple[object, bool], ...]
    items: tuple[ItemData, ...]


def entry_view(entry: EntryData) -> EntryView:
    """Put together what readers see; the firm has a name only where the learner lets it have one."""
    row = entry.round
    answers = (
        Answer(question.title, row.answers.get(question.key, ""), _items(row, question.key))
        for question in row.task.questions
    )
    return EntryView(
        entry=entry,
        title=row.task.title,
        firm=_firm(entry),
        answers=tuple(answer for answer in answers if answer.text or answer.items),
        files=tuple((file, file.content_type in SHOWN_TYPES) for file in row.files),
        items=_items(row, ""),
    )


def _items(row: RoundData, question: str) -> tuple[ItemData, ...]:
    """Return what was added at one question, or with an empty key what belongs to the whole work."""
    return assignments.place_of(row.task, question, (), row.items).items


def _firm(entry: EntryData) -> str:
    company = entry.company
    if company is None:
        return ""
    place = country_name(company.country)
    parts = (company.name, place) if entry.firm_named else (company.trade, place)
    return ", ".join(part for part in parts if part)
