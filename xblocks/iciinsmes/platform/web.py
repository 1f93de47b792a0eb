"""Who is here: what is typed is sent by the person who typed it, or not at all.

Scripts cannot do anything with a sign-in page: they would put it into a part of a page, or take it for an answer. So a
request of theirs gets 401 when nobody is signed in, and 403 when it is somebody else than the page was made for. Their
own header says for whom it was made; the words then wait in the browser until that person is back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from opaque_keys.edx.keys import UsageKey

from iciinsmes.lib.templating import render

from .host import host

#: Sent by the own script with what was typed: that it was, and for which person the page was made.
TYPED, PERSON = "ICI-Typed", "ICI-Person"
#: Answers to it: where to go on, and who is here instead.
LOCATION, HERE = "ICI-Location", "ICI-Here"


class PresenceMiddleware:
    """Refuses scripts in words that they understand, and shows people without a script what was not saved.

    Stands behind the host's sign-in. It runs before a form's token is looked at, because that is old when somebody else
    has signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, or say that the wrong person or nobody is signed in."""
        sender = request.headers.get(PERSON)
        if sender and sender != _person(request):
            return _refuse(request)
        response = self.get_response(request)
        if _asks_to_sign_in(response):
            if _is_script(request):
                return _refuse(request)
            words = typed_words(request)
            if words:
                return render(request, "iciinsmes/not_saved.html", {"words": words, "is_signed_out": True}, status=401)
        if TYPED in request.headers and response.has_header("Location") and 300 <= response.status_code < 400:
            # A script cannot see where a redirect leads before it has followed it, and used up the page's messages.
            response[LOCATION] = response["Location"]
            del response["Location"]
            response.status_code = 204
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse what would change somebody's work in a block while staff look at the course as one learner."""
        usage_key = kwargs.get("usage_key")
        if (
            request.method in ("GET", "HEAD", "OPTIONS")
            or not isinstance(usage_key, UsageKey)
            or not getattr(view, "__module__", "").startswith("iciinsmes.")
            or host().looking_as_learner(usage_key.course_key) is None
        ):
            return None
        message = _("You look at this course as somebody else. Nothing was changed. Stop it before you go on.")
        words = [] if _is_script(request) else typed_words(request)
        if not words:
            return JsonResponse({"message": message, "error": message}, status=403)
        return render(request, "iciinsmes/not_saved.html", {"words": words, "why": message}, status=403)


@never_cache
@require_safe
def here(request: HttpRequest) -> JsonResponse:
    """Tell the page's script who is signed in, and give it a fresh form token in the cookie."""
    get_token(request)
    return JsonResponse({"person": _person(request)})


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponseBase:
    """Say after signing in that the other tab goes on by itself."""
    return render(request, "iciinsmes/signed_in.html")


def typed_words(request: HttpRequest) -> list[str]:
    """Return the texts of a form that came from a page of this site; empty for all other requests.

    Args:
        request: a POST whose form was read or can be read.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    if request.method != "POST" or not f"{origin}/".startswith(f"{request.scheme}://{request.get_host()}/"):
        return []
    values = [
        str(value) for name in request.POST if name != "csrfmiddlewaretoken" for value in request.POST.getlist(name)
    ]
    return [value for value in values if any(letter.isspace() for letter in value.strip())]


def _person(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else ""


def _is_script(request: HttpRequest) -> bool:
    return (
        TYPED in request.headers
        or request.headers.get("HX-Request") == "true"
        or request.headers.get("X-Requested-With") == "XMLHttpRequest"
    )


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    if response.status_code not in (301, 302, 303, 307):
        return False
    return response.get("Location", "").partition("?")[0] == resolve_url(settings.LOGIN_URL)


def _refuse(request: HttpRequest) -> JsonResponse:
    """Answer a script: 401 while nobody is signed in, 403 for somebody else; htmx fires the event on its element."""
    is_other = bool(_person(request))
    message = (
        _("Somebody else is signed in now. Nothing was saved.") if is_other else _("You are signed out. Sign in again.")
    )
    response = JsonResponse({"message": message, "error": message}, status=403 if is_other else 401)
    response[HERE] = "other" if is_other else "nobody"
    response["HX-Trigger"] = "ici:signed-out"
    response["Cache-Control"] = "private, no-store"
    return response
