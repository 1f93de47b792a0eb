"""The languages of the package without a web: its own catalogues, read with the standard library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from gettext import translation
from pathlib import Path

from ..instruments.framework import ENGLISH, Language

_CATALOGUES = Path(__file__).parents[2] / "locale"

#: All languages of the catalogues write decimals with a comma; only English has a point.
_POINT = ","


@cache
def packaged_languages() -> dict[str, Language]:
    """Return every language of the package by its code, English first."""
    codes = sorted(folder.name for folder in _CATALOGUES.iterdir() if folder.is_dir())
    return {"en": ENGLISH, **{code: Language(_translate(code), _POINT) for code in codes}}


def title_languages(languages: Sequence[Language] | None) -> Sequence[Language]:
    """Return the languages in which titles are known: those given, or all of the package if none are."""
    return tuple(packaged_languages().values()) if languages is None else languages


def _translate(code: str) -> Callable[[str], str]:
    return translation("django", _CATALOGUES, [code]).gettext
