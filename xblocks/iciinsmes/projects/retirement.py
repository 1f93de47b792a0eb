"""What this room keeps about one person: handed out, taken out of what is the firm's, and dropped when it is old."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api as evidence
from iciinsmes.lib.locks import locked
from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.mentors import api as mentors
from iciinsmes.waiting import api as waiting

from .messages import forget_thread
from .models import (
    BlockDone,
    CoachTalk,
    Entry,
    EntryVersion,
    GateDecision,
    GateRequest,
    LightOverride,
    Project,
    ProjectPause,
    ProjectRun,
    SummaryLink,
)


def courses_of(*, user_id: int) -> Collection[CourseKey]:
    """Return the course runs in which projects are worked on to which the person has brought something."""
    projects = Entry.objects.filter(author_id=user_id).values("project")
    talks = CoachTalk.objects.filter(coach_id=user_id).values("project")
    runs = ProjectRun.objects.filter(project__in=projects) | ProjectRun.objects.filter(project__in=talks)
    return {run.course_key for run in runs}


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the person has entered, asked, decided and talked about in projects.

    Args:
        user_id: the person.
        course_key: only projects of this course run; None for all.
    """
    of_run = _of_run(course_key)
    decisions = GateDecision.objects.filter(decided_by_id=user_id, **_of_run(course_key, "request__project"))
    return PersonalData(
        tables={
            "project_entries": _entries(Entry.objects.filter(author_id=user_id, **of_run)),
            "project_requests": (
                {"project": str(row.project_id), "gate": row.gate, "reason": row.reason, "asked_at": row.asked_at}
                for row in GateRequest.objects.filter(asked_by_id=user_id, **of_run).order_by("asked_at").iterator()
            ),
            "project_decisions": (
                {"gate": row.request.gate, "verdict": row.verdict, "reason": row.reason, "at": row.decided_at}
                for row in decisions.select_related("request").order_by("decided_at").iterator()
            ),
            "project_talks": (
                {
                    "project": str(row.project_id),
                    "on": row.held_on,
                    "about": row.about,
                    "notes": row.notes,
                    "agreements": [each["text"] for each in row.agreements],
                    "next_on": row.next_on,
                }
                for row in CoachTalk.objects.filter(coach_id=user_id, **of_run).order_by("held_on").iterator()
            ),
            "project_blocks": (
                {"block": str(row.block.usage_key), "done_at": row.done_at}
                for row in BlockDone.objects.filter(user_id=user_id, **_of_block(course_key))
                .select_related("block")
                .order_by("id")
                .iterator()
            ),
            "project_pauses": (
                {"first": row.first_on, "last": row.last_on, "reason": row.reason}
                for row in ProjectPause.objects.filter(declared_by_id=user_id, **of_run).order_by("id").iterator()
            ),
            "project_lights": (
                {"light": row.light, "reason": row.reason, "set_at": row.set_at}
                for row in LightOverride.objects.filter(set_by_id=user_id, **of_run).order_by("id").iterator()
            ),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out of projects: what was entered stays the firm's, without a name, and nothing is theirs to do.

    A coach's own notes go; what was said to the firm stays.
    """
    of_run = _of_run(course_key)
    of_entries = _of_run(course_key, "entry__project")
    with transaction.atomic():
        for row in Entry.objects.filter(person_id=user_id, **of_run):
            Entry.objects.filter(pk=row.pk).update(content=_without_person(row.content), person=None)
        for version in EntryVersion.objects.filter(person_id=user_id, **of_entries):
            EntryVersion.objects.filter(pk=version.pk).update(content=_without_person(version.content), person=None)
        BlockDone.objects.filter(user_id=user_id, **_of_block(course_key)).delete()
        Entry.objects.filter(author_id=user_id, **of_run).update(author=None)
        Entry.objects.filter(changed_by_id=user_id, **of_run).update(changed_by=None)
        EntryVersion.objects.filter(changed_by_id=user_id, **of_entries).update(changed_by=None)
        GateRequest.objects.filter(asked_by_id=user_id, **of_run).update(asked_by=None)
        decisions = GateDecision.objects.filter(decided_by_id=user_id, **_of_run(course_key, "request__project"))
        decisions.update(decided_by=None, name="")
        ProjectPause.objects.filter(declared_by_id=user_id, **of_run).update(declared_by=None)
        LightOverride.objects.filter(set_by_id=user_id, **of_run).update(set_by=None)
        SummaryLink.objects.filter(made_by_id=user_id, **of_run).update(made_by=None)
        CoachTalk.objects.filter(coach_id=user_id, **of_run).update(coach=None, notes="")


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove projects that nobody has changed since, with all that was entered, and return how many there were."""
    old = Project.objects.filter(changed_at__lt=before)
    ids = list(old.values_list("id", flat=True))
    if not dry_run:
        for project_id in ids:
            with transaction.atomic():
                row = locked(Project.objects).filter(id=project_id, changed_at__lt=before).first()
                if row is not None:
                    _remove(row)
    return len(ids)


def _remove(row: Project) -> None:
    """Remove a project with what other rooms keep of it: files, what waits, and what was asked by links."""
    evidence.forget(subject=row.pk)
    forget_thread(row.pk)
    requests = list(GateRequest.objects.filter(project=row).values_list("id", "owner_subject", "coach_subject"))
    waiting.leave(subjects=[request for request, _owner, _coach in requests])
    mentors.forget(subjects=[subject for _request, *pair in requests for subject in pair])
    row.delete()


def _of_run(course_key: CourseKey | None, path: str = "project") -> dict[str, Any]:
    """Return the condition that a row's project is worked on in this run; none for all runs."""
    if course_key is None:
        return {}
    return {f"{path}_id__in": ProjectRun.objects.filter(course_key=course_key).values("project_id")}


def _of_block(course_key: CourseKey | None) -> dict[str, Any]:
    return {} if course_key is None else {"block__course_key": course_key}


def _without_person(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != "person"}


def _entries(rows: QuerySet[Entry]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("created_at").iterator():
        yield {
            "project": str(row.project_id),
            "kind": row.kind,
            "content": _without_person(row.content),
            "since": row.created_at,
            "changed_at": row.changed_at,
            "removed_at": row.removed_at,
        }
