"""Comments at places of a round: each is kept at once in the own assessment, and seen by the learner with its release.

Asked by htmx, answers are the part of the page at that place; otherwise they lead back to it, and what was refused is
shown again on the whole page. The status is 422 for words or a place that do not fit, 409 when another tab or grader
was faster.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.feedback import api as feedback
from iciinsmes.feedback.errors import StaleRemark, UnknownRemark, WrongPlace, WrongRemark
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import Progress

from .deciding import writes_jointly
from .feedback_part import remark_addresses, said_in
from .page import desk_context
from .permissions import grader_required, is_part, round_to_judge, user_id_of
from .queue_column import read_place
from .remark_forms import TypedRemark, anchor_in, part_context, place_in
from .work_column import current_round


@never_cache
@grader_required
@require_POST
def add(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Keep a new comment (``text``) at ``place`` and ``target``, on a ``quote`` of an answer or a ``page``."""
    data = round_to_judge(request, course_key, round_id)

    def step() -> None:
        if writes_jointly(data, user_id_of(request)):
            raise WrongPlace(_("Others have proposed results by now. What you want to add belongs into the feedback."))
        feedback.add(
            subject=round_id,
            rubric_id=data.version.rubric_id,
            assessor_id=user_id_of(request),
            anchor=anchor_in(data.round, request.POST),
            text=request.POST.get("text", ""),
        )
        waiting.note_progress(subjects=[round_id], progress=Progress.BEGUN)

    return _done(request, data, step)


@never_cache
@grader_required
@require_POST
def change(request: HttpRequest, course_key: CourseKey, round_id: UUID, remark_id: UUID) -> HttpResponse:
    """Write an own comment anew (``text``), starting from ``revision``."""
    data = round_to_judge(request, course_key, round_id)

    def step() -> None:
        feedback.change(
            subject=round_id,
            assessor_id=user_id_of(request),
            remark_id=remark_id,
            text=request.POST.get("text", ""),
            base_revision=whole_number(request.POST.get("revision")) or 0,
        )

    return _done(request, data, step, remark_id)


@never_cache
@grader_required
@require_POST
def remove(request: HttpRequest, course_key: CourseKey, round_id: UUID, remark_id: UUID) -> HttpResponse:
    """Remove an own comment; one that is gone already is removed."""
    data = round_to_judge(request, course_key, round_id)

    def step() -> None:
        feedback.remove(subject=round_id, assessor_id=user_id_of(request), remark_id=remark_id)

    return _done(request, data, step)


def _done(
    request: HttpRequest, data: GradingData, step: Callable[[], None], remark_id: UUID | None = None
) -> HttpResponse:
    """Do the step and show the place as it is afterwards; whatever goes wrong, the page keeps the words."""
    problem, status, revision, other = "", 200, None, ""
    try:
        place_in(data.round, request.POST)
        step()
    except (WrongRemark, WrongPlace) as refused:
        problem, status = refused.message, 422
    except StaleRemark as conflict:
        revision, other = conflict.current.revision, conflict.current.text
        problem, status = _("Not saved: this comment was changed in another tab."), 409
    except (UnknownRemark, review.NoProposal):
        remark_id = None
        problem, status = (
            _("This comment was removed in the meantime. Your words are below; save them as a new one."),
            409,
        )
    except review.AlreadyProposed:
        problem, status = (
            _("You have proposed a result by now. Take that back to comment; your words are below."),
            409,
        )
    except review.AlreadyReleased:
        problem, status = _("This round has its result by now. Your words were not used; copy what you need."), 409
    sent = {name: str(request.POST.get(name, "")) for name in ("place", "target", "text", "quote", "page")}
    typed = None
    if problem:
        typed = TypedRemark(problem=problem, remark_id=remark_id, revision=revision, other=other, **sent)
    return _answer(request, data, sent["place"], sent["target"], typed, status)


def _answer(
    request: HttpRequest, data: GradingData, place_name: str, target: str, typed: TypedRemark | None, status: int
) -> HttpResponse:
    user_id, place = user_id_of(request), read_place(data.version.course_key, request.GET)
    if not is_part(request):
        if typed is None:
            return redirect(f"{place.round_url(data.round.id)}#said-{place_name}-{target}")
        context = desk_context(place, user_id=user_id, data=data)
        return render(request, "iciinsmes/desk/desk.html", {**context, "typed_remark": typed}, status=status)
    found = assignments.marks(data=data, reader_id=user_id) if data.round.assessment is None else None
    shown = current_round(data, said_in(data, found).get(data.round.id))
    try:
        context = part_context(shown, place_name, target)
    except StopIteration:
        raise Http404 from None
    context |= {**remark_addresses(place, data.round.id), "work": {"round": data.round}, "typed_remark": typed}
    return render(request, "iciinsmes/rounds/said.html", context, status=status)
