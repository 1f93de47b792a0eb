"""Languages of the web as instruments, charts and intake know them: Django's texts, and the sign before decimals."""

from __future__ import annotations

from django.utils import translation
from django.utils.formats import get_format
from django.utils.translation import gettext

from iciinsmes.platform.languages import offered

from .data import ENGLISH, Language


def reader_language() -> Language:
    """Return the active language."""
    code = translation.get_language() or ENGLISH.code
    return Language(translate=gettext, point=str(get_format("DECIMAL_SEPARATOR")), code=code)


def known_languages() -> tuple[Language, ...]:
    """Return all languages of the site: a template may come back from somebody who reads another one."""
    return tuple(_language(code) for code, _name in offered())


def _language(code: str) -> Language:
    def translate(message: str) -> str:
        with translation.override(code):
            return gettext(message)

    return Language(translate=translate, point=str(get_format("DECIMAL_SEPARATOR", lang=code)), code=code)
