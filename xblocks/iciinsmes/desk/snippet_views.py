"""Snippets: the page on which a teacher looks after them, and the part beside the rubric that puts them in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.data import GradingData
from iciinsmes.companies.api import can_coordinate, companies_by_id
from iciinsmes.lib.sentences import listed
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.platform import host
from iciinsmes.snippets import api
from iciinsmes.snippets.data import MAX_TEXT
from iciinsmes.snippets.errors import TooManySnippets, UnknownSnippet, WrongSnippet

from .permissions import grader_required, is_own, round_to_grade, user_id_of


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def snippets(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show what may be used here; a POST keeps a new one or changes an own one."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = _keep(request, course_key)
        if not context:
            messages.success(request, _("Kept."))
            return redirect("iciinsmes:desk-snippets", course_key)
    user_id = user_id_of(request)
    context |= {
        "course": host().course(course_key),
        "snippets": api.snippets_for(user_id=user_id, course_key=course_key),
        "placeholders": [f"{{{name}}}" for name in api.PLACEHOLDERS],
        "may_remove_all": can_coordinate(user_id=user_id, course_key=course_key),
        "max_text": MAX_TEXT,
    }
    return render(request, "iciinsmes/desk/snippets.html", context, status=422 if "problem" in context else 200)


@never_cache
@grader_required
@require_POST
def remove(request: HttpRequest, course_key: CourseKey, snippet_id: UUID) -> HttpResponse:
    """Remove an own snippet; a coordinator also what others share."""
    user_id = user_id_of(request)
    any_shared = can_coordinate(user_id=user_id, course_key=course_key)
    try:
        api.remove(user_id=user_id, course_key=course_key, snippet_id=snippet_id, any_shared=any_shared)
    except UnknownSnippet as error:
        raise Http404 from error
    messages.success(request, _("Removed."))
    return redirect("iciinsmes:desk-snippets", course_key)


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Show the snippets filled in for a round, as a part of its page; a POST keeps a new one first.

    The status is 422, with what was typed, where it cannot be kept.
    """
    data = round_to_grade(request, course_key, round_id)
    if is_own(data, user_id_of(request)):
        raise Http404
    context = _keep(request, course_key) if request.method == "POST" else {}
    values = _values(data)
    found = api.snippets_for(user_id=user_id_of(request), course_key=course_key)
    context |= {
        "course_key": course_key,
        "round_id": round_id,
        "snippets": [(snippet, api.filled(snippet.text, values)) for snippet in found],
        "max_text": MAX_TEXT,
    }
    return render(request, "iciinsmes/desk/snippets_beside.html", context, status=422 if "problem" in context else 200)


def _keep(request: HttpRequest, course_key: CourseKey) -> dict[str, Any]:
    """Keep what was sent, and return what the page needs to show it again; nothing where all is well."""
    text, is_shared = request.POST.get("text", ""), "shared" in request.POST
    wanted = request.POST.get("snippet", "")
    snippet_id = read_uuid(wanted)
    try:
        if wanted and snippet_id is None:
            raise UnknownSnippet
        api.keep(
            user_id=user_id_of(request),
            course_key=course_key,
            text=text,
            is_shared=is_shared,
            snippet_id=snippet_id,
        )
    except (WrongSnippet, TooManySnippets) as refused:
        return {"problem": refused.message, "typed": text, "typed_shared": is_shared, "typed_id": snippet_id}
    except UnknownSnippet:
        gone = _("This snippet was removed in the meantime. Your words are below; keep them as a new one.")
        return {"problem": gone, "typed": text, "typed_shared": is_shared, "typed_id": None}
    return {}


def _values(data: GradingData) -> dict[str, str]:
    """Return what stands in place of each placeholder for this round."""
    ids = [user_id for user_id in data.round.member_ids or (data.owner_id,) if user_id is not None]
    # The bare names: a learner is not told by which user name the staff tells namesakes apart.
    found = host().people(set(ids), data.version.course_key)
    company_id = data.round.company_id
    company = companies_by_id(company_ids={company_id}).get(company_id) if company_id is not None else None
    return {
        "learner": listed(found[user_id].name for user_id in ids if user_id in found),
        "company": company.name if company else "",
        "task": data.version.task.title,
        "round": str(data.round.number),
    }
