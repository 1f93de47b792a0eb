"""What a decision on the page of a work comes to: a result, or a judgement that waits for somebody or for later."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData, Marking

from .forms import GradingForm
from .people import people
from .queue_column import QueuePlace


def writes_jointly(data: GradingData, user_id: int) -> bool:
    """Tell whether what the person writes now has the proposals of others in view; no query where one decides alone."""
    if data.round.task.marking is Marking.ONE:
        return False
    return assignments.marks(data=data, reader_id=user_id).joint


def decided(data: GradingData, user_id: int, form: GradingForm, outcome: str, *, later: bool) -> AssessmentData:
    """Release what was kept, or let it wait; what a colleague proposed and nobody has changed stays the colleague's.

    Args:
        data: the round.
        user_id: who decides.
        form: what the person wrote, kept already.
        outcome: ``passed`` or ``revise``.
        later: whether it is not to go out now.

    Raises:
        AssignmentError, ReviewError: see `assignments.release` and `assignments.finish`.
    """
    round_id, marking = data.round.id, data.round.task.marking
    found = None if marking is Marking.ONE else assignments.marks(data=data, reader_id=user_id)
    if later or (found is not None and found.step is review.StaffStep.MARK):
        return assignments.finish(round_id=round_id, assessor_id=user_id, outcome=outcome)
    assessor_id = user_id
    if found is not None and found.step is review.StaffStep.SECOND and found.ready is not None:
        ready = found.ready
        if ready.assessor_id is not None and ready.outcome == outcome and _is_unchanged(form, ready):
            assessor_id = ready.assessor_id
    return assignments.release(round_id=round_id, assessor_id=assessor_id, outcome=outcome, by_id=user_id)


def tell_of_decision(request: HttpRequest, place: QueuePlace, data: GradingData, assessment: AssessmentData) -> None:
    """Leave a notice for the next page of what was released or proposed."""
    key = data.version.course_key
    named = people(user_ids=[data.owner_id], course_key=key, company_ids=[data.round.company_id])
    words = {
        "who": named.company(data.round.company_id) or named.name(data.owner_id),
        "result": _("passed") if assessment.outcome == "passed" else _("another round"),
        "points": assignments.points_text(assessment.earned, assessment.possible),
    }
    if assessment.released_at is not None:
        said = _("Released for %(who)s: %(result)s, %(points)s.") % words
    else:
        said = _("Kept for %(who)s: %(result)s, %(points)s. The learner does not see it yet.") % words
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, place.round_url(data.round.id), _("See it")))


def _is_unchanged(form: GradingForm, ready: AssessmentData) -> bool:
    comments = {key: text for key, text in form.comments.items() if text.strip()}
    typed = form.points, comments, form.feedback_text
    return typed == (dict(ready.points), dict(ready.comments), ready.feedback)
