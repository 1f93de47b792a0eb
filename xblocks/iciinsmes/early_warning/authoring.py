"""What makes a good choice for a block of early warning."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems

from .data import WarningBlockSettings
from .indicators import INDICATORS


def settings_problems(settings: WarningBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def _problems(settings: WarningBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    unknown = [key for key in settings.indicators if key not in INDICATORS]
    if unknown:
        yield Problem("indicators", _("There is no indicator “%(key)s”.") % {"key": unknown[0]})
    if len(set(settings.indicators)) < len(settings.indicators):
        yield Problem("indicators", _("An indicator is named twice."))
    yield from weight_problems(settings)
