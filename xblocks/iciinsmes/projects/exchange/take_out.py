"""Everything of a project as JSON: what `bring_in` makes the same project from on another site.

People are names here, because accounts are a site's own; files are names, because they are not the text of a project.
A coach's own notes and lights are the coach's and stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from iciinsmes.evidence import api as evidence
from iciinsmes.platform import host

from ..data import Kind
from ..errors import UnknownProject
from ..fields import FieldKind
from ..kinds import KINDS
from ..models import CoachTalk, Entry, GateRequest, Project

#: What the file says it is.
FORMAT, VERSION = "iciinsmes.project", 1
#: Under these keys an entry's content holds names instead of what only this site knows.
PERSON, FILES = "person_label", "file_names"


def project_as_json(*, project_id: UUID) -> dict[str, Any]:
    """Return the project as JSON; who may have it the caller knows.

    Raises:
        UnknownProject: there is none.
    """
    row = Project.objects.filter(id=project_id).select_related("company").first()
    if row is None:
        raise UnknownProject
    entries = list(row.entries.prefetch_related("versions").order_by("created_at", "id"))
    requests = list(row.requests.prefetch_related("decisions").order_by("asked_at", "id"))
    pauses = list(row.pauses.order_by("first_on", "id"))
    talks = list(row.talks.order_by("held_on", "written_at", "id"))
    runs = list(row.runs.order_by("begins_on", "id"))
    named = NamesInFiles(_people(entries, requests, pauses, talks), _files(project_id))
    return {
        "format": FORMAT,
        "version": VERSION,
        "company": {"name": row.company.name, "trade": row.company.trade, "size_class": row.company.size_class},
        "project": {
            "title": row.title,
            "started_on": row.started_on.isoformat(),
            "ended_on": _day(row.ended_on),
            "stopped": row.stopped,
            "begins_on": runs[-1].begins_on.isoformat() if runs else row.started_on.isoformat(),
        },
        "entries": [_entry(each, named) for each in entries],
        "requests": [_request(each, named) for each in requests],
        "passages": [
            {
                "gate": each.gate,
                "passed_on": each.passed_on.isoformat(),
                "back_at": _moment(each.back_at),
                "request": str(each.request_id) if each.request_id else None,
            }
            for each in row.passages.order_by("id")
        ],
        "pauses": [
            {
                "first_on": each.first_on.isoformat(),
                "last_on": each.last_on.isoformat(),
                "reason": each.reason,
                "declared_by": named.of(each.declared_by_id, each.declared_label),
            }
            for each in pauses
        ],
        "talks": [
            {
                "id": str(each.id),
                "held_on": each.held_on.isoformat(),
                "next_on": _day(each.next_on),
                "about": each.about,
                "agreements": [{"text": one["text"], "measure": one["measure"]} for one in each.agreements],
                "coach": named.of(each.coach_id, each.coach_label),
                "written_at": _moment(each.written_at),
            }
            for each in talks
        ],
    }


class NamesInFiles:
    """What people and files are called."""

    def __init__(self, people: Iterable[int | None], files: Mapping[str, str]) -> None:
        self._people = host().names({each for each in people if each is not None})
        self._files = files

    def of(self, user_id: int | None, label: str = "") -> str:
        """Return the name of somebody, or the label of who has no account here; empty for nobody."""
        return (self._people.get(user_id, "") if user_id is not None else "") or label

    def content(self, kind: Kind, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return content with names instead of accounts and files of this site."""
        kept = dict(content)
        for field in KINDS[kind].fields:
            if field.kind is FieldKind.PERSON and field.key in kept:
                kept[PERSON] = self.of(kept.pop(field.key))
            if field.kind is FieldKind.FILES and field.key in kept:
                kept[FILES] = [self._files.get(each, each) for each in kept.pop(field.key)]
        return kept


def files_and_people(*, project_id: UUID) -> tuple[list[int | None], dict[str, str]]:
    """Return who has entered something or is named by it, and what the project's files are called."""
    rows = Entry.objects.filter(project_id=project_id).values_list("author_id", "changed_by_id", "person_id")
    return [each for row in rows for each in row], _files(project_id)


def _entry(row: Entry, named: NamesInFiles) -> dict[str, Any]:
    kind = Kind(row.kind)
    return {
        "id": str(row.id),
        "kind": row.kind,
        "content": named.content(kind, row.content),
        "revision": row.revision,
        "author": named.of(row.author_id, row.author_label),
        "created_at": _moment(row.created_at),
        "changed_by": named.of(row.changed_by_id, row.changed_label),
        "changed_at": _moment(row.changed_at),
        "removed_at": _moment(row.removed_at),
        "versions": [
            {
                "revision": each.revision,
                "content": named.content(kind, each.content),
                "removed": each.removed,
                "changed_by": named.of(each.changed_by_id, each.changed_label),
                "changed_at": _moment(each.changed_at),
            }
            for each in sorted(row.versions.all(), key=lambda version: version.revision)
        ],
    }


def _request(row: GateRequest, named: NamesInFiles) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "gate": row.gate,
        # Nobody on another site was asked, so there it is none that somebody can decide.
        "state": GateRequest.State.WITHDRAWN.value if row.state == GateRequest.State.OPEN else row.state,
        "deciders": row.deciders,
        "proposal": row.proposal,
        "reason": row.reason,
        "snapshot": row.snapshot,
        "asked_by": named.of(row.asked_by_id, row.asked_label),
        "asked_at": _moment(row.asked_at),
        "ended_at": _moment(row.ended_at),
        "decisions": [
            {
                "decider": each.decider,
                "verdict": each.verdict,
                "reason": each.reason,
                "name": each.name,
                "decided_at": _moment(each.decided_at),
            }
            for each in sorted(row.decisions.all(), key=lambda decision: (decision.decided_at, decision.pk))
        ],
    }


def _people(
    entries: Iterable[Entry], requests: Iterable[GateRequest], pauses: Iterable[Any], talks: Iterable[CoachTalk]
) -> list[int | None]:
    found: list[int | None] = []
    for entry in entries:
        found += [entry.author_id, entry.changed_by_id, entry.person_id]
        for version in entry.versions.all():
            found += [version.changed_by_id, version.person_id]
    found += [each.asked_by_id for each in requests]
    found += [each.declared_by_id for each in pauses]
    return found + [each.coach_id for each in talks]


def _files(project_id: UUID) -> dict[str, str]:
    return {str(each.id): each.name for each in evidence.files_of(subject=project_id)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
