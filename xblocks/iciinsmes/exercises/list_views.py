"""Lists of data sets and results in a course run: a learner's own, those of the firm, those shared with staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_grade, can_work, coached_companies, company_of, limited_to
from iciinsmes.lib.templating import render
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language

from . import api
from .data import Line, SharedPage
from .errors import UnknownData
from .lists import attempt_lines, shared_lines, titled
from .result_views import attachment

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, int, CourseKey, _P], HttpResponse]


def _teaches_or_coaches(*, user_id: int, course_key: CourseKey) -> bool:
    return can_grade(user_id=user_id, course_key=course_key) or bool(
        coached_companies(user_id=user_id, course_key=course_key)
    )


def _page_for(allowed: Callable[..., bool]) -> Callable[[View[_P]], Callable[..., HttpResponse]]:
    """Give the page the id of a person for whom the function says yes; 404 for everybody else."""

    def guard(view: View[_P]) -> Callable[..., HttpResponse]:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, course_key: CourseKey, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
            user_id = request.user.id
            if user_id is None or not allowed(user_id=user_id, course_key=course_key):
                raise Http404
            return view(request, user_id, course_key, *args, **kwargs)

        return guarded

    return guard


@_page_for(can_work)
@require_safe
def mine(request: HttpRequest, user_id: int, course_key: CourseKey) -> HttpResponse:
    """Show the learner's own data sets and results."""
    context = {
        "course": host().course(course_key),
        "company": company_of(user_id=user_id, course_key=course_key),
        "data_sets": titled(api.data_sets_of(owner_id=user_id, course_key=course_key)),
        "results": titled(api.results_of(owner_id=user_id, course_key=course_key)),
    }
    return render(request, "iciinsmes/exercises/mine.html", context)


@_page_for(can_work)
@require_POST
def share_data(request: HttpRequest, user_id: int, course_key: CourseKey, data_set_id: UUID) -> HttpResponse:
    """Say who else may see own data: ``for-firm``, ``for-staff``."""
    _check_own(user_id, course_key, data_set_id)
    for_company, for_staff = "for-firm" in request.POST, "for-staff" in request.POST
    api.share_data(data_set_id=data_set_id, owner_id=user_id, for_company=for_company, for_staff=for_staff)
    messages.success(request, _("Saved who may see it."))
    return redirect("iciinsmes:exercise-mine", course_key)


@_page_for(can_work)
@require_POST
def remove_data(request: HttpRequest, user_id: int, course_key: CourseKey, data_set_id: UUID) -> HttpResponse:
    """Remove own data with all versions for good."""
    _check_own(user_id, course_key, data_set_id)
    api.remove_data(data_set_id=data_set_id, owner_id=user_id)
    messages.success(request, _("The data are removed. Results that were computed from them stay."))
    return redirect("iciinsmes:exercise-mine", course_key)


@never_cache
@login_required
@require_safe
def table(request: HttpRequest, data_set_id: UUID) -> HttpResponse:
    """Send the newest rows of a data set as CSV to its learner, and to whom the learner lets see them; else 404."""
    try:
        data_set, rows = api.read_data(data_set_id=data_set_id, reader_id=int(request.user.pk or 0))
    except UnknownData as error:
        raise Http404 from error
    instrument = toolbox.find_instrument(name=data_set.instrument)
    content = toolbox.table_csv(instrument=instrument, table=rows, language=reader_language())
    return attachment(content, f"{data_set.instrument}-{data_set.created_at:%Y-%m-%d}-{data_set.version}.csv")


@_page_for(can_work)
@require_safe
def of_company(request: HttpRequest, user_id: int, course_key: CourseKey) -> HttpResponse:
    """Show what colleagues of the firm share with it: results, or with ``what=data`` data sets."""
    after = request.GET.get("after")
    if _wants_data(request):
        data = api.data_for_company(user_id=user_id, course_key=course_key, after=after)
        return _shared(request, course_key, data, for_staff=False)
    results = api.results_for_company(user_id=user_id, course_key=course_key, after=after)
    return _shared(request, course_key, results, for_staff=False)


@_page_for(_teaches_or_coaches)
@require_safe
def of_staff(request: HttpRequest, user_id: int, course_key: CourseKey) -> HttpResponse:
    """Show what learners share with coach and teachers: results, or with ``what=data`` data sets."""
    after = request.GET.get("after")
    if _wants_data(request):
        data = api.data_for_staff(user_id=user_id, course_key=course_key, after=after)
        return _shared(request, course_key, data, for_staff=True)
    results = api.results_for_staff(user_id=user_id, course_key=course_key, after=after)
    return _shared(request, course_key, results, for_staff=True)


@_page_for(can_grade)
@require_safe
def attempts(request: HttpRequest, user_id: int, course_key: CourseKey) -> HttpResponse:
    """Show attempts at the exercises of the course run, with ``exercise`` only those at one."""
    known = api.exercises_of(course_key=course_key)
    chosen = next((key for key, _title in known if str(key) == request.GET.get("exercise")), None)
    page = api.attempts_of_course(
        course_key=course_key,
        usage_key=chosen,
        limited_to=limited_to(user_id=user_id, course_key=course_key),
        after=request.GET.get("after"),
    )
    context = {
        "course": host().course(course_key),
        "page": page,
        "lines": attempt_lines(page, course_key),
        "exercises": known,
        "chosen": chosen,
        "is_first": "after" not in request.GET,
    }
    return render(request, "iciinsmes/exercises/attempts.html", context)


def _shared(request: HttpRequest, course_key: CourseKey, page: SharedPage[Line], *, for_staff: bool) -> HttpResponse:
    context = {
        "course": host().course(course_key),
        "page": page,
        "lines": shared_lines(page, course_key),
        "is_data": _wants_data(request),
        "is_first": "after" not in request.GET,
        "for_staff": for_staff,
        "may_grade": can_grade(user_id=request.user.pk, course_key=course_key),
    }
    return render(request, "iciinsmes/exercises/shared.html", context)


def _wants_data(request: HttpRequest) -> bool:
    return request.GET.get("what") == "data"


def _check_own(user_id: int, course_key: CourseKey, data_set_id: UUID) -> None:
    """Answer 404 unless it is the person's own in this course run."""
    if all(known.id != data_set_id for known in api.data_sets_of(owner_id=user_id, course_key=course_key)):
        raise Http404
