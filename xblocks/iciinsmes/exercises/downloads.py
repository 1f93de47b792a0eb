"""Files that pages of this room send."""

from __future__ import annotations

from django.http import HttpResponse

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}


def attachment(content: bytes, name: str) -> HttpResponse:
    """Return a file that a browser saves and never shows in place.

    Args:
        content: of the file.
        name: ASCII, with an extension that `_TYPES` knows.
    """
    response = HttpResponse(content, content_type=_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
