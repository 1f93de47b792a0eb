"""Pages of the library, of a firm's proposal, and of the staff that publishes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from . import api
from .data import CaseProposal, CaseState
from .errors import StaleCase, WrongCase
from .forms import ProposalForm
from .labels import STATES
from .page import cards_context, case_view, chips_of, content_view, filter_from, query_of, selects_of
from .page_access import practice_page, user_id_of


@practice_page(api.can_read)
@require_safe
def library(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show a page of the library, narrowed as the address says."""
    narrowed = filter_from(request.GET)
    after = request.GET.get("after", "")
    page = api.library(narrowed=narrowed, after=after)
    is_staff = api.may_see_staff_pages(user_id=user_id_of(request), course_key=course_key)
    context = {
        **cards_context(page.cases, course_key),
        "course": host().course(course_key),
        "narrowed": narrowed,
        "selects": selects_of(narrowed, api.choices()),
        "chips": chips_of(narrowed),
        "is_first": not after,
        "first_query": query_of(narrowed),
        "next_query": query_of(narrowed, after=page.next_after) if page.next_after else "",
        "is_staff": is_staff,
        "waiting": api.waiting_count(course_key=course_key) if is_staff else 0,
    }
    return render(request, "iciinsmes/best_practices/library.html", context)


@practice_page(api.can_read)
@require_safe
def case(request: HttpRequest, course_key: CourseKey, key: str) -> HttpResponse:
    """Show a case; with ``block`` of the address that block can be done from here."""
    found = api.case_of(key=key)
    user_id = user_id_of(request)
    unit = _block(request.GET.get("block", ""), course_key)
    context = {
        "course": host().course(course_key),
        "case": case_view(found),
        # Not "block", which is a word of templates.
        "unit": unit,
        "back": host().block_url(unit) if unit else "",
        "is_done": unit is not None and api.done_points(user_id=user_id, usage_key=unit) is not None,
        "is_print": request.GET.get("as") == "print",
    }
    return render(request, "iciinsmes/best_practices/case.html", context)


@practice_page(api.can_read)
@require_POST
def read(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Let the block of the form be done, and lead back to it."""
    block = _block(request.POST.get("block", ""), course_key)
    if block is None:
        raise Http404
    api.mark_read(user_id=user_id_of(request), usage_key=block)
    return redirect(host().block_url(block))


@practice_page()
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Let members of a firm choose what of their finished project is told, and see what has become of it."""
    given: dict[str, Any] = {"project_id": project_id, "user_id": user_id_of(request), "course_key": course_key}
    offer = api.offer_of(**given)
    before = api.proposal_here(**given)
    status, stale = 200, False
    if request.method == "POST":
        form = ProposalForm(request.POST, offer=offer, before=before)
        if form.is_valid():
            try:
                api.propose(**given, chosen=form.chosen(), revision=form.cleaned_data["revision"] or 0)
                messages.success(request, _("It is kept as it is now. Send the link to the owner."))
                return redirect("iciinsmes:practice-proposal", course_key, project_id)
            except WrongCase as wrong:
                form.tell(wrong.problems)
            except StaleCase:
                stale = True
        status = 409 if stale else 422
    else:
        form = ProposalForm(None, offer=offer, before=before if _may_go_on(before) else None)
    context = {
        "course_key": course_key,
        "project": offer.project,
        "company": offer.company,
        "proposal": before,
        "pill": _pill(before),
        "shown": content_view(before.content) if before and before.content.title else None,
        "form": form,
        "may_change": before is None or before.state not in (CaseState.AGREED, CaseState.PUBLISHED),
        "revision": before.revision if before and before.state is CaseState.ASKED else 0,
        "stale": stale,
    }
    return render(request, "iciinsmes/best_practices/proposal.html", context, status=status)


@practice_page()
@require_POST
def take_back(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Take the firm's case back."""
    api.take_back(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    messages.success(request, _("It is taken back: nobody can read it any more."))
    return redirect("iciinsmes:practice-proposal", course_key, project_id)


@practice_page(api.may_see_staff_pages)
@require_safe
def waiting(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the staff the cases of the run, newest first."""
    after = request.GET.get("after", "")
    found, next_after = api.proposals_of_run(course_key=course_key, user_id=user_id_of(request), after=after)
    context = {
        "course": host().course(course_key),
        "rows": [(each, content_view(each.content), _pill(each), each.state is not CaseState.ASKED) for each in found],
        "next_after": next_after,
        "is_first": not after,
    }
    return render(request, "iciinsmes/best_practices/waiting.html", context)


@practice_page(api.may_see_staff_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, course_key: CourseKey, case_id: UUID) -> HttpResponse:
    """Show the staff a case word by word; a POST publishes it, or refuses it with a reason."""
    given: dict[str, Any] = {"case_id": case_id, "user_id": user_id_of(request), "course_key": course_key}
    found = api.case_for_staff(**given)
    wrong = ""
    if request.method == "POST":
        revision = whole_number(request.POST.get("revision")) or 0
        try:
            if request.POST.get("do") == "publish":
                api.publish(**given, revision=revision)
                messages.success(request, _("It is in the library."))
            else:
                api.refuse_case(**given, revision=revision, reason=request.POST.get("reason", ""))
                messages.success(request, _("It is not in the library. The firm reads your reason."))
            return redirect("iciinsmes:practice-waiting", course_key)
        except WrongCase:
            wrong = _("Write a reason: the firm reads it.")
        except StaleCase:
            wrong = _("Somebody has decided meanwhile. This is how it stands now.")
            found = api.case_for_staff(**given)
    content = found.content if found.is_named else api.without_name(found.content)
    context = {
        "course": host().course(course_key),
        "proposal": found,
        "case": content_view(content),
        "pill": _pill(found),
        "firm": found.content.firm,
        "wrong": wrong,
        "reason": request.POST.get("reason", ""),
        "can_publish": found.state is CaseState.AGREED,
        "can_refuse": found.state in (CaseState.AGREED, CaseState.PUBLISHED),
    }
    return render(request, "iciinsmes/best_practices/decide.html", context, status=422 if wrong else 200)


def _may_go_on(before: CaseProposal | None) -> bool:
    return before is not None and before.state in (CaseState.ASKED, CaseState.REFUSED)


def _pill(found: CaseProposal | None) -> dict[str, str]:
    if found is None:
        return {}
    words, tone, sign = STATES[found.state]
    return {"words": str(words), "tone": tone, "sign": sign}


def _block(text: str, course_key: CourseKey) -> UsageKey | None:
    """Return the block of this run that an address names; None for nonsense and for blocks of other runs."""
    try:
        usage_key = UsageKey.from_string(text)
    except InvalidKeyError:
        return None
    is_ours = usage_key.course_key == course_key and usage_key.block_type == "best_practice_cases"
    return usage_key if is_ours else None
