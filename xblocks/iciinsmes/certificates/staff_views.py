"""The staff's pages of certificates: the run's overview, one learner, and what the run asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.api import assignments_of
from iciinsmes.companies.api import can_coordinate
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host, labels

from . import api
from .data import CertificateCriterion
from .errors import AlreadyIssued, NoCriteria, NoIssuer, NoReasonToRevoke, NotComplete
from .forms import CriteriaForm, WordForm
from .labels import TITLES
from .page import cells, heads, standing_view
from .page_access import coordinator_page, teacher_page, user_id_of


@teacher_page
@require_safe
def overview(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show where the learners of the run stand with each criterion, page by page."""
    user_id = user_id_of(request)
    criteria = api.criteria_of(course_key=course_key)
    chosen, text = _filter(request.GET.get("show", "")), request.GET.get("q", "").strip()[:200]
    after = whole_number(request.GET.get("after"))
    found = (
        api.overview(reader_id=user_id, course_key=course_key, criteria=criteria, chosen=chosen, text=text, after=after)
        if criteria
        else None
    )
    lines = found.lines if found else ()
    context = {
        "course": host().course(course_key),
        "criteria": criteria,
        "coordinates": can_coordinate(user_id=user_id, course_key=course_key),
        "lines": [{"line": line, "cells": cells(line.standing)} for line in lines],
        # All learners are asked for the same, but for the report, of which there may be no task.
        "heads": heads(lines[0].standing) if lines else (),
        "filters": [(each.value, words, each is chosen) for each, words in _filters()],
        "text": text,
        "is_first": after is None,
        "is_all": chosen is api.Filter.ALL and not text,
        "query": urlencode({key: value for key, value in (("show", chosen.value), ("q", text)) if value}),
        "next_after": found.next_after if found else None,
    }
    return render(request, "iciinsmes/certificates/overview.html", context)


@teacher_page
@require_safe
def learner(request: HttpRequest, course_key: CourseKey, learner_id: int) -> HttpResponse:
    """Show one learner: what is missing, what a teacher confirms, and the certificate."""
    return _learner_page(request, course_key, learner_id)


@teacher_page
@require_POST
def word(request: HttpRequest, course_key: CourseKey, learner_id: int) -> HttpResponse:
    """Confirm with a day what was shown, or take it back."""
    criteria = api.criteria_of(course_key=course_key)
    asked = {each.value: each for each in api.asked_words(criteria)} if criteria else {}
    criterion = asked.get(request.POST.get("criterion", ""))
    if criterion is None:
        raise Http404
    form = WordForm(request.POST)
    if not form.is_valid():
        return _learner_page(request, course_key, learner_id, wrong=(criterion, form), status=422)
    api.confirm(
        course_key=course_key,
        learner_id=learner_id,
        by_id=user_id_of(request),
        criterion=criterion,
        shown_on=form.day,
    )
    api.look_at(learner_ids=[learner_id], course_key=course_key)
    messages.success(request, _("Saved."))
    return redirect("iciinsmes:certificate-learner", course_key, learner_id)


@coordinator_page
@require_POST
def issue(request: HttpRequest, course_key: CourseKey, learner_id: int) -> HttpResponse:
    """Issue the learner's certificate."""
    try:
        api.issue(learner_id=learner_id, course_key=course_key, by_id=user_id_of(request))
        messages.success(request, _("The certificate is issued. The learner is told."))
    except AlreadyIssued:
        messages.success(request, _("The certificate was issued already."))
    except NoIssuer:
        messages.error(request, _("Not issued: write down first who awards it, on the page of the criteria."))
    except (NotComplete, NoCriteria):
        messages.error(request, _("Not issued: something is still missing."))
    return redirect("iciinsmes:certificate-learner", course_key, learner_id)


@coordinator_page
@require_POST
def revoke(request: HttpRequest, course_key: CourseKey, learner_id: int, certificate_id: UUID) -> HttpResponse:
    """Revoke a certificate with a ``reason``."""
    _must_be_of(certificate_id, learner_id, course_key)
    reason = request.POST.get("reason", "")
    try:
        api.revoke(certificate_id=certificate_id, course_key=course_key, by_id=user_id_of(request), reason=reason)
        messages.success(request, _("The certificate is revoked. The learner reads your reason."))
    except NoReasonToRevoke:
        messages.error(request, _("Not revoked: write down the reason, the learner reads it."))
    return redirect("iciinsmes:certificate-learner", course_key, learner_id)


@coordinator_page
@require_POST
def rename(request: HttpRequest, course_key: CourseKey, learner_id: int, certificate_id: UUID) -> HttpResponse:
    """Take the name that the account has now."""
    _must_be_of(certificate_id, learner_id, course_key)
    api.correct_name(certificate_id=certificate_id, course_key=course_key, by_id=user_id_of(request))
    messages.success(request, _("The certificate has the name of the account now. Number and date are the same."))
    return redirect("iciinsmes:certificate-learner", course_key, learner_id)


@coordinator_page
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show and choose what the certificate of the run asks for, and who awards it."""
    tasks = [(str(key), title) for key, title in assignments_of(course_key=course_key)]
    held = api.criteria_of(course_key=course_key)
    form = CriteriaForm(request.POST if request.method == "POST" else None, criteria=held, tasks=tasks)
    if form.is_valid():
        api.choose_criteria(course_key=course_key, by_id=user_id_of(request), criteria=form.criteria)
        messages.success(request, _("Saved. It holds for everybody who has no certificate yet."))
        return redirect("iciinsmes:certificates", course_key)
    context = {"course": host().course(course_key), "form": form, "held": held, "boxes": list(form.boxes())}
    status = 422 if form.is_bound else 200
    return render(request, "iciinsmes/certificates/criteria.html", context, status=status)


def _learner_page(
    request: HttpRequest,
    course_key: CourseKey,
    learner_id: int,
    *,
    wrong: tuple[CertificateCriterion, WordForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    held = api.criteria_of(course_key=course_key)
    standing = api.standing_of(learner_id=learner_id, course_key=course_key)
    issued = api.certificates_of(learner_id=learner_id, course_key=course_key)
    current = next((each for each in issued if each.is_valid), None)
    context: dict[str, Any] = {
        "course": host().course(course_key),
        "learner_id": learner_id,
        "name": labels([learner_id], course_key).get(learner_id, ""),
        "standing": standing,
        "rows": standing_view(standing) if standing else [],
        "words": _words(learner_id, course_key, wrong),
        "current": current,
        "revoked": [each for each in issued if not each.is_valid],
        "coordinates": can_coordinate(user_id=user_id_of(request), course_key=course_key),
        "has_issuer": bool(held and held.issuer.is_known),
        "most_reason": api.MOST_REASON,
    }
    return render(request, "iciinsmes/certificates/learner.html", context, status=status)


def _words(
    learner_id: int, course_key: CourseKey, wrong: tuple[CertificateCriterion, WordForm] | None
) -> list[dict[str, Any]]:
    held = api.criteria_of(course_key=course_key)
    if held is None:
        return []
    said = api.words_about(learner_id=learner_id, course_key=course_key)
    rows = []
    for each in api.asked_words(held):
        day, error, is_shown = said.get(each), "", each in said
        typed: Any = day.isoformat() if day else ""
        if wrong and wrong[0] is each:
            typed, is_shown = wrong[1]["shown_on"].value() or "", True
            error = str(wrong[1].errors.get("shown_on", ""))
        rows.append({"key": each.value, "title": TITLES[each], "day": typed, "is_shown": is_shown, "error": error})
    return rows


def _must_be_of(certificate_id: UUID, learner_id: int, course_key: CourseKey) -> None:
    if certificate_id not in [each.id for each in api.certificates_of(learner_id=learner_id, course_key=course_key)]:
        raise Http404


def _filter(text: str) -> api.Filter:
    return api.Filter(text) if text in set(api.Filter) else api.Filter.ALL


def _filters() -> list[tuple[api.Filter, str]]:
    return [
        (api.Filter.ALL, _("All")),
        (api.Filter.COMPLETE, _("Complete")),
        (api.Filter.ONE_MISSING, _("One thing missing")),
        (api.Filter.ISSUED, _("Issued")),
    ]
