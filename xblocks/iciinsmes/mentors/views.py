"""The mentor's page. Whoever has the link may answer; there is no account and no session.

The secret is in no address: it stands in the link behind the ``#``, and comes in the body of a POST. Whatever changes
something carries it in its form; for looking there is a pass, a cookie of an hour for this one page. So what is typed
can be sent however old the page is, and no form token is needed: nobody else's page knows the secret. (Browsers would
also refuse a form with one: with the policy ``no-referrer`` they hide where it comes from.)

Programs of mail servers open links before people do, some of them with a browser that runs scripts. So neither a GET
nor handing in the secret changes anything, not even "opened": that is recorded by the first thing only a person does,
which is touching the page (the script sends it) or sending the form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.log import log_response
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.evidence import api as evidence
from iciinsmes.lib.templating import render
from iciinsmes.platform import languages

from . import api, links
from .data import Invitation, RequestState
from .errors import AnswerNotAwaited, BadLink, InvalidAnswer, MentorsError, NoPass, OwnSignOff, TooSoon
from .page import SentAnswer, form_context, typed_from

COOKIE = "ici_mentor"

View = Callable[..., HttpResponseBase]


def mentor_page(view: View) -> View:
    """Make answers that nobody keeps, lists or logs with the link; a link that leads nowhere is the same for all."""

    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, **parts: str | UUID) -> HttpResponseBase:
        try:
            response = view(request, **parts)
        except NoPass:
            response = _door(request, status=403)
        except BadLink:
            response = _nowhere(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        if isinstance(response, HttpResponse) and response.status_code >= 400:
            # Said here without the address, so that Django does not say it with the address, which may be an old link.
            log_response("%s: mentor page", response.reason_phrase, response=response, request=request)
        return response

    return guarded


@mentor_page
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponseBase:
    """Take the secret of a link, from the page's script or pasted by hand, and let this browser look."""
    if request.method == "POST":
        return _let_in(request, _sent_token(request))
    with translation.override(languages.chosen(request.GET.get("language", ""), translation.get_language() or "")):
        return _door(request)


@mentor_page
@require_http_methods(["GET", "HEAD", "POST"])
def old_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Lead a link with the secret in its path to the page without it; a form that was open meanwhile is taken."""
    return _page(request, token) if request.method == "POST" else _let_in(request, token)


@mentor_page
@require_http_methods(["GET", "HEAD", "POST"])
def mentor(request: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Show what is to be confirmed, or what was answered; a POST answers, asks the coach, or changes the language."""
    return _page(request, _token(request, request_id))


@mentor_page
@require_POST
def opened(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Note that a person has touched the page; the page's script sends it once."""
    api.mark_opened(token=_token(request, request_id), user_id=_user_id(request))
    return HttpResponse(status=204)


@mentor_page
@require_safe
def file(request: HttpRequest, request_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """Send a file of the round in question while the link is open: as an attachment, a picture also in place or small.

    Any other file is a link that leads nowhere, and counts as a guess. A link that is closed says so on its own page.
    """
    invitation = api.invitation(token=_token(request, request_id))
    asked = invitation.request
    if asked.state != RequestState.OPEN:
        return redirect("iciinsmes:mentor", request_id)
    if evidence_id not in [piece.file for piece in invitation.matter.evidence]:
        raise BadLink
    small = request.GET.get("size") == "small"
    try:
        response = evidence.serve(evidence_id=evidence_id, in_place=request.GET.get("view") == "1", small=small)
    except evidence.UnknownFile as error:
        raise BadLink from error
    if not small and _user_id(request) != asked.asked_by:
        audit_log.record(
            course_key=CourseKey.from_string(asked.course_key),
            verb="file_opened",
            actor_id=None,
            actor_name=asked.contact.name,
            person_id=asked.asked_by,
            subject=f"file:{evidence_id}",
        )
    return response


def _page(request: HttpRequest, token: str) -> HttpResponse:
    invitation = api.invitation(token=token)
    typed = typed_from(request.POST if request.method == "POST" else request.GET)
    language = languages.chosen(typed.show_in, typed.language, invitation.request.contact.language)
    with translation.override(language):
        # Programs that check mails post to links too; only the page's own form says that it was sent.
        if request.method == "POST" and invitation.request.state == RequestState.OPEN and typed.is_sent:
            api.mark_opened(token=token, user_id=_user_id(request))
            response = _act(request, token, invitation, typed)
        else:
            response = _show(request, token, invitation, typed)
    response["Content-Language"] = language
    _give_pass(request, response, token)
    return response


def _door(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Ask for the link; the page's script answers with what stands behind the ``#`` of the address.

    A browser that has got its pass and does not show it keeps no cookies: it gets the page as the answer to a POST.
    """
    context = {
        "action": request.path if "door" in request.GET else reverse("iciinsmes:mentor-door"),
        # The page has the language of its mentor unless somebody has chosen another one.
        "chosen": request.GET.get("language", ""),
        "languages": languages.offered(),
    }
    return render(request, "iciinsmes/mentors/door.html", context, status=status)


def _let_in(request: HttpRequest, token: str) -> HttpResponse:
    """Give a pass and lead to the page, whose address keeps the secret behind the ``#`` for when the pass is old."""
    request_id, _nonce = links.read(token)
    language = request.POST.get("language", "") or request.GET.get("language", "")
    query = urlencode([("door", "1"), *([("language", language)] if language else [])])
    response = redirect(f"{reverse('iciinsmes:mentor', args=[request_id])}?{query}#{token}")
    _give_pass(request, response, token)
    return response


def _give_pass(request: HttpRequest, response: HttpResponse, token: str) -> None:
    request_id, _nonce = links.read(token)
    response.set_cookie(
        COOKIE,
        links.pass_for(token),
        max_age=links.PASS_SECONDS,
        path=reverse("iciinsmes:mentor", args=[request_id]),
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _token(request: HttpRequest, request_id: UUID) -> str:
    """Return the secret that opens this page: from the form, or while somebody only looks from the pass.

    Raises:
        NoPass: it did not come along.
        BadLink: it opens another page, or nothing.
    """
    token = _sent_token(request) if request.method == "POST" else _admitted_token(request)
    if links.read(token)[0] != request_id:
        raise BadLink
    return token


def _sent_token(request: HttpRequest) -> str:
    token = links.token_in(request.POST.get("secret", ""))
    if not token:
        raise NoPass
    return token


def _admitted_token(request: HttpRequest) -> str:
    given = request.COOKIES.get(COOKIE)
    token = links.admitted(given) if given else ""
    if not token:
        raise NoPass
    return token


def _act(request: HttpRequest, token: str, invitation: Invitation, typed: SentAnswer) -> HttpResponse:
    user_id = _user_id(request)
    here = reverse("iciinsmes:mentor", args=[invitation.request.id])

    def back(has_asked: bool = False) -> HttpResponse:
        query = urlencode({"language": translation.get_language() or ""})
        return redirect(f"{here}?{query}{'&asked=1' if has_asked else ''}#{token}")

    try:
        if typed.show_in:
            return _show(request, token, invitation, typed)
        if typed.asks_coach:
            api.ask_coach(token=token, question=typed.question, user_id=user_id)
            return back(has_asked=True)
        api.answer(token=token, form=typed.form, user_id=user_id)
    except InvalidAnswer as error:
        return _show(request, token, invitation, typed, errors=error.errors, status=422)
    except TooSoon:
        # The second half of a double click, or a second question: the first one is on its way.
        return back(has_asked=True)
    except OwnSignOff:
        return _show(request, token, invitation, typed, status=403)
    except AnswerNotAwaited:
        return render(request, "iciinsmes/mentors/closed.html", _around(token, invitation, "not_awaited"), status=409)
    except BadLink:
        raise
    except MentorsError:
        # Another tab or another mentor was faster, or the learner has withdrawn: the page says which.
        return back()
    return back()


def _show(
    request: HttpRequest,
    token: str,
    invitation: Invitation,
    typed: SentAnswer,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = invitation.request
    if invitation.answer is not None and invitation.answer.request == asked.id:
        return render(request, "iciinsmes/mentors/thanks.html", _around(token, invitation, "thanks"))
    if asked.state != RequestState.OPEN:
        why = "settled" if invitation.answer is not None else asked.state
        return render(request, "iciinsmes/mentors/closed.html", _around(token, invitation, why), status=410)
    context = {
        **_around(token, invitation, "open"),
        **form_context(invitation, typed, errors or {}),
        "is_own": status == 403 or _user_id(request) == asked.asked_by,
    }
    return render(request, "iciinsmes/mentors/mentor.html", context, status=status)


def _around(token: str, invitation: Invitation, why: str) -> dict[str, object]:
    return {
        "why": why,
        "token": token,
        "asked": invitation.request,
        "matter": invitation.matter,
        "answer": invitation.answer,
        "languages": languages.offered(),
    }


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere: 404, and 429 for whoever tries many."""
    guessing = links.is_guessing(request.META.get("REMOTE_ADDR", ""))
    context = {"action": reverse("iciinsmes:mentor-door")}
    response = render(request, "iciinsmes/mentors/nowhere.html", context, status=429 if guessing else 404)
    if guessing:
        response["Retry-After"] = f"{links.GUESSES.within.total_seconds():.0f}"
    return response


def _user_id(request: HttpRequest) -> int | None:
    """Return who is signed in on this device, if anybody: learners do not confirm their own work."""
    return request.user.pk
