"""Who gets onto the desk, and what is taken out of its pages for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData, RoundData
from iciinsmes.assignments.errors import UnknownRound
from iciinsmes.companies.api import can_grade, can_grade_of


def is_own(data: GradingData, user_id: int) -> bool:
    """Tell whether it is the grader's own work, alone or in a team: nobody judges that, nor reads it at the desk."""
    return user_id in (data.owner_id, *data.round.member_ids)


def may_read(data: GradingData, user_id: int) -> bool:
    """Tell whether the grader may read the round; the learner may have kept it to the firm's coach."""
    return not is_own(data, user_id) and _may_read(data.round, data, user_id)


def readable(data: GradingData, user_id: int) -> GradingData:
    """Return the same without texts, files and results that the grader may not read; that there is a round stays."""
    own = is_own(data, user_id)
    earlier = () if own else tuple(row for row in data.earlier if _may_read(row, data, user_id))
    shown = data.round if may_read(data, user_id) else _without_content(data.round)
    return replace(data, round=shown, earlier=earlier)


def _may_read(row: RoundData, data: GradingData, user_id: int) -> bool:
    return assignments.can_read_round(
        user_id=user_id, round_data=row, owner_id=data.owner_id, course_key=data.version.course_key
    )


def _without_content(row: RoundData) -> RoundData:
    return replace(row, answers={}, files=(), items=(), hours=None, log=(), assessment=None)


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the signed-in person, 0 for nobody."""
    return int(request.user.pk or 0)


def is_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def round_to_grade(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> GradingData:
    """Return the round; one of another course run, or that is not the reader's to grade, does not exist here.

    Raises:
        Http404: it does not.
    """
    try:
        data = assignments.grading(round_id=round_id)
    except UnknownRound as error:
        raise Http404 from error
    user_id = user_id_of(request)
    is_here = data.version.course_key == course_key
    if not is_here or not can_grade_of(user_id=user_id, owner_id=data.owner_id, course_key=course_key):
        raise Http404
    return data


def round_to_judge(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> GradingData:
    """Return a round that the reader may read and judge: not the own work, nor what is kept to others.

    Raises:
        Http404: it is not.
    """
    data = round_to_grade(request, course_key, round_id)
    if not may_read(data, user_id_of(request)):
        raise Http404
    return data


def grader_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only teachers and coordinators of the course run in the address pass.

    Everybody else gets 404, so that addresses cannot be probed.
    """

    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_grade(user_id=request.user.id, course_key=course_key):
            raise Http404
        return view(request, course_key, **values)

    return guarded
