"""Who may take out what: graders of the course run, and of it only what the desk shows them too."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Audience, ListedRound
from iciinsmes.companies.api import can_grade, limited_to


def may_take_out(listed: ListedRound, user_id: int, course_key: CourseKey) -> bool:
    """Tell whether texts, files and results of a round may go into a file for this grader.

    Whose work is the grader's to see the caller has asked (`companies.limited_to`). Nobody takes out the own
    work, nor what the learner has kept to the coach of the firm.
    """
    if user_id in listed.people_ids:
        return False
    return listed.round.audience is not Audience.COACH or assignments.can_read_round(
        user_id=user_id, round_data=listed.round, owner_id=listed.owner_id, course_key=course_key
    )


def sees_all(learner_ids: Collection[int], user_id: int, course_key: CourseKey) -> bool:
    """Tell whether the person grades in the course run now, and the work of all these learners."""
    if not can_grade(user_id=user_id, course_key=course_key):
        return False
    limit = limited_to(user_id=user_id, course_key=course_key)
    if limit is None:
        return True
    allowed = set(limit.values_list("pk", flat=True))
    return allowed.issuperset(learner_ids)


def grader_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only teachers and coordinators of the course run in the address pass; everybody else gets 404."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
        if not can_grade(user_id=request.user.pk, course_key=course_key):
            raise Http404
        return view(request, course_key, **values)

    return guarded


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here."""
    return int(request.user.pk or 0)
