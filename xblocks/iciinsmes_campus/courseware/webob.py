"""Requests and answers between Django and blocks, which speak WebOb.

The XBlock package brings the same, but only together with a package for files on S3.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from webob import Request
from webob.multidict import MultiDict, NestedMultiDict, NoVars


class _Upload:
    """An uploaded file as blocks know it (a `cgi.FieldStorage`)."""

    def __init__(self, name: str, uploaded: UploadedFile[bytes]) -> None:
        self.name = name
        self.file = uploaded
        self.filename = uploaded.name
        self.type = uploaded.content_type


class BlockRequest(Request):
    """A Django request as a block sees it: what Django has parsed already is not parsed again."""

    @property
    def GET(self) -> MultiDict:  # noqa: N802 - WebOb's name
        """Return the query."""
        return _multi(self.environ["campus.request"].GET)

    @property
    def POST(self) -> Any:  # noqa: N802 - WebOb's name
        """Return the form's fields and files."""
        request = self.environ["campus.request"]
        if self.method not in ("POST", "PUT", "PATCH"):
            return NoVars("Not a form request")
        files = MultiDict(
            (name, _Upload(name, uploaded)) for name, uploads in request.FILES.lists() for uploaded in uploads
        )
        return NestedMultiDict(_multi(request.POST), files)

    @property
    def body(self) -> bytes:
        """Return the content of a request that is no form."""
        return bytes(self.environ["campus.request"].body)

    @property
    def body_file(self) -> Any:
        """Return the content as a file."""
        return self.environ["campus.request"]


def to_webob(request: HttpRequest) -> BlockRequest:
    """Return the request for a block's handler."""
    return BlockRequest({**request.META, "PATH_INFO": request.path_info, "campus.request": request})


def to_django(answer: Any) -> HttpResponse:
    """Return a block's WebOb response as Django's."""
    response = HttpResponse(answer.body, status=answer.status_code, content_type=answer.content_type)
    for name, value in answer.headerlist:
        response[name] = value
    return response


def _multi(query: Any) -> MultiDict:
    return MultiDict((name, value) for name, values in query.lists() for value in values)
