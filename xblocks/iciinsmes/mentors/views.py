"""The mentor's page. Whoever has the link may answer; there is no account, no session and no cookie.

Programs of mail servers open links before people do, some of them with a browser that runs scripts. So a GET changes
nothing, not even "opened": that is recorded by the first thing only a person does, which is touching the page (the
script sends it) or sending the form. A form token would add nothing, because the address itself is the secret, and
browsers would refuse the form: with the policy ``no-referrer`` they hide where it comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.log import log_response
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes import languages
from iciinsmes.evidence import api as evidence
from iciinsmes.templating import render
from iciinsmes.trail import api as trail

from . import api
from .data import Invitation, State
from .errors import BadLink, InvalidAnswer, MentorsError, NotAwaited, OwnWork, TooSoon
from .page import Typed, form_context, typed_from
from .throttle import MINUTES, is_guessing

View = Callable[..., HttpResponseBase]


def mentor_page(view: View) -> View:
    """Make answers that nobody keeps, lists or logs with the link; a link that leads nowhere is the same for all."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **more: UUID) -> HttpResponseBase:
        try:
            response = view(request, token, **more)
        except BadLink:
            response = _nowhere(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        if isinstance(response, HttpResponse) and response.status_code >= 400:
            # Said here without the address, so that Django does not say it with the address, which opens the page.
            log_response("%s: mentor page", response.reason_phrase, response=response, request=request)
        return response

    return guarded


@mentor_page
@require_http_methods(["GET", "HEAD", "POST"])
def mentor(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed, or what was answered; a POST answers, asks the coach, or changes the language."""
    invitation = api.invitation(token=token)
    typed = typed_from(request.POST if request.method == "POST" else request.GET)
    language = languages.chosen(typed.show_in, typed.language, invitation.request.contact.language)
    with translation.override(language):
        if request.method == "POST" and invitation.request.state == State.OPEN and not typed.is_sent:
            # Not the page's form: programs that check mails post to links too.
            status = 403 if _user_id(request) == invitation.request.asked_by else 422
            response = _show(request, invitation, typed, status=status)
        elif request.method == "POST" and invitation.request.state == State.OPEN:
            api.mark_opened(token=token, user_id=_user_id(request))
            response = _act(request, token, invitation, typed)
        else:
            response = _show(request, invitation, typed)
    response["Content-Language"] = language
    return response


@mentor_page
@require_POST
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Note that a person has touched the page; the page's script sends it once."""
    api.mark_opened(token=token, user_id=_user_id(request))
    return HttpResponse(status=204)


@mentor_page
@require_safe
def file(request: HttpRequest, token: str, evidence_id: UUID) -> HttpResponseBase:
    """Send a file of the round in question while the link is open: as an attachment, a picture also in place or small.

    Any other file is a link that leads nowhere, and counts as a guess. A link that is closed says so on its own page.
    """
    invitation = api.invitation(token=token)
    asked = invitation.request
    if asked.state != State.OPEN:
        return redirect("iciinsmes:mentor", token)
    if evidence_id not in [piece.file for piece in invitation.matter.evidence]:
        raise BadLink
    small = request.GET.get("size") == "small"
    try:
        response = evidence.serve(evidence_id=evidence_id, in_place=request.GET.get("view") == "1", small=small)
    except evidence.UnknownFile as error:
        raise BadLink from error
    if not small and _user_id(request) != asked.asked_by:
        trail.record(
            course_key=CourseKey.from_string(asked.course_key),
            verb="file_opened",
            actor_id=None,
            actor_name=asked.contact.name,
            person_id=asked.asked_by,
            subject=f"file:{evidence_id}",
        )
    return response


def _act(request: HttpRequest, token: str, invitation: Invitation, typed: Typed) -> HttpResponse:
    user_id = _user_id(request)
    here = f"{reverse('iciinsmes:mentor', args=[token])}?{urlencode({'language': translation.get_language()})}"
    try:
        if typed.show_in:
            return _show(request, invitation, typed)
        if typed.asks_coach:
            api.ask_coach(token=token, question=typed.question, user_id=user_id)
            return redirect(f"{here}&asked=1")
        api.answer(token=token, form=typed.form, user_id=user_id)
    except InvalidAnswer as error:
        return _show(request, invitation, typed, errors=error.errors, status=422)
    except TooSoon:
        # The second half of a double click, or a second question: the first one is on its way.
        return redirect(f"{here}&asked=1")
    except OwnWork:
        return _show(request, invitation, typed, status=403)
    except NotAwaited:
        return render(request, "iciinsmes/mentors/closed.html", _around(request, invitation, "not_awaited"), status=409)
    except BadLink:
        raise
    except MentorsError:
        # Another tab or another mentor was faster, or the learner has withdrawn: the page says which.
        return redirect(here)
    return redirect(here)


def _show(
    request: HttpRequest,
    invitation: Invitation,
    typed: Typed,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = invitation.request
    if invitation.answer is not None and invitation.answer.request == asked.id:
        return render(request, "iciinsmes/mentors/thanks.html", _around(request, invitation, "thanks"))
    if asked.state != State.OPEN:
        why = "settled" if invitation.answer is not None else asked.state
        return render(request, "iciinsmes/mentors/closed.html", _around(request, invitation, why), status=410)
    context = {
        **_around(request, invitation, "open"),
        **form_context(invitation, typed, errors or {}),
        "is_own": status == 403 or _user_id(request) == asked.asked_by,
    }
    return render(request, "iciinsmes/mentors/mentor.html", context, status=status)


def _around(request: HttpRequest, invitation: Invitation, why: str) -> dict[str, object]:
    return {
        "why": why,
        "token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
        "asked": invitation.request,
        "matter": invitation.matter,
        "answer": invitation.answer,
        "languages": languages.offered(),
    }


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere: 404, and 429 for whoever tries many."""
    guessing = is_guessing(request.META.get("REMOTE_ADDR", ""))
    response = render(request, "iciinsmes/mentors/nowhere.html", status=429 if guessing else 404)
    if guessing:
        response["Retry-After"] = str(MINUTES * 60)
    return response


def _user_id(request: HttpRequest) -> int | None:
    """Return who is signed in on this device, if anybody: learners do not confirm their own work."""
    return request.user.pk
