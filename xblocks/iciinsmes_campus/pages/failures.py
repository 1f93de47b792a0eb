"""Pages for what went wrong, in the campus' look and in plain words.

Two of them cannot count on anything: a request that was refused before anybody knew who sends it, and an error of the
campus itself. They use neither the request's person nor the database.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from iciinsmes.platform.web import typed_words


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense (400)."""
    return HttpResponseBadRequest(render_to_string("iciinsmes_campus/pages/bad_request.html"))


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a page is not for this person (403)."""
    return render(request, "iciinsmes_campus/pages/forbidden.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page (404); which address was meant is not repeated."""
    return render(request, "iciinsmes_campus/pages/not_found.html", status=404)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do when a form's token is missing or old (403), and show the words that were not saved."""
    return render(request, "iciinsmes_campus/pages/csrf_failure.html", {"words": typed_words(request)}, status=403)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Say that the campus made an error (500)."""
    return HttpResponseServerError(render_to_string("iciinsmes_campus/pages/server_error.html"))
