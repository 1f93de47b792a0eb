"""The languages of this add-on that the site offers too.

Sites name languages in their own way: German is ``de-de`` on Open edX and ``de`` on the campus. As in Django, a
catalogue serves every variant of its language that has none of its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language_info, to_language

_CATALOGUES = Path(__file__).parent.parent / "locale"


def offered() -> tuple[tuple[str, str], ...]:
    """Return the site's code and the own name of each language, in the order of the site's list, each once."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        catalogue = _catalogue(code)
        # Of several variants that read the same, the one that is named like the catalogue, or else the first.
        if catalogue and (catalogue not in found or code == catalogue):
            found[catalogue] = code
    return tuple((code, get_language_info(code)["name_local"]) for code in found.values())


def chosen(*wanted: str) -> str:
    """Return the site's code for the first of the wanted languages that is offered, else the site's language."""
    codes = {_catalogue(code): code for code, _name in offered()}
    return next(
        (codes[catalogue] for catalogue in map(_catalogue, wanted) if catalogue in codes), settings.LANGUAGE_CODE
    )


def _catalogue(code: str) -> str | None:
    """Return the catalogue that serves a language, as Django falls back: ``de-de`` to ``de``; None without one."""
    return next((name for name in (code.lower(), code.lower().partition("-")[0]) if name in _own()), None)


@cache
def _own() -> frozenset[str]:
    return frozenset({"en", *(to_language(folder.name) for folder in _CATALOGUES.iterdir() if folder.is_dir())})
