"""The final report: written from the project's data, then section by section by its people, and never over them.

A section that nobody has edited says what the data say now. With the first save it becomes an entry: from then on its
text is the people's, and of the data only figures are offered, each by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from .data import EntryData, Kind
from .entries import add_entry_by, change_entry_by
from .errors import UnknownProjectEntry
from .figures import figures_in_all_languages, figures_of, replaced, says_one_of, tokens_in, without_tokens
from .models import Entry, Project
from .projects import changing
from .record import Record, record_of
from .report_text import SECTIONS, draft_of

#: Between refused figures, which is in no figure's name.
_BETWEEN = " | "


@dataclass(frozen=True)
class NewerFigure:
    """A figure that says something else by now: it stands as ``was`` in the text."""

    key: str
    was: str
    now: str


@dataclass(frozen=True)
class SectionData:
    """A section: its ``text`` with figures as `figures` writes them, ``printed`` as it is read.

    ``entry`` is None while nobody has edited it; ``revision`` is 0 then. ``offers`` are figures that have changed since
    they were written, without those that somebody has left as they are.
    """

    key: str
    number: int
    title: str
    text: str
    printed: str
    entry: EntryData | None = None
    revision: int = 0
    offers: tuple[NewerFigure, ...] = ()


def report_of(record: Record) -> tuple[SectionData, ...]:
    """Return all sections of the project's report, edited ones as they were left, the others as the data say now."""
    written = {entry.content["section"]: entry for entry in record.entries[Kind.REPORT]}
    now = figures_in_all_languages(record) if written else {}
    here = figures_of(record) if written else {}
    return tuple(
        _section(key, number, record, written.get(key), now, here) for number, key in enumerate(SECTIONS, start=1)
    )


def save_section(
    *, project_id: UUID, user_id: int, course_key: CourseKey, section: str, text: str, revision: int
) -> EntryData:
    """Write a section; nothing but this section changes.

    Args:
        project_id: the project.
        user_id: one of its members.
        course_key: the run.
        section: a key of `report_text.SECTIONS`.
        text: at most 20,000 characters; empty for a section that says nothing.
        revision: of the section as the person had read it, 0 for one that nobody had edited.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: there is no such section.
        StaleEntry: somebody else has edited it since; nothing was changed now.
        WrongContent: the text is too long.
    """
    _must_be_section(section)
    with changing(project_id, user_id, course_key) as project:
        row = _row(project, section)
        if row is None:
            return add_entry_by(project, user_id, Kind.REPORT, {"section": section, "text": text})
        return change_entry_by(project, user_id, row, {**row.content, "text": text}, revision)


def renew_section(
    *, project_id: UUID, user_id: int, course_key: CourseKey, section: str, revision: int
) -> EntryData | None:
    """Write a section anew from the data; what stood there stays among its earlier versions.

    Returns:
        The section; None where nobody has edited it: then it says what the data say anyway.

    Raises:
        UnknownProject, NotAllowed, HasEnded, UnknownEntry, StaleEntry: see `save_section`.
    """
    _must_be_section(section)
    with changing(project_id, user_id, course_key) as project:
        row = _row(project, section)
        if row is None:
            return None
        content = {"section": section, "text": draft_of(section, record_of(project_id=project.pk))}
        return change_entry_by(project, user_id, row, content, revision)


def take_figure(
    *, project_id: UUID, user_id: int, course_key: CourseKey, section: str, key: str, was: str
) -> EntryData:
    """Let one figure of a section say what is true now; everything around it stays, whoever has just written there.

    Args:
        project_id: the project.
        user_id: one of its members.
        course_key: the run.
        section: a key of `report_text.SECTIONS`.
        key: where the figure comes from.
        was: what it says in the text.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        UnknownProjectEntry: there is no such section, or nobody has edited it.
    """
    with changing(project_id, user_id, course_key) as project:
        row = _written(project, section)
        now = figures_of(record_of(project_id=project.pk)).get(key)
        text = row.content.get("text", "")
        changed = text if now is None else replaced(text, key, was, now)
        return change_entry_by(project, user_id, row, {**row.content, "text": changed}, row.revision)


def leave_figure(*, project_id: UUID, user_id: int, course_key: CourseKey, section: str, key: str) -> EntryData:
    """Leave a figure as it is; it is offered again when the data say something else again.

    Raises:
        UnknownProject, NotAllowed, HasEnded, UnknownEntry: see `take_figure`.
    """
    with changing(project_id, user_id, course_key) as project:
        row = _written(project, section)
        now = figures_of(record_of(project_id=project.pk)).get(key)
        refused = _refused(row.content)
        if now is not None:
            refused = {**refused, key: now}
        kept = _BETWEEN.join(f"{name}: {words}" for name, words in refused.items())
        return change_entry_by(project, user_id, row, {**row.content, "refused": kept}, row.revision)


def _section(
    key: str,
    number: int,
    record: Record,
    entry: EntryData | None,
    now: Mapping[str, frozenset[str]],
    here: Mapping[str, str],
) -> SectionData:
    title = str(SECTIONS[key])
    if entry is None:
        text = draft_of(key, record)
        return SectionData(key, number, title, text, without_tokens(text))
    text, refused = entry.content.get("text", ""), _refused(entry.content)
    offers = [
        NewerFigure(each.key, each.words, here[each.key])
        for each in tokens_in(text)
        if each.key in now
        and not says_one_of(each.words, now[each.key])
        and not says_one_of(refused.get(each.key, ""), now[each.key])
    ]
    return SectionData(
        key, number, title, text, without_tokens(text), entry, entry.revision, tuple(dict.fromkeys(offers))
    )


def _refused(content: Mapping[str, str]) -> dict[str, str]:
    """Return the figures that somebody has left as they were, with what the data said then."""
    pairs = [each.partition(": ") for each in content.get("refused", "").split(_BETWEEN) if each]
    return {key: words for key, _sign, words in pairs}


def _must_be_section(section: str) -> None:
    if section not in SECTIONS:
        raise UnknownProjectEntry


def _row(project: Project, section: str) -> Entry | None:
    rows = project.entries.filter(kind=Kind.REPORT.value, removed_at=None).order_by("created_at", "id")
    return next((row for row in rows if row.content["section"] == section), None)


def _written(project: Project, section: str) -> Entry:
    row = _row(project, section)
    if row is None:
        raise UnknownProjectEntry
    return row
