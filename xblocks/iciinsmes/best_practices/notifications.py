"""Who is told of a case: the staff when it can be published, and the firm when it was decided about."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices

from .models import PracticeCase
from .notice_kinds import DECIDED, KINDS, WAITS
from .stored import proposal_of


def tell_staff(*, case_id: UUID, **_more: object) -> None:
    """Hear `signals.case_agreed`: tell the staff of the run who may see the firm."""
    row = _row(case_id)
    if row is not None:
        notices.notify_many(
            user_ids=companies.staff_of(course_key=row.course_key, learner_id=row.proposed_by_id),
            kind=WAITS,
            course_key=row.course_key,
            title=proposal_of(row).content.title,
            address=reverse("iciinsmes:practice-waiting", args=[row.course_key]),
            subject=f"best_practice:{row.pk}",
        )


def tell_firm(*, case_id: UUID, **_more: object) -> None:
    """Hear `signals.case_decided`: tell whoever has proposed the case; what waited for the staff waits no more."""
    notices.take_back(kind=WAITS, subject=f"best_practice:{case_id}")
    row = _row(case_id)
    if row is not None and row.proposed_by_id is not None and row.project_id is not None:
        notices.notify(
            user_id=row.proposed_by_id,
            kind=DECIDED,
            course_key=row.course_key,
            title=proposal_of(row).content.title,
            address=reverse("iciinsmes:practice-proposal", args=[row.course_key, row.project_id]),
            subject=f"best_practice:{row.pk}",
        )


def take_back_all(*, case_id: UUID, **_more: object) -> None:
    """Hear `signals.case_ended`: notices that name the case go with it."""
    for kind in KINDS:
        notices.take_back(kind=kind, subject=f"best_practice:{case_id}")


def _row(case_id: UUID) -> PracticeCase | None:
    """Return the case unless it was taken back since, whose words nobody is told any more."""
    return PracticeCase.objects.exclude(content={}).filter(pk=case_id).first()
