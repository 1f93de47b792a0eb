"""Addresses that blocks in the browser talk to: handlers, files, and the note that a unit was seen."""

from __future__ import annotations

import hmac
import logging
import mimetypes
import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.exceptions import JsonHandlerError, NoSuchHandlerError, NotFoundError, ProcessingError

from iciinsmes.lib.locks import in_transaction
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.rules import counts

from .errors import CoursewareError, Refused
from .kinds import load_kind
from .languages import as_read
from .library import library
from .olx import LoadedCourse
from .permissions import can_author, can_open, is_member
from .problem import WRONG_DATA, wrong_data
from .resources import find_resource
from .runtime import CampusRuntime, third_party_signature
from .saving import save_edits
from .webob import to_django, to_webob

log = logging.getLogger(__name__)

# Documents that could carry a script; a page may show them as images, opened alone they can do nothing.
_ACTIVE = frozenset({"application/xhtml+xml", "application/xml", "image/svg+xml", "text/html", "text/xml"})
# Capa draws a problem's numbers when somebody first sees it; a look that keeps nothing draws them again.
_LOOK = ("xmodule_handler", "problem_get")
_SHOWN = frozenset({"application/pdf", "text/csv", "text/plain", "text/vtt"})
_FOR_PAGES = re.compile(r"script|css|wasm|json|manifest", re.IGNORECASE)
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


class _OnlyByPost(Exception):
    """A block wanted to change something during a GET."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
def handler(request: HttpRequest, usage_key: UsageKey, kind: str, name: str, suffix: str = "") -> HttpResponseBase:
    """Call a block's handler.

    ``learn`` is for members of the course run (and checks CSRF), ``edit`` for its authors. Anything else must be the
    signature of an address that the block itself gave to a third party: no session counts there, so there is nothing
    that a forged request could misuse.
    """
    if kind not in ("learn", "edit"):
        if not hmac.compare_digest(kind, third_party_signature(usage_key, name)):
            raise Http404(kind)
        return _call(request, _loaded(usage_key), usage_key, name, suffix, authoring=False, user=None)
    return _call_for_member(request, usage_key, kind, name, suffix)


@csrf_protect
def _call_for_member(request: HttpRequest, usage_key: UsageKey, kind: str, name: str, suffix: str) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return _refusal(401, _("You are signed out. Sign in again, then repeat the step."))
    loaded = _loaded(usage_key)
    authoring = kind == "edit"
    way = loaded.way_to(usage_key)
    allowed = can_author(request.user.pk, usage_key.course_key) if authoring else can_open(request.user.pk, way)
    if not allowed:
        return _refusal(403, _("You have no access to this part of the course."))
    return _call(request, loaded, usage_key, name, suffix, authoring=authoring, user=request.user)


def _call(
    request: HttpRequest,
    loaded: LoadedCourse,
    usage_key: UsageKey,
    name: str,
    suffix: str,
    *,
    authoring: bool,
    user: Any,
) -> HttpResponseBase:
    node = loaded.nodes[usage_key]
    if node.error:
        raise Http404(f"{usage_key} cannot be shown.")
    # Another site can make somebody's browser send a GET, so it changes nothing.
    reading = request.method == "GET"
    if reading and name == _LOOK[0] and suffix != _LOOK[1]:
        return HttpResponseNotAllowed(["POST"])

    def handle() -> Any:
        # Editors show and keep what the author wrote, whatever language the page is in.
        shown = loaded if authoring else as_read(loaded)
        runtime = CampusRuntime(shown, user, source=loaded, writing=not reading, authoring=authoring, reading=reading)
        runtime.prefetch([node])
        block = runtime.get_block(usage_key)
        try:
            answer = runtime.handle(block, name, to_webob(request), suffix)
        finally:
            if reading:
                transaction.set_rollback(True)
                wanted = runtime.was_silenced or runtime.fields.edited or runtime.state.was_held_back
                if wanted and (name, suffix) != _LOOK:
                    raise _OnlyByPost
        for edited_key, fields in runtime.fields.edited.items():
            save_edits(edited_key, fields, author_id=user.pk)
        return answer

    try:
        return to_django(in_transaction(handle))
    except _OnlyByPost:
        return HttpResponseNotAllowed(["POST"])
    except NoSuchHandlerError as error:
        raise Http404(f"{usage_key} has no handler {name!r}.") from error
    except JsonHandlerError as error:
        return to_django(error.get_response())
    except (MultiPartParserError, RecursionError, SuspiciousOperation):
        # Parts without a boundary, lists in lists without end, too many fields: nothing was done.
        return _refusal(400, _("This could not be read. Reload the page and try again."))
    except (Http404, PermissionDenied):
        raise
    except Refused as error:
        log.info("Block %s refused %s: %s", usage_key, name, error)
        return _refusal(error.status, str(error))
    except (NotFoundError, ProcessingError) as error:
        log.info("Block %s refused %s", usage_key, name, exc_info=True)
        return _refusal(409, str(error) or _("This is not possible here now."))
    except Exception as error:  # a block may fail in any way; its script needs an answer that it can read
        if isinstance(error, WRONG_DATA) and _comes_from_the_platform(usage_key):
            log.warning("Block %s could not use what its handler %s got", usage_key, name, exc_info=True)
            return _refusal(400, wrong_data())
        log.exception("Block %s failed in its handler %s", usage_key, name)
        return _refusal(500, _("The step did not work because of an error on the server. It was logged."))


def _comes_from_the_platform(usage_key: UsageKey) -> bool:
    """Tell whether the block relies on its own script for what it gets; the add-on's blocks look at it themselves."""
    return str(load_kind(usage_key.block_type).__module__).startswith("xblocks_contrib.")


def _refusal(status: int, message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _loaded(usage_key: UsageKey) -> LoadedCourse:
    try:
        return library().of(usage_key)
    except CoursewareError as error:
        raise Http404(str(error)) from error


@require_GET
def resource(request: HttpRequest, block_type: str, uri: str) -> HttpResponse:
    """Serve a public file of a block's package; the address changes with the content."""
    try:
        content, content_type = find_resource(block_type, uri)
    except FileNotFoundError as error:
        raise Http404(uri) from error
    response = HttpResponse(content, content_type=content_type)
    age = 365 * 24 * 3600 if request.GET.get("v") else 3600
    patch_cache_control(response, public=True, max_age=age, immutable=bool(request.GET.get("v")))
    return response


@require_GET
@login_required
def static(request: HttpRequest, course_key: CourseKey, path: str) -> HttpResponseBase:
    """Serve a file of a course to its members, as it is in their language."""
    try:
        loaded = as_read(library().course(course_key))
    except CoursewareError as error:
        raise Http404(str(error)) from error
    file = loaded.files.path(path, below="static")
    # A stranger learns nothing about which files there are.
    if file is None or not is_member(request.user.pk, course_key):
        raise Http404(path)
    content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    # Under any other type no browser takes a file for a script or a style sheet of a page.
    content_type = "application/octet-stream" if _FOR_PAGES.search(content_type) else content_type
    is_active = content_type in _ACTIVE
    is_shown = is_active or content_type in _SHOWN or content_type.startswith(("audio/", "image/", "video/"))
    response = FileResponse(file.open("rb"), content_type=content_type, as_attachment=not is_shown)
    response["X-Content-Type-Options"] = "nosniff"
    if is_active:
        response["Content-Security-Policy"] = _SANDBOX
    patch_cache_control(response, private=True, max_age=3600)
    # The language is in a cookie, or else what the browser asks for.
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_POST
@login_required
def seen(request: HttpRequest, course_key: CourseKey, usage_key: UsageKey) -> HttpResponse:
    """Complete the blocks of a unit for which being seen is enough."""
    loaded = _loaded(usage_key)
    unit = loaded.nodes[usage_key]
    user_id = request.user.pk
    if user_id is None or usage_key.course_key != course_key or not can_open(user_id, loaded.way_to(usage_key)):
        raise Http404(str(usage_key))
    keys = [node.usage_key for node in unit.leaves() if node.seen_completes and counts(node)]
    learning.complete_many(user_id=user_id, usage_keys=keys)
    return HttpResponse(status=204)
