"""Who may open which page of certificates; for everybody else there is none, so that addresses cannot be probed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_coordinate, can_grade, can_grade_of, can_work

from .api import certificates_of
from .errors import UnknownCertificate, UnknownLearner, UnknownSession

View = Callable[..., HttpResponse]


def learner_page(view: View) -> View:
    """Let only learners of the run in the address pass."""
    return _guarded(view, can_work)


def teacher_page(view: View) -> View:
    """Let only teachers and coordinators pass; about one learner only who may see this learner's work."""
    return _guarded(view, can_grade)


def coordinator_page(view: View) -> View:
    """Let only coordinators pass."""
    return _guarded(view, can_coordinate)


def user_id_of(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in on every page here but one."""
    return int(request.user.pk or 0)


def _guarded(view: View, may: Callable[..., bool]) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponse:
        user_id = user_id_of(request)
        if not may(user_id=user_id, course_key=course_key):
            raise Http404
        learner_id = values.get("learner_id")
        if learner_id is not None and not _teaches(user_id, learner_id, course_key):
            raise Http404
        try:
            return view(request, course_key, **values)
        except (UnknownCertificate, UnknownLearner, UnknownSession) as error:
            raise Http404 from error

    return guarded


def _teaches(user_id: int, learner_id: int, course_key: CourseKey) -> bool:
    """Tell whether the teacher may see this learner's work; nobody decides about the own certificate.

    Who has left the run with a certificate is still one of its learners: it may have to be revoked.
    """
    if learner_id == user_id or not can_grade_of(user_id=user_id, owner_id=learner_id, course_key=course_key):
        return False
    return can_work(user_id=learner_id, course_key=course_key) or bool(
        certificates_of(learner_id=learner_id, course_key=course_key)
    )
