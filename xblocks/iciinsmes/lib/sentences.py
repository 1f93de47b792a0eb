"""Names inside a sentence, with the quotes and the words between them of the active language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _


def listed(names: Iterable[str]) -> str:
    """Return the names as a sentence lists them, empty for none."""
    return get_text_list(list(names), _("and"))


def either(names: Iterable[str]) -> str:
    """Return the names in quotes, as things of which one is meant."""
    return get_text_list([_("“%(name)s”") % {"name": name} for name in names])
