"""An entry as the page of the gallery shows it."""

from __future__ import annotations

from dataclasses import dataclass

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.api import ShownAnswer, ShownEvidence
from iciinsmes.companies.api import country_name

from .data import GalleryEntryData


@dataclass(frozen=True)
class EntryView:
    """An entry with what readers see of its round; ``evidence`` is what belongs to no question."""

    entry: GalleryEntryData
    title: str
    company: str
    answers: tuple[ShownAnswer, ...]
    evidence: ShownEvidence


def entry_view(entry: GalleryEntryData) -> EntryView:
    """Put together what readers see; the firm has a name only where the learner lets it have one."""
    shown = assignments.shown_round(entry.round)
    return EntryView(
        entry=entry,
        title=entry.round.task.title,
        company=_company(entry),
        answers=tuple(answer for answer in shown.answers if answer.text or answer.evidence),
        evidence=shown.evidence,
    )


def _company(entry: GalleryEntryData) -> str:
    company = entry.company
    if company is None:
        return ""
    place = country_name(company.country)
    parts = (company.name, place) if entry.company_named else (company.trade, place)
    return ", ".join(part for part in parts if part)
