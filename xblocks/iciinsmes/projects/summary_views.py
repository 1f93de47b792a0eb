"""The owner's summary: its page for who has the link, without account and session, and the page where members make one.

As with a mentor's link the secret is in no address: it comes behind the ``#`` in the body of a POST, and for looking
there is a pass, a cookie of an hour for this one page. A link that leads nowhere says the same to everybody, whether it
never was one, has expired or was taken back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.link_secrets import PASS_SECONDS, BadSecret, secret_in
from iciinsmes.lib.templating import render
from iciinsmes.lib.throttling import Limit, count_in_cache
from iciinsmes.platform import labels, languages

from . import api
from .errors import NotAllowedInProject, TooManyEntries, UnknownProject
from .page_access import project_page, user_id_of
from .summary import summary_of

COOKIE = "ici_summary"
#: As for mentors' links: a real link works even for an address that has guessed.
GUESSES = Limit("projects.summary_guesses", most=20, within=timedelta(minutes=15))

_log = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


class _NoPass(Exception):
    """Neither secret nor pass came along, or the pass is old."""


def summary_link_page(view: View) -> View:
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
        except (BadSecret, UnknownProject):
            response = _nowhere(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@summary_link_page
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponseBase:
    """Take the secret of a link, from the page's script or pasted by hand, and let this browser look."""
    if request.method != "POST":
        return _door(request)
    secret = secret_in(request.POST.get("secret", ""))
    if not secret:
        raise _NoPass
    return _let_in(request, secret)


@summary_link_page
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest, link_id: UUID) -> HttpResponseBase:
    """Show the summary while the link is open; a POST brings the secret where a browser keeps no cookies."""
    if request.method == "POST":
        secret = secret_in(request.POST.get("secret", ""))
    else:
        given = request.COOKIES.get(COOKIE)
        secret = api.SUMMARY_SECRETS.admitted(given) if given else ""
    if not secret:
        raise _NoPass
    if api.SUMMARY_SECRETS.read(secret)[0] != link_id:
        raise BadSecret
    project_id, with_words = api.summary_behind(secret=secret)
    language = languages.chosen(request.GET.get("language", ""), translation.get_language() or "")
    with translation.override(language):
        found = summary_of(api.record_of(project_id=project_id), with_words=with_words)
        context = {"summary": found, "languages": languages.offered(), "token": secret}
        response = render(request, "iciinsmes/projects/report/summary.html", context)
    response["Content-Language"] = language
    _give_pass(request, response, secret)
    return response


@project_page
@require_safe
def preview(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Show the summary to who may read the project anyway."""
    api.read_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    found = summary_of(api.record_of(project_id=project_id), with_words=request.GET.get("words") == "1")
    return render(request, "iciinsmes/projects/report/summary.html", {"summary": found})


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """List the links to the summary, and make one."""
    user_id = user_id_of(request)
    given: dict[str, Any] = {"project_id": project_id, "user_id": user_id, "course_key": course_key}
    if request.method == "POST":
        try:
            api.make_summary_link(**given, with_words=request.POST.get("words") == "1")
            return redirect("iciinsmes:project-summary-links", course_key, project_id)
        except NotAllowedInProject as error:
            raise Http404 from error
        except TooManyEntries:
            messages.error(request, _("There are many open links. Take one back first."))
    project, reader = api.read_project(**given)
    found = api.links_to_summary(**given)
    names = labels({each.made_by for each in found if each.made_by}, course_key)
    context = {
        "course_key": course_key,
        "project": project,
        "reader": reader,
        "links": [(each, names.get(each.made_by or 0, "")) for each in found],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "iciinsmes/projects/report/links.html", context, status=status)


@project_page
@require_POST
def revoke(request: HttpRequest, course_key: CourseKey, project_id: UUID, link_id: UUID) -> HttpResponse:
    """Take a link back."""
    try:
        api.revoke_summary_link(
            project_id=project_id, user_id=user_id_of(request), course_key=course_key, link_id=link_id
        )
    except NotAllowedInProject as error:
        raise Http404 from error
    messages.success(request, _("The link leads nowhere from now on."))
    return redirect("iciinsmes:project-summary-links", course_key, project_id)


def _door(request: HttpRequest, status: int = 200) -> HttpResponse:
    """Ask for the link; the page's script answers with what stands behind the ``#`` of the address."""
    # A browser that has got its pass and does not show it keeps no cookies: it gets the page as the answer to a POST.
    action = request.path if "door" in request.GET else reverse("iciinsmes:summary-door")
    return render(request, "iciinsmes/projects/report/door.html", {"action": action}, status=status)


def _let_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a pass and lead to the page, whose address keeps the secret behind the ``#`` for when the pass is old."""
    link_id, _nonce = api.SUMMARY_SECRETS.read(secret)
    query = urlencode({"door": "1"})
    response = redirect(f"{reverse('iciinsmes:summary', args=[link_id])}?{query}#{secret}")
    _give_pass(request, response, secret)
    return response


def _give_pass(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        COOKIE,
        api.SUMMARY_SECRETS.pass_for(secret),
        max_age=PASS_SECONDS,
        path=reverse("iciinsmes:summary", args=[api.SUMMARY_SECRETS.read(secret)[0]]),
        secure=request.is_secure() or settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _nowhere(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere: 404, and 429 for whoever tries many."""
    count = count_in_cache(GUESSES, request.META.get("REMOTE_ADDR", ""))
    _log.warning("a link to a summary that leads nowhere was opened, number %s from one address", count)
    is_guessing = count > GUESSES.most
    context = {"action": reverse("iciinsmes:summary-door")}
    status = 429 if is_guessing else 404
    response = render(request, "iciinsmes/projects/report/nowhere.html", context, status=status)
    if is_guessing:
        response["Retry-After"] = f"{GUESSES.within.total_seconds():.0f}"
    return response
