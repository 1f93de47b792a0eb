"""Results that are to go out at a moment: each by the same function as one that is released by hand."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from iciinsmes.notices import api as notices
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData

from . import notice_kinds
from .errors import AssignmentError
from .grading import release
from .models import Round

#: The job that does it now.
RELEASE_DUE = "assignments.release_due"
#: A moment is kept to within this time.
EVERY = timedelta(minutes=5)
#: So many at a time; whatever is left is next.
_PAGE = 200

_log = logging.getLogger(__name__)


def release_due() -> None:
    """Release what should have gone out by now; what cannot is told to who planned it, and stops no other.

    Run twice, or by two at once, each goes out once: the work is locked, and a result never changes.
    """
    while page := review.due_for_release(now=timezone.now(), limit=_PAGE):
        for each in page:
            _release(each)
            # Whatever became of it, it is not looked at again: a fault would keep all others waiting.
            review.unplan(assessment_id=each.id)


def _release(each: AssessmentData) -> None:
    if each.assessor_id is None:
        return
    try:
        release(
            round_id=each.subject,
            assessor_id=each.assessor_id,
            outcome=each.outcome,
            by_id=each.released_by_id or each.assessor_id,
        )
    except (AssignmentError, review.ReviewError) as refused:
        _log.warning("The planned result of round %s was not released: %s", each.subject, type(refused).__name__)
        _tell(each)
    except Exception:  # noqa: BLE001 - one that fails keeps no other waiting
        _log.exception("The planned result of round %s was not released", each.subject)
        _tell(each)


def _tell(each: AssessmentData) -> None:
    """Tell who planned it, unless there is a result or no round any more."""
    row = Round.objects.filter(id=each.subject).select_related("work__assignment").first()
    if row is None or each.released_by_id is None or review.released(subjects=[each.subject]):
        return
    notices.notify(
        user_id=each.released_by_id,
        kind=notice_kinds.NOT_RELEASED,
        course_key=row.work.course_key,
        title=row.work.assignment.shown_title,
        address=reverse("iciinsmes:desk-round", args=[row.work.course_key, row.id]),
        subject=str(row.id),
    )
