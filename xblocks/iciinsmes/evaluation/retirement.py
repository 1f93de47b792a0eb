"""What this room keeps about one person: handed out, and taken apart from the person; and what is dropped when old.

Numbers of who is forgotten stay without the person, text, value and way to the project: published figures stay true,
and their difference before and after tells nobody what the person had answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.platform import zones

from .data import KEPT, STATEMENTS
from .models import EvaluationReport, KeptQuestion, Reaction

#: In the place of the random part of a link: what it opened is closed.
_CLOSED = ""


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return what the person has answered after cycles and about what has stayed, and which own reports were made.

    Args:
        user_id: the person.
        course_key: only this course run, and reports that hold it; None for all.
    """
    reactions, questions = _mine(user_id, course_key)
    return PersonalData(
        tables={
            "reactions": _reactions(reactions),
            "what_has_stayed": _questions(questions),
            "evaluation_reports": _reports(user_id, course_key),
        }
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person out of the answers, close the links, and remove the reports."""
    reactions, questions = _mine(user_id, course_key)
    with transaction.atomic():
        reactions.update(user=None, text="", published_text="")
        questions.filter(answered_on=None).delete()
        questions.update(user=None, nonce=_CLOSED, kpi=None, value=None, entry=None)
        EvaluationReport.objects.filter(id__in=[row.id for row in _own_reports(user_id, course_key)]).delete()


def courses_of(*, user_id: int) -> Collection[CourseKey]:
    """Return the course runs in which something of the person is kept."""
    reactions, questions = _mine(user_id, None)
    keys = {*reactions.values_list("block__course_key", flat=True), *questions.values_list("course_key", flat=True)}
    return {key for key in keys if key is not None}


def expire(*, before: datetime, dry_run: bool = False) -> int:
    """Remove answers and questions from before this moment, return how many; ``dry_run`` only counts."""
    day = before.astimezone(zones.of_site()).date()
    return _expire(
        [Reaction.objects.filter(saved_on__lt=day), KeptQuestion.objects.filter(expires_at__lt=before)], dry_run
    )


def expire_reports(*, before: datetime, dry_run: bool = False) -> int:
    """Remove reports from before this moment, return how many; ``dry_run`` only counts."""
    return _expire([EvaluationReport.objects.filter(created_at__lt=before)], dry_run)


def _expire(found: Collection[QuerySet[Any]], dry_run: bool) -> int:
    count = sum(rows.count() for rows in found)
    if not dry_run:
        for rows in found:
            rows.delete()
    return count


def _mine(user_id: int, course_key: CourseKey | None) -> tuple[QuerySet[Reaction], QuerySet[KeptQuestion]]:
    reactions, questions = Reaction.objects.filter(user_id=user_id), KeptQuestion.objects.filter(user_id=user_id)
    if course_key is None:
        return reactions, questions
    return reactions.filter(block__course_key=course_key), questions.filter(course_key=course_key)


def _reactions(rows: QuerySet[Reaction]) -> Iterator[Mapping[str, Any]]:
    for row in rows.select_related("block").order_by("saved_on", "id").iterator():
        yield {
            "course": str(row.block.course_key),
            "block": str(row.block.usage_key),
            **{key: getattr(row, key) for key in STATEMENTS},
            "obstacles": row.obstacles,
            "text": row.text,
            "saved_on": row.saved_on,
        }


def _questions(rows: QuerySet[KeptQuestion]) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("asked_at").iterator():
        yield {
            "course": str(row.course_key),
            "months": row.months,
            "asked_at": row.asked_at,
            "answered_on": row.answered_on,
            **{key: getattr(row, key) for key in KEPT},
            "value": row.value,
        }


def _own_reports(user_id: int, course_key: CourseKey | None) -> Iterator[EvaluationReport]:
    rows = EvaluationReport.objects.filter(owner_id=user_id).defer("result").order_by("created_at")
    # Databases look into lists of JSON in ways of their own, and one person has few reports.
    return (row for row in rows.iterator() if course_key is None or str(course_key) in row.runs)


def _reports(user_id: int, course_key: CourseKey | None) -> Iterator[Mapping[str, Any]]:
    for row in _own_reports(user_id, course_key):
        yield {"courses": row.runs, "begun_at": row.created_at}
