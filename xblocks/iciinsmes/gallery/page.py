"""An entry as the page of the gallery shows it."""

from __future__ import annotations

from dataclasses import dataclass

from iciinsmes.companies.api import country_name
from iciinsmes.evidence.kinds import SHOWN_TYPES

from .data import EntryData


@dataclass(frozen=True)
class EntryView:
    """An entry with answers beside their questions; ``files`` are each a file and whether a picture of it is shown."""

    entry: EntryData
    title: str
    firm: str
    answers: tuple[tuple[str, str], ...]
    files: tuple[tuple[object, bool], ...]


def entry_view(entry: EntryData) -> EntryView:
    """Put together what readers see; the firm has a name only where the learner lets it have one."""
    task = entry.round.task
    return EntryView(
        entry=entry,
        title=task.title,
        firm=_firm(entry),
        answers=tuple(
            (question.title, entry.round.answers[question.key])
            for question in task.questions
            if entry.round.answers.get(question.key)
        ),
        files=tuple((file, file.content_type in SHOWN_TYPES) for file in entry.round.files),
    )


def _firm(entry: EntryData) -> str:
    company = entry.company
    if company is None:
        return ""
    place = country_name(company.country)
    parts = (company.name, place) if entry.firm_named else (company.trade, place)
    return ", ".join(part for part in parts if part)
