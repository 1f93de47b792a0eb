"""What is done with a judgement that is finished: taken back, released as it is, or released alone with a reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.assignments.errors import AssignmentError, UnknownRound
from iciinsmes.review import api as review

from .deciding import tell_of_decision
from .permissions import grader_required, may_read, round_to_grade, user_id_of
from .queue_column import QueuePlace, next_url, read_place


@never_cache
@grader_required
@require_POST
def act(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Do it, and say on the next page what has become of it."""
    data, place = round_to_grade(request, course_key, round_id), read_place(course_key, request.GET)
    if not may_read(data, user_id_of(request)):
        raise Http404
    try:
        if request.POST.get("do") == "take_back":
            return _take_back(request, place, data)
        return _release(request, place, data)
    except UnknownRound as gone:
        raise Http404 from gone
    except (AssignmentError, review.ReviewError):
        messages.warning(request, _("This has changed in the meantime. Here is how it stands now."))
    return redirect(place.round_url(round_id))


def _take_back(request: HttpRequest, place: QueuePlace, data: GradingData) -> HttpResponse:
    if assignments.take_back(round_id=data.round.id, assessor_id=user_id_of(request)):
        messages.success(request, _("You can change it again."))
    else:
        messages.warning(request, _("It can no longer be taken back: a colleague has gone on with it."))
    return redirect(place.round_url(data.round.id))


def _release(request: HttpRequest, place: QueuePlace, data: GradingData) -> HttpResponse:
    user_id = user_id_of(request)
    found = assignments.marks(data=data, reader_id=user_id)
    reason = request.POST.get("reason", "").strip() if request.POST.get("do") == "alone" else ""
    ready = found.own if reason else found.ready
    if request.POST.get("do") == "alone" and not reason:
        messages.warning(request, _("Say why nobody else releases it."))
        return redirect(place.round_url(data.round.id))
    if ready is None or ready.assessor_id is None:
        messages.warning(request, _("This has changed in the meantime. Here is how it stands now."))
        return redirect(place.round_url(data.round.id))
    following = next_url(place, done=data.round.id, user_id=user_id)
    released = assignments.release(
        round_id=data.round.id, assessor_id=ready.assessor_id, outcome=ready.outcome, by_id=user_id, reason=reason
    )
    tell_of_decision(request, place, data, released)
    return redirect(following)
