"""The languages of this add-on that the site offers too."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language_info

_CATALOGUES = Path(__file__).parent / "locale"


def offered() -> tuple[tuple[str, str], ...]:
    """Return code and own name of each language, in the order of the site's list."""
    codes = _own()
    return tuple((code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES if code in codes)


def chosen(*wanted: str) -> str:
    """Return the first of the codes that is offered, else the site's language."""
    codes = {code for code, _name in offered()}
    return next((code for code in wanted if code in codes), settings.LANGUAGE_CODE)


@cache
def _own() -> frozenset[str]:
    return frozenset({"en", *(folder.name for folder in _CATALOGUES.iterdir() if folder.is_dir())})
