"""What makes a good choice for a block of the directory."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems

from .data import STAGES, Need, SupportBlockSettings


def settings_problems(settings: SupportBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def _problems(settings: SupportBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    if settings.need and settings.need not in {need.value for need in Need}:
        yield Problem("need", _("There is no need “%(key)s”.") % {"key": settings.need})
    if settings.stage and settings.stage not in STAGES:
        yield Problem("stage", _("There is no stage “%(key)s”: they are G0 to G8.") % {"key": settings.stage})
    yield from weight_problems(settings)
