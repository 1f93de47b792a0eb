"""A page as PDF, where the extra ``pdf`` is installed; browsers print the same page without it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from django.contrib.staticfiles import finders


def can_make_pdf() -> bool:
    """Tell whether this site can make one: WeasyPrint and the programs that it needs are there."""
    return _weasyprint() is not None


def pdf_of(html: str, style_sheets: tuple[str, ...]) -> bytes:
    """Return a page as PDF; it loads nothing but these style sheets.

    Args:
        html: the whole page.
        style_sheets: names of static files.

    Raises:
        LookupError: this site cannot make one.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise LookupError
    sheets = [weasyprint.CSS(filename=path) for name in style_sheets if (path := finders.find(name))]
    # It loads nothing: what learners write never makes the server open an address.
    page = weasyprint.HTML(string=html, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=()))
    return bytes(page.write_pdf(stylesheets=sheets))


@cache
def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):  # it is not installed, or the libraries that draw letters are not
        return None
