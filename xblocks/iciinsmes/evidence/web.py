"""What pages of every room that takes files need: words for their script, progress of uploads, and refusals.

A refusal has the status that its reason has in HTTP: 409 send on from ``received`` or somebody was faster, 413 too
large, 415 wrong content, 422 a rule or a wrong field, 503 in a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iciinsmes.lib.templating import render_to_string

from . import errors
from .data import EvidenceRules, UploadData

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, _P], HttpResponseBase]

_MAX_DIGITS = 15

_STATUS: dict[type[errors.EvidenceError], int] = {
    errors.UnknownFile: 404,
    errors.OffsetMismatch: 409,
    errors.StaleItem: 409,
    errors.TooLarge: 413,
    errors.ContentRefused: 415,
    errors.NotNow: 503,
}


def answering_errors(view: View[_P]) -> View[_P]:
    """Let signed-in people through, and answer every refusal in a form that the page's script can show."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return JsonResponse({"message": _("You are signed out. Sign in again and reload this page.")}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return JsonResponse({"message": _("This task is not here any more. Reload the page.")}, status=404)
        except errors.EvidenceError as error:
            return JsonResponse(_refusal(error), status=_STATUS.get(type(error), 422))

    return checked


def upload_texts(rules: EvidenceRules) -> SafeString:
    """Return what the script of uploads says and must know, as attributes of its element, in the reader's language.

    A page has them at each place where files can be put, so they are kept.
    """
    return _upload_texts(rules, get_language(), settings.CSRF_COOKIE_NAME)


@lru_cache(maxsize=1000)
def _upload_texts(rules: EvidenceRules, _language: str | None, csrf_cookie: str) -> SafeString:
    return render_to_string("iciinsmes/evidence/upload_texts.html", {"rules": rules, "csrf_cookie": csrf_cookie})


def progress_of(upload: UploadData) -> dict[str, object]:
    """Return how far an upload has come."""
    return {"id": str(upload.id), "name": upload.name, "size": upload.size, "received": upload.received}


def number_of_bytes(text: str | None) -> int:
    """Read a number of bytes; nonsense counts as 0 and is refused as such."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0


def _refusal(error: errors.EvidenceError) -> dict[str, object]:
    answer: dict[str, object] = {"message": error.message}
    if isinstance(error, errors.OffsetMismatch):
        answer["received"] = error.received
    if isinstance(error, errors.ItemRefused):
        answer["problems"] = error.problems
    if isinstance(error, errors.StaleItem):
        answer["revision"] = error.current.revision
        answer["html"] = render_to_string("iciinsmes/rounds/item.html", {"item": error.current})
    return answer
