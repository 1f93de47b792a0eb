"""Exceptions: more time, waivers, rounds that do not count, resets; beside one work, and for a whole course run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.api import Scope
from iciinsmes.assignments.data import GradingData
from iciinsmes.assignments.errors import NotExcepted, OwnWork, UnknownAssignment, UnknownRound
from iciinsmes.companies.api import can_grade_of, limited_to
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host, zones

from .exception_forms import GrantForm, MoreTimeForm, ReasonForm
from .people import people
from .permissions import grader_required, is_own, is_part, may_read, round_to_grade, user_id_of

#: What each form of the panel does, by the name of its button.
_FORMS: dict[str, type[ReasonForm]] = {
    "extend": MoreTimeForm,
    "waive": ReasonForm,
    "cancel": ReasonForm,
    "reset": ReasonForm,
}


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_round(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Show what can be decided about one learner's work; a POST decides it, and says why where it cannot."""
    data = round_to_grade(request, course_key, round_id)
    if is_own(data, user_id_of(request)):
        raise Http404
    typed: dict[str, ReasonForm] = {}
    if request.method == "POST":
        answer, typed = _decide(request, data)
        if answer is not None:
            return answer
    context = _context(request, data, typed)
    template = "iciinsmes/desk/exceptions_part.html" if is_part(request) else "iciinsmes/desk/exceptions_round.html"
    return render(request, template, context, status=422 if typed else 200)


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_course(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the exceptions of a course run, the newest first; a POST grants one."""
    user_id = user_id_of(request)
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        course_key=course_key,
        reader_id=user_id,
        initial={name: request.GET.get(name, "") for name in ("kind", "block", "scope", "who")},
    )
    if request.method == "POST":
        if request.POST.get("kind") == "unwaive":
            return _end_waiver_of(request, form)
        if form.is_valid() and _grant(request, form):
            return redirect("iciinsmes:desk-exceptions", course_key)
    found, more = assignments.extensions(course_key=course_key, owners=form.limited_to, after=request.GET.get("after"))
    waived, more_waived = assignments.waivers(
        course_key=course_key, owners=form.limited_to, after=request.GET.get("waivers_after")
    )
    ids = [each.owner_id for each in found] + [each.granted_by_id for each in found]
    ids += [each.owner_id for each in waived] + [each.granted_by_id for each in waived]
    named = people(user_ids=ids, course_key=course_key)
    context = {
        "course": host().course(course_key),
        "form": form,
        "blocks": [(str(key), title, str(key) == form["block"].value()) for key, title in form.blocks.items()],
        "extensions": [(each, _for_whom(each.scope, each.company, named.name(each.owner_id))) for each in found],
        "waivers": [(each, named.name(each.owner_id)) for each in waived],
        "named": named,
        "more": more,
        "more_waived": more_waived,
        "zone": zones.zone_name(timezone.localtime()),
    }
    return render(request, "iciinsmes/desk/exceptions.html", context, status=422 if form.errors else 200)


@never_cache
@grader_required
@require_POST
def end_extension(request: HttpRequest, course_key: CourseKey, extension_id: UUID) -> HttpResponse:
    """Take a later date back."""
    user_id = user_id_of(request)
    found = assignments.extension(extension_id=extension_id, course_key=course_key)
    if found is None:
        raise Http404
    if found.owner_id is None:
        if limited_to(user_id=user_id, course_key=course_key) is not None:
            raise Http404
    elif not can_grade_of(user_id=user_id, owner_id=found.owner_id, course_key=course_key):
        raise Http404
    try:
        assignments.end_extension(extension_id=extension_id, course_key=course_key, by_id=user_id)
    except OwnWork as own:
        raise Http404 from own
    messages.success(request, _("Taken back. What was handed in until now stays in time."))
    return redirect("iciinsmes:desk-exceptions", course_key)


def _decide(request: HttpRequest, data: GradingData) -> tuple[HttpResponse | None, dict[str, ReasonForm]]:
    """Do what was asked for; return where to go, or the form with what is wrong."""
    wanted, key = request.POST.get("do", ""), data.version.course_key
    here = reverse("iciinsmes:desk-round", args=[key, data.round.id])
    if wanted == "unwaive":
        assignments.end_waiver(
            owner_id=data.owner_id, usage_key=data.version.usage_key, course_key=key, by_id=user_id_of(request)
        )
        messages.success(request, _("The learner has to do it again and has been told."))
        return redirect(here), {}
    if wanted not in _FORMS:
        raise Http404
    form = _FORMS[wanted](request.POST)
    if wanted == "reset" and request.POST.get("sure") != "yes":
        form.add_error(None, _("Tick that you know what is removed."))
    if not form.is_valid():
        return None, {wanted: form}
    try:
        said = _DOING[wanted](request, data, form)
    except NotExcepted as refused:
        form.refuse(refused.problems)
        return None, {wanted: form}
    except UnknownRound as gone:
        raise Http404 from gone
    messages.success(request, said)
    return redirect("iciinsmes:desk-queue", key) if wanted == "reset" else redirect(here), {}


def _extend(request: HttpRequest, data: GradingData, form: ReasonForm) -> str:
    usage_key = data.version.usage_key
    known = assignments.due_date(user_id=data.owner_id, usage_key=usage_key)
    due_at = form.due_at(known) if isinstance(form, MoreTimeForm) else None
    if due_at is None:
        raise NotExcepted({"days": _("Nothing is due here, so there is nothing to extend.")})
    granted = assignments.extend(
        usage_key=usage_key,
        course_key=data.version.course_key,
        by_id=user_id_of(request),
        due_at=due_at,
        reason=form.cleaned_data["reason"],
        owner_id=data.owner_id,
    )
    return _("Due on %(moment)s from now on. The learner has been told.") % {"moment": zones.moment(granted.due_at)}


def _waive(request: HttpRequest, data: GradingData, form: ReasonForm) -> str:
    assignments.waive(
        owner_id=data.owner_id,
        usage_key=data.version.usage_key,
        course_key=data.version.course_key,
        by_id=user_id_of(request),
        reason=form.cleaned_data["reason"],
    )
    return _("The learner need not do it and has been told.")


def _cancel(request: HttpRequest, data: GradingData, form: ReasonForm) -> str:
    assignments.cancel_round(round_id=data.round.id, by_id=user_id_of(request), reason=form.cleaned_data["reason"])
    return _("The round does not count. The learner can hand in again and has been told.")


def _reset(request: HttpRequest, data: GradingData, form: ReasonForm) -> str:
    assignments.reset_work(round_id=data.round.id, by_id=user_id_of(request), reason=form.cleaned_data["reason"])
    return _("The work was removed. The learner begins anew and has been told.")


_DOING: dict[str, Callable[[HttpRequest, GradingData, ReasonForm], str]] = {
    "extend": _extend,
    "waive": _waive,
    "cancel": _cancel,
    "reset": _reset,
}


def _context(request: HttpRequest, data: GradingData, typed: dict[str, ReasonForm]) -> dict[str, Any]:
    key, usage_key = data.version.course_key, data.version.usage_key
    named = people(user_ids=[data.owner_id], course_key=key, company_ids=[data.round.company_id])
    found = assignments.extensions_for(owner_id=data.owner_id, usage_key=usage_key)
    forms = {wanted: typed.get(wanted) or form() for wanted, form in _FORMS.items()}
    return {
        "course": host().course(key),
        "data": data,
        "who": named.name(data.owner_id),
        "company": named.company(data.round.company_id),
        "due_at": assignments.due_date(user_id=data.owner_id, usage_key=usage_key),
        "zone": zones.zone_name(timezone.localtime()),
        "extensions": [(each, _for_whom(each.scope, each.company, named.name(each.owner_id))) for each in found],
        "waiver": assignments.waiver_for(owner_id=data.owner_id, usage_key=usage_key),
        "is_editable": data.state in ("draft", "sent_back", "revise"),
        "is_team": bool(data.round.team),
        "may_correct": data.is_newest
        and data.round.assessment is not None
        and data.round.cancelled_at is None
        and may_read(data, user_id_of(request)),
        "forms": forms,
        "refused": next(iter(typed), ""),
    }


def _grant(request: HttpRequest, form: GrantForm) -> bool:
    """Grant what the form asks for; False, with sentences in the form, where it cannot be."""
    user_id, key, usage_key = user_id_of(request), form.course_key, form.usage_key
    if usage_key is None:
        return False
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["kind"] == "waive" and form.owner_id is not None:
            assignments.waive(owner_id=form.owner_id, usage_key=usage_key, course_key=key, by_id=user_id, reason=reason)
            messages.success(request, _("The learner need not do it and has been told."))
            return True
        if form.owner_id is None:
            known = assignments.common_due_date(usage_key=usage_key)
        else:
            known = assignments.due_date(user_id=form.owner_id, usage_key=usage_key)
        due_at = form.due_at(known)
        if due_at is None:
            raise NotExcepted({"days": _("Nothing is due here, so there is nothing to extend.")})
        granted = assignments.extend(
            usage_key=usage_key,
            course_key=key,
            by_id=user_id,
            due_at=due_at,
            reason=reason,
            owner_id=form.owner_id,
            company_id=form.company_id,
        )
    except NotExcepted as refused:
        form.refuse({"until" if name == "due_at" else name: said for name, said in refused.problems.items()})
        return False
    except OwnWork:
        form.refuse({"who": _("This is your own work. Somebody else decides about it.")})
        return False
    except UnknownAssignment as gone:
        raise Http404 from gone
    messages.success(request, _("Due on %(moment)s from now on.") % {"moment": zones.moment(granted.due_at)})
    return True


def _end_waiver_of(request: HttpRequest, form: GrantForm) -> HttpResponse:
    """Ask a learner of the list to do it after all."""
    user_id, owner_id = user_id_of(request), whole_number(request.POST.get("owner")) or 0
    usage_key = next((key for key in form.blocks if str(key) == request.POST.get("block")), None)
    if usage_key is None or not can_grade_of(user_id=user_id, owner_id=owner_id, course_key=form.course_key):
        raise Http404
    try:
        assignments.end_waiver(owner_id=owner_id, usage_key=usage_key, course_key=form.course_key, by_id=user_id)
    except OwnWork as own:
        raise Http404 from own
    messages.success(request, _("The learner has to do it again and has been told."))
    return redirect("iciinsmes:desk-exceptions", form.course_key)


def _for_whom(scope: Scope, company: str, learner: str) -> str:
    if scope is Scope.ALL:
        return _("Everybody")
    return company if scope is Scope.COMPANY else learner
