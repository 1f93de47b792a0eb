"""In which of its languages a course is read."""

from __future__ import annotations

from django.utils.translation import get_language, get_language_info

from iciinsmes.lib.other_languages import best_of

from .olx import LoadedCourse


def as_read(loaded: LoadedCourse) -> LoadedCourse:
    """Return a course in the active language; as its author wrote it where it has none of that."""
    language = best_of(loaded.others) if loaded.others else None
    return loaded if language is None else loaded.others[language]


def is_page_language(code: str) -> bool:
    """Tell whether texts in a language are in that of the page, of whatever country."""
    return code.lower().partition("-")[0] == (get_language() or "").lower().partition("-")[0]


def language_name(code: str) -> str:
    """Return what a language is called in the active one; the code itself for one that nobody knows."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
