"""The page of a mail about what has stayed, for whoever has its link, without account and session.

As with a mentor's link the secret is in no address: it comes behind the ``#`` in the body of a POST, and for looking
there is a pass, a cookie of an hour for this one page. Whatever changes something carries the secret in its form.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from iciinsmes.lib.link_secrets import PASS_SECONDS, BadSecret, secret_in
from iciinsmes.lib.templating import render
from iciinsmes.lib.throttling import Limit, count_in_cache
from iciinsmes.platform import host, languages

from . import api
from .errors import NotEntered, UnknownQuestion
from .forms import KeptForm
from .labels import not_entered

COOKIE = "ici_kept"
#: As for mentors' links: a real link works even for an address that has guessed.
GUESSES = Limit("evaluation.guesses", most=20, within=timedelta(minutes=15))

_log = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


class _NoPass(Exception):
    """Neither secret nor pass came along, or the pass is old."""


def kept_page(view: View) -> View:
    """Make answers that nobody keeps, lists or logs with the link; a link that leads nowhere is the same for all."""

    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, **values: object) -> HttpResponseBase:
        wanted = request.GET.get("language", "") or request.POST.get("language", "")
        with translation.override(languages.chosen(wanted, translation.get_language() or "")):
            try:
                response = view(request, **values)
            except _NoPass:
                response = _door(request, status=403)
            except (BadSecret, UnknownQuestion):
                response = _nowhere(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@kept_page
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponseBase:
    """Take the secret of a link, from the page's script or pasted by hand, and let this browser look."""
    return _let_in(request, _sent(request)) if request.method == "POST" else _door(request)


@kept_page
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, question_id: UUID) -> HttpResponseBase:
    """Show what is asked with what was answered; a POST with answers keeps them, another only brings the secret."""
    secret = _sent(request) if request.method == "POST" else _admitted(request)
    if api.SECRETS.read(secret)[0] != question_id:
        raise BadSecret
    question = api.question_behind(secret=secret)
    is_answer = "save" in request.POST
    form = KeptForm(request.POST if is_answer else None, kpis=question.kpis, own=question.own)
    problem, status = "", 200
    if is_answer and form.is_valid():
        try:
            api.say(secret=secret, kept=form.kept(), into_project=form.cleaned_data["into_project"])
            return _let_in(request, secret, is_kept=True)
        except NotEntered:
            problem = not_entered()
    elif is_answer:
        status = 422
    context = {
        "question": question,
        "course": host().course(question.course_key),
        "form": form,
        "token": secret,
        "problem": problem,
        "is_kept": "kept" in request.GET,
    }
    response = render(request, "iciinsmes/evaluation/kept.html", context, status=status)
    _give_pass(request, response, secret)
    return response


def _door(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Ask for the link; the page's script answers with what stands behind the ``#`` of the address."""
    # A browser that has got its pass and does not show it keeps no cookies: it gets the page as the answer to a POST.
    action = request.path if "door" in request.GET else reverse("iciinsmes:kept-door")
    return render(request, "iciinsmes/evaluation/door.html", {"action": action}, status=status)


def _sent(request: HttpRequest) -> str:
    secret = secret_in(request.POST.get("secret", ""))
    if not secret:
        raise _NoPass
    return secret


def _admitted(request: HttpRequest) -> str:
    given = request.COOKIES.get(COOKIE)
    secret = api.SECRETS.admitted(given) if given else ""
    if not secret:
        raise _NoPass
    return secret


def _let_in(request: HttpRequest, secret: str, *, is_kept: bool = False) -> HttpResponse:
    """Give a pass and lead to the page, whose address keeps the secret behind the ``#`` for when the pass is old."""
    question_id, _nonce = api.SECRETS.read(secret)
    query = {"door": "1", "language": translation.get_language() or "", **({"kept": "1"} if is_kept else {})}
    response = redirect(f"{reverse('iciinsmes:kept', args=[question_id])}?{urlencode(query)}#{secret}")
    _give_pass(request, response, secret)
    return response


def _give_pass(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        COOKIE,
        api.SECRETS.pass_for(secret),
        max_age=PASS_SECONDS,
        path=reverse("iciinsmes:kept", args=[api.SECRETS.read(secret)[0]]),
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere: 404, and 429 for whoever tries many."""
    count = count_in_cache(GUESSES, request.META.get("REMOTE_ADDR", ""))
    _log.warning("a link about what has stayed that leads nowhere was opened, number %s from one address", count)
    is_guessing = count > GUESSES.most
    context = {"action": reverse("iciinsmes:kept-door")}
    response = render(request, "iciinsmes/evaluation/nowhere.html", context, status=429 if is_guessing else 404)
    if is_guessing:
        response["Retry-After"] = f"{GUESSES.within.total_seconds():.0f}"
    return response
