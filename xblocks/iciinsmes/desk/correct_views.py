"""Another result in the place of a released one, with the same rubric or with the author's newer one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.assignments.errors import NotExcepted, UnknownRound
from iciinsmes.lib.templating import render
from iciinsmes.platform import host
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData, Rubric

from .forms import GradingForm, WordsField
from .people import people
from .permissions import grader_required, is_own, may_read, round_to_grade, user_id_of
from .rubric_column import draft_state, rubric_column, typed_version


class CorrectionForm(GradingForm):
    """What somebody thinks of a round whose result is released already, and why it changes."""

    reason = WordsField(required=False)

    @property
    def reason_text(self) -> str:
        """Why, as typed."""
        return str(self["reason"].value() or "")


@dataclass(frozen=True)
class _Choice:
    """With which rubric it is judged now; ``other_is_new`` where the author has changed it since."""

    rubric: Rubric
    rubric_id: int
    is_new: bool
    has_new: bool


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Show the result with a form for another one; a POST with a decision releases that.

    The newer rubric is a choice, and so is taking over the points of criteria that are in both: nothing is copied
    unseen. Until the release the learner reads the result that is there.
    """
    data = round_to_grade(request, course_key, round_id)
    result = data.round.assessment
    if result is None or is_own(data, user_id_of(request)) or not may_read(data, user_id_of(request)):
        raise Http404
    choice = _choice(request, data, result)
    if request.method == "POST":
        form = CorrectionForm(request.POST, rubric=choice.rubric)
        answer = _release(request, data, form, choice)
        if answer is not None:
            return answer
        return _page(request, data, form, choice, status=422)
    offered = result if not choice.is_new else _same_points(result, choice.rubric, take="take" in request.GET)
    return _page(request, data, CorrectionForm(rubric=choice.rubric, proposal=offered), choice)


def _choice(request: HttpRequest, data: GradingData, result: AssessmentData) -> _Choice:
    now = assignments.current_task(usage_key=data.version.usage_key)
    has_new = now.task.rubric != result.rubric
    is_new = has_new and request.GET.get("rubric") == "new"
    if is_new:
        return _Choice(now.task.rubric, now.rubric_id, is_new, has_new)
    return _Choice(result.rubric, result.rubric_id, is_new, has_new)


def _same_points(result: AssessmentData, rubric: Rubric, *, take: bool) -> AssessmentData:
    """Return the result as the form of another rubric may begin with it: its words, and its points if asked for."""
    keys = {criterion.key for criterion in rubric.criteria}
    points = {key: value for key, value in result.points.items() if take and key in keys}
    wrong = review.assessment_errors(rubric, points=points, comments={}, feedback="")
    kept = {key: value for key, value in points.items() if not any(key in name for name in wrong)}
    comments = {key: text for key, text in result.comments.items() if key in keys} if take else {}
    return replace(result, rubric=rubric, points=kept, comments=comments, feedback=result.feedback if take else "")


def _release(request: HttpRequest, data: GradingData, form: CorrectionForm, choice: _Choice) -> HttpResponse | None:
    """Release what was sent; None, with what is wrong in the form, where it cannot be."""
    if not form.is_valid():
        return None
    outcome = form.cleaned_data["decision"]
    if outcome and not form.is_ready(outcome):
        return None
    try:
        result = assignments.correct_result(
            round_id=data.round.id,
            by_id=user_id_of(request),
            rubric_id=choice.rubric_id,
            points=form.points,
            comments=form.comments,
            feedback=form.feedback_text,
            outcome=outcome,
            reason=form.reason_text,
            base=form.started_from or 0,
        )
    except review.InvalidAssessment as refused:
        form.refuse(refused.errors)
        return None
    except NotExcepted as refused:
        form.refuse({"outcome": next(iter(refused.problems.values()))})
        return None
    except (review.StaleAssessment, review.NoProposal):
        form.refuse({"outcome": _("Somebody else has changed this result in between. Your words are still here.")})
        return None
    except UnknownRound as gone:
        raise Http404 from gone
    points = assignments.points_text(result.earned, result.possible)
    messages.success(request, _("Changed: %(points)s. The learner has been told.") % {"points": points})
    return redirect("iciinsmes:desk-round", data.version.course_key, data.round.id)


def _page(
    request: HttpRequest, data: GradingData, form: CorrectionForm, choice: _Choice, *, status: int = 200
) -> HttpResponse:
    key, result = data.version.course_key, data.round.assessment
    ids = [data.owner_id, result.assessor_id if result else None]
    named = people(user_ids=ids, course_key=key, company_ids=[data.round.company_id])
    here = reverse("iciinsmes:desk-correct", args=[key, data.round.id])
    context = {
        "course": host().course(key),
        "data": data,
        "who": named.name(data.owner_id),
        "company": named.company(data.round.company_id),
        "round": assignments.shown_round(data.round, name_of=named.name),
        "rubric": rubric_column(form, state=draft_state(form, kept=None)),
        "base": form.started_from or (result.revision if result else 0),
        "form": form,
        "choice": choice,
        "here": here,
        "typed_version": typed_version(form) if status != 200 else None,
    }
    return render(request, "iciinsmes/desk/correct.html", context, status=status)
