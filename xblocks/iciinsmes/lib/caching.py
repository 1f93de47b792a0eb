"""Keeping pages about people out of every cache: of browsers, of proxies, of what Back shows after signing out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PRIVATE = "private, no-store"


class PrivateAnswers:
    """Middleware: says of every answer of the add-on that nobody may keep it, unless its view has said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the header."""
        response = self._get_response(request)
        if self.is_ours(request):
            keep_private(request, response)
        return response

    def is_ours(self, request: HttpRequest) -> bool:
        """Tell whether the answer came from a page or part of the add-on."""
        match = request.resolver_match
        return match is not None and match.namespaces[:1] == ["iciinsmes"]


def keep_private(request: HttpRequest, response: HttpResponseBase) -> None:
    """Forbid keeping the answer.

    What says how long it may be kept is for everybody, as a template of the toolbox is. What says only how, as a page
    of the toolbox does, is for visitors: around it stands the name of who is signed in.
    """
    said = response.get("Cache-Control", "")
    if "no-store" in said or "public" in said or "max-age" in said:
        return
    if not said or request.user.is_authenticated:
        response["Cache-Control"] = PRIVATE
