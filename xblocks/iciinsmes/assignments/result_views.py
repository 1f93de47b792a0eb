"""Attaching results of instruments: from the learner's work, and from the page of a result."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import can_work, can_work_on
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.web import answering_errors
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.errors import UnknownResult
from iciinsmes.lib.templating import render
from iciinsmes.platform import host
from iciinsmes.toolbox.api import find_instrument, reader_language
from iciinsmes.toolbox.data import show

from . import api
from .errors import AssignmentError
from .evidence_parts import closed, closed_text, list_part, question_in, writer


@require_GET
@answering_errors
def results(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """List the learner's results of the course run, to be attached at ``?question=`` with one click."""
    owner_id, version = writer(request, usage_key)
    language = reader_language()
    found = exercises.results_of(owner_id=owner_id, course_key=version.course_key)
    context = {
        "results": [(line, show(find_instrument(name=line.instrument).title, language)) for line in found],
        "usage_key": usage_key,
        "course_key": version.course_key,
        "question": question_in(request.GET.get("question"), version.task),
    }
    return render(request, "iciinsmes/assignments/results.html", context)


@require_POST
@answering_errors
def attach(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Attach the own ``result`` to ``?question=``; answers with the list of evidence."""
    owner_id, version = writer(request, usage_key)
    if not api.may_edit(user_id=owner_id, usage_key=usage_key):
        return closed()
    question = question_in(request.GET.get("question"), version.task)
    try:
        result_id = UUID(request.POST.get("result", ""))
        api.attach_result(user_id=owner_id, usage_key=usage_key, result_id=result_id, question=question)
    except (ValueError, UnknownResult):
        return JsonResponse({"message": _("This result is not here any more.")}, status=404)
    found = api.draft_of(user_id=owner_id, usage_key=usage_key)
    return JsonResponse({"html": list_part(found.subject, version, question)}, status=201)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, course_key: CourseKey, result_id: UUID) -> HttpResponse:
    """Show in which open assignments an own result can be evidence, and attach it to the ``assignment`` of a POST."""
    user_id = request.user.id
    if user_id is None or not can_work(user_id=user_id, course_key=course_key):
        raise Http404
    try:
        found = exercises.own_result(result_id=result_id, owner_id=user_id, course_key=course_key)
    except UnknownResult as error:
        raise Http404 from error
    problem = _attach_one(request, user_id, course_key, result_id) if request.method == "POST" else ""
    offers = api.offers_of(user_id=user_id, course_key=course_key, result_id=result_id)
    known = [offer for offer in offers if can_work_on(user_id=user_id, usage_key=offer.usage_key)]
    context = {
        "found": found,
        "course_key": course_key,
        "offers": [(offer, host().block_url(offer.usage_key)) for offer in known],
        "problem": problem,
    }
    # A page that has htmx takes the part in, also with a problem; without scripts it is a page of its own.
    is_part = "HX-Request" in request.headers
    template = "iciinsmes/assignments/offers.html" if is_part else "iciinsmes/assignments/offers_page.html"
    return render(request, template, context, status=422 if problem and not is_part else 200)


def _attach_one(request: HttpRequest, user_id: int, course_key: CourseKey, result_id: UUID) -> str:
    """Attach the result to the assignment that was chosen; return why not, or an empty text."""
    try:
        usage_key = UsageKey.from_string(request.POST.get("assignment", ""))
    except InvalidKeyError:
        raise Http404 from None
    if usage_key.course_key != course_key or not can_work_on(user_id=user_id, usage_key=usage_key):
        raise Http404
    try:
        api.attach_result(user_id=user_id, usage_key=usage_key, result_id=result_id)
    except AssignmentError:
        return closed_text()
    except evidence.EvidenceError as error:
        return error.message
    return ""
