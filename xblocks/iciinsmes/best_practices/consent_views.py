"""The owner's page: for who has the link, without account and session.

As with a mentor's link the secret is in no address: it comes behind the ``#`` in the body of a POST, and for looking
there is a pass, a cookie of an hour for this one page. A link that leads nowhere says the same to everybody, whether it
never was one, is too old, or its case was changed or taken back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from iciinsmes.lib.link_secrets import PASS_SECONDS, BadSecret, secret_in
from iciinsmes.lib.templating import render
from iciinsmes.lib.throttling import Limit, count_in_cache
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import languages

from . import api
from .data import CaseProposal, CaseState
from .errors import NotOwnConsent, StaleCase, WrongCase
from .page import content_view

COOKIE = "ici_practice"
#: As for mentors' links: a real link works even for an address that has guessed.
GUESSES = Limit("best_practices.guesses", most=20, within=timedelta(minutes=15))

_log = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


class _NoPass(Exception):
    """Neither secret nor pass came along, or the pass is old."""


def owner_page(view: View) -> View:
    """Make answers that nobody keeps, lists or logs with the link; a link that leads nowhere is the same for all."""

    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def guarded(request: HttpRequest, **values: object) -> HttpResponseBase:
        try:
            response = view(request, **values)
        except _NoPass:
            response = _door(request, status=403)
        except BadSecret:
            response = _nowhere(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponseBase:
    """Take the secret of a link, from the page's script or pasted by hand, and let this browser look."""
    if request.method != "POST":
        return _door(request)
    secret = secret_in(request.POST.get("secret", ""))
    if not secret:
        raise _NoPass
    case_id, _nonce = api.CONSENT_SECRETS.read(secret)
    response = redirect(f"{reverse('iciinsmes:practice-consent', args=[case_id])}?{urlencode({'door': '1'})}#{secret}")
    _give_pass(request, response, secret)
    return response


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """Show exactly what would be shown; a POST of the page's own forms agrees, says no, or takes it back."""
    if request.method == "POST":
        secret = secret_in(request.POST.get("secret", ""))
    else:
        given = request.COOKIES.get(COOKIE)
        secret = api.CONSENT_SECRETS.admitted(given) if given else ""
    if not secret:
        raise _NoPass
    if api.CONSENT_SECRETS.read(secret)[0] != case_id:
        raise BadSecret
    found = api.case_behind(secret=secret)
    language = languages.chosen(request.GET.get("language", ""), translation.get_language() or "")
    with translation.override(language):
        # Programs that check mails post to links too; only the page's own forms say what is done.
        response = _act(request, found, secret)
    response["Content-Language"] = language
    return response


def _act(request: HttpRequest, found: CaseProposal, secret: str) -> HttpResponse:
    doing, wrong, status = request.POST.get("do", ""), "", 200
    if doing == "no":
        api.refuse_by_link(secret=secret)
        return render(request, "iciinsmes/best_practices/gone.html", {"was_agreed": found.state is not CaseState.ASKED})
    if doing == "yes":
        named = request.POST.get("named", "")
        try:
            if named not in ("yes", "no") or request.POST.get("sure") != "1":
                raise WrongCase({"sure": "required"})
            found = api.agree(
                secret=secret,
                name=request.POST.get("name", ""),
                is_named=named == "yes",
                revision=whole_number(request.POST.get("revision")) or 0,
                user_id=request.user.pk if request.user.is_authenticated else None,
            )
        except WrongCase:
            wrong, status = _("Please answer everything: the name of the firm, your name, and the box."), 422
        except StaleCase:
            found, wrong, status = api.case_behind(secret=secret), _("It is answered already."), 409
        except NotOwnConsent:
            wrong, status = _("You have proposed this yourself. The owner of the firm opens this link."), 403
    content = found.content if found.is_named or found.state is CaseState.ASKED else api.without_name(found.content)
    view = content_view(api.without_name(found.content))
    context = {
        # Nothing on a guest's page leads anywhere else.
        "case": replace(view, tools=tuple((words, "") for words, _address in view.tools)),
        "firm": content.firm,
        "proposal": found,
        "is_open": found.state is CaseState.ASKED,
        "is_published": found.state is CaseState.PUBLISHED,
        "is_refused": found.state is CaseState.REFUSED,
        "languages": languages.offered(),
        "token": secret,
        "typed": request.POST,
        "wrong": wrong,
    }
    response = render(request, "iciinsmes/best_practices/consent.html", context, status=status)
    _give_pass(request, response, secret)
    return response


def _door(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Ask for the link; the page's script answers with what stands behind the ``#`` of the address."""
    # A browser that has got its pass and does not show it keeps no cookies: it gets the page as the answer to a POST.
    action = request.path if "door" in request.GET else reverse("iciinsmes:practice-door")
    return render(request, "iciinsmes/best_practices/door.html", {"action": action}, status=status)


def _give_pass(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        COOKIE,
        api.CONSENT_SECRETS.pass_for(secret),
        max_age=PASS_SECONDS,
        path=reverse("iciinsmes:practice-consent", args=[api.CONSENT_SECRETS.read(secret)[0]]),
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere: 404, and 429 for whoever tries many."""
    count = count_in_cache(GUESSES, request.META.get("REMOTE_ADDR", ""))
    _log.warning("a link to a best practice that leads nowhere was opened, number %s from one address", count)
    is_guessing = count > GUESSES.most
    context = {"action": reverse("iciinsmes:practice-door")}
    response = render(request, "iciinsmes/best_practices/nowhere.html", context, status=429 if is_guessing else 404)
    if is_guessing:
        response["Retry-After"] = f"{GUESSES.within.total_seconds():.0f}"
    return response
