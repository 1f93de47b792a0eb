"""Teachers' words about what no room has a fact of: a tick with the day on which it was shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log

from .course_types import type_of
from .data import CONFIRMED_BY_TEACHER, CertificateCriterion, Criteria
from .models import TeacherWord
from .rules import asked


def asked_words(criteria: Criteria) -> tuple[CertificateCriterion, ...]:
    """Return of what a run asks for that which a teacher confirms; the talk is one where there is no project."""
    kind = type_of(criteria.kind)
    by_word = (*CONFIRMED_BY_TEACHER, *(() if kind.gates else (CertificateCriterion.TALK,)))
    return tuple(each for each in asked(kind, criteria) if each in by_word)


def words_about(*, learner_id: int, course_key: CourseKey) -> dict[CertificateCriterion, date]:
    """Return what teachers have confirmed of a learner, with its day, in one query."""
    rows = TeacherWord.objects.filter(course_key=course_key, learner_id=learner_id)
    return {CertificateCriterion(criterion): day for criterion, day in rows.values_list("criterion", "shown_on")}


def confirm(
    *, course_key: CourseKey, learner_id: int, by_id: int, criterion: CertificateCriterion, shown_on: date | None
) -> None:
    """Confirm that a learner has shown something on a day, or with None take the word back; again changes nothing.

    Args:
        course_key: the run.
        learner_id: the learner.
        by_id: a teacher who may grade the learner; that is the caller's to ask.
        criterion: what was shown.
        shown_on: the day.
    """
    mine: dict[str, Any] = {"course_key": course_key, "learner_id": learner_id, "criterion": criterion.value}
    with transaction.atomic():
        row = TeacherWord.objects.filter(**mine).first()
        if shown_on == (row.shown_on if row else None):
            return
        is_shown = shown_on is not None
        if not is_shown:
            TeacherWord.objects.filter(**mine).delete()
        else:
            said = {"shown_on": shown_on, "said_by_id": by_id, "said_at": timezone.now()}
            TeacherWord.objects.update_or_create(**mine, defaults=said)
        audit_log.record(
            course_key=course_key,
            verb="fact_confirmed" if is_shown else "fact_taken_back",
            actor_id=by_id,
            person_id=learner_id,
            subject=f"fact:{criterion.value}",
        )
