"""The teachers' pages: courses, queue, grading."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.assignments.errors import NotReleasable, NotReopenable, SecondNeeded, UnknownRound
from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.lib.templating import render
from iciinsmes.platform import host
from iciinsmes.projects import api as projects
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData, Marking
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import Progress

from . import labels
from .claims import token_of
from .deciding import decided, tell_of_decision, writes_jointly
from .forms import GradingForm
from .mentor_box import mentor_box
from .page import TypedGrading, desk_context
from .people import people
from .permissions import grader_required, is_own, is_part, may_read, round_to_grade, user_id_of
from .queue_column import QueuePlace, next_url, read_place
from .queue_context import rows_context
from .rubric_column import draft_state


@never_cache
@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the course runs that the person grades in, and what waits there."""
    courses = host().staffed_courses(user_id_of(request))
    limits = {
        course.key: companies.limited_to(user_id=user_id_of(request), course_key=course.key) for course in courses
    }
    counts = waiting.queue_counts_of(
        overdue_before=projects.overdue_before(course_keys=list(limits)) if courses else {},
        limits={key: users for key, users in limits.items() if users is not None},
    )
    rows = [(course, counts[course.key]) for course in courses]
    return render(request, "iciinsmes/desk/index.html", {"rows": rows})


@never_cache
@grader_required
@require_GET
def queue(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the queue, longest waiting first; asked for by htmx, only one more page of it."""
    place = read_place(course_key, request.GET)
    if is_part(request):
        response = render(
            request, "iciinsmes/desk/rows.html", {**rows_context(place, user_id=user_id_of(request)), "is_part": True}
        )
    else:
        context = desk_context(place, user_id=user_id_of(request), with_panel="find" in request.GET)
        response = render(request, "iciinsmes/desk/desk.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Show a round with its rubric; a POST keeps the draft, and with a decision releases it and goes to the next."""
    place = read_place(course_key, request.GET)
    data = round_to_grade(request, course_key, round_id)
    if request.method == "POST":
        if is_own(data, user_id_of(request)):
            return _desk(request, place, data, status=403)
        _only_readers(request, data)
        return _decide(request, place, data)
    if data.round.opened_at is None and may_read(data, user_id_of(request)):
        _open(data, request)
    if not is_own(data, user_id_of(request)):
        _record(request, data)
        waiting.note_progress(subjects=[round_id], progress=Progress.OPENED)
        if may_read(data, user_id_of(request)):
            waiting.claim(subject=round_id, user_id=user_id_of(request))
    return _desk(request, place, data)


@never_cache
@grader_required
@require_POST
def reopen(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Grant the learner another round, whatever was decided; the reason is what the learner reads."""
    place = read_place(course_key, request.GET)
    data = round_to_grade(request, course_key, round_id)
    if is_own(data, user_id_of(request)):
        return _desk(request, place, data, status=403)
    try:
        assignments.reopen(round_id=round_id, by_id=user_id_of(request), reason=request.POST.get("reason", ""))
    except UnknownRound as gone:
        raise Http404 from gone
    except NotReopenable:
        error = _("Say why, so that the learner understands.") if data.is_newest else _("There is a newer round.")
        return _desk(request, place, data, reopen_error=error, status=422)
    messages.success(request, _("The learner can hand in another round and has been told."))
    return redirect(place.round_url(round_id))


@never_cache
@grader_required
@require_POST
def draft(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Keep the proposal while the grader works; answers with sum, time and whatever is wrong as a part of the form.

    The status is 200 when it was kept, 422 when a field does not fit, 409 when another tab or grader was faster.
    """
    data = round_to_grade(request, course_key, round_id)
    form = GradingForm(request.POST, rubric=data.version.task.rubric)
    if is_own(data, user_id_of(request)):
        state = draft_state(form, kept=None, errors=[labels.own_work()])
        return render(request, "iciinsmes/review/draft.html", {"state": state}, status=403)
    _only_readers(request, data)
    late, claimed = None, None
    try:
        if form.is_valid():
            state, status = draft_state(form, kept=_keep(data, user_id_of(request), form)), 200
            claimed = waiting.claim(subject=round_id, user_id=user_id_of(request))
        else:
            state, status = draft_state(form, kept=None, errors=[str(each) for each in form.errors.values()]), 422
    except review.StaleAssessment as conflict:
        state, status = draft_state(form, kept=None, other=conflict.current), 409
    except UnknownRound as gone:
        raise Http404 from gone
    except review.AlreadyProposed:
        state, status = draft_state(form, kept=None, errors=[labels.already_done()]), 409
    except review.AlreadyReleased as too_late:
        state, status = draft_state(form, kept=None), 409
        late = too_late.released
    by = people(user_ids=[late.assessor_id], course_key=course_key).name(late.assessor_id) if late else ""
    place = read_place(course_key, request.GET)
    context = {
        "state": state,
        "released_by": by,
        "claim_token": token_of(claimed),
        "draft_url": place.draft_url(round_id),
        "round_url": place.round_url(round_id),
    }
    return render(request, "iciinsmes/review/draft.html", context, status=status)


def _decide(request: HttpRequest, place: QueuePlace, data: GradingData) -> HttpResponse:
    """Keep what was sent and, if a decision came with it, release it. Whatever goes wrong, the page keeps the words."""
    form = GradingForm(request.POST, rubric=data.version.task.rubric)
    if not form.is_valid():
        return _desk(request, place, data, TypedGrading(form=form), status=422)
    outcome = form.cleaned_data["decision"]
    kept = None
    try:
        kept = _keep(data, user_id_of(request), form)
        if not outcome:
            return redirect(place.round_url(data.round.id))
        if not form.is_ready(outcome):
            return _desk(request, place, data, TypedGrading(form=form, kept=kept), status=422)
        following = next_url(place, done=data.round.id, user_id=user_id_of(request))
        assessment = decided(data, user_id_of(request), form, outcome, later=bool(request.POST.get("later")))
    except review.InvalidAssessment as refused:
        form.refuse(refused.errors)
        return _desk(request, place, data, TypedGrading(form=form, kept=kept), status=422)
    except review.StaleAssessment as conflict:
        return _desk(request, place, data, TypedGrading(form=form, other=conflict.current), status=409)
    except review.AlreadyProposed:
        form.add_error("decision", labels.already_done())
        return _desk(request, place, data, TypedGrading(form=form), status=409)
    except SecondNeeded:
        form.add_error("decision", _("A second person has to see this first. Your words are kept."))
        return _desk(request, place, data, TypedGrading(form=form, kept=kept), status=409)
    except review.AlreadyReleased as late:
        if late.released.assessor_id == user_id_of(request) and late.released.outcome == outcome:
            # The second half of a double click.
            return redirect(next_url(place, done=data.round.id, user_id=user_id_of(request)))
        return _too_late(request, place, data, form)
    except NotReleasable:
        if data.waits_for_mentor:
            form.add_error("decision", _("A mentor has to confirm this round before it can pass."))
            return _desk(request, place, data, TypedGrading(form=form, kept=kept), status=422)
        return _too_late(request, place, data, form)
    except UnknownRound:
        return _taken_back(request, place, data, form)
    tell_of_decision(request, place, data, assessment)
    return redirect(following)


def _record(request: HttpRequest, data: GradingData) -> None:
    """Tell the trail who saw whose work."""
    is_blind = data.round.task.marking is Marking.BLIND and data.round.assessment is None
    audit_log.record(
        course_key=data.version.course_key,
        verb="work_opened",
        actor_id=user_id_of(request),
        person_id=data.owner_id,
        subject=f"round:{data.round.id}",
        detail={"title": data.version.task.title, "round": data.round.number, **({"blind": True} if is_blind else {})},
    )


def _keep(data: GradingData, user_id: int, form: GradingForm) -> AssessmentData:
    """Keep what was written; who has read nothing but the queue has opened the round with it.

    Raises:
        UnknownRound: the learner has just taken it back; nothing of it is left behind.
    """
    if data.round.opened_at is None:
        _mark_opened(data, user_id)
    kept = review.propose(
        subject=data.round.id,
        rubric_id=data.version.rubric_id,
        assessor_id=user_id,
        points=form.points,
        comments=form.comments,
        feedback=form.feedback_text,
        base_revision=form.started_from,
        joint=writes_jointly(data, user_id),
    )
    if form.started_from is None:
        waiting.note_progress(subjects=[data.round.id], progress=Progress.BEGUN)
    return kept


def _only_readers(request: HttpRequest, data: GradingData) -> None:
    """Let nobody judge what is not theirs to read."""
    if not may_read(data, user_id_of(request)):
        raise Http404


def _open(data: GradingData, request: HttpRequest) -> None:
    """Keep that the round was seen; from now on the learner cannot take it back."""
    try:
        _mark_opened(data, user_id_of(request))
    except UnknownRound as error:
        raise Http404 from error


def _mark_opened(data: GradingData, user_id: int) -> None:
    # The life of a work is read by the second of two who must not know of each other.
    is_blind = data.round.task.marking is Marking.BLIND
    assignments.mark_opened(round_id=data.round.id, by_id=None if is_blind else user_id)


def _desk(
    request: HttpRequest,
    place: QueuePlace,
    data: GradingData,
    attempt: TypedGrading | None = None,
    *,
    reopen_error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = desk_context(place, user_id=user_id_of(request), data=data, attempt=attempt)
    context["reopen_error"] = reopen_error
    context["mentor"] = None if context["is_closed"] else mentor_box(data, user_id=user_id_of(request))
    return render(request, "iciinsmes/desk/desk.html", context, status=status)


def _too_late(request: HttpRequest, place: QueuePlace, data: GradingData, form: GradingForm) -> HttpResponse:
    """Show the result that somebody else has released, and beside it what was typed here."""
    try:
        fresh = assignments.grading(round_id=data.round.id)
    except UnknownRound:
        return _taken_back(request, place, data, form)
    return _desk(request, place, fresh, TypedGrading(form=form), status=409)


def _taken_back(request: HttpRequest, place: QueuePlace, data: GradingData, form: GradingForm) -> HttpResponse:
    """Show what was typed about a round that the learner took back in this moment."""
    form.add_error(
        "decision", _("The learner has just taken this round back. Nothing was released; your words are still here.")
    )
    return _desk(request, place, data, TypedGrading(form=form), status=409)
