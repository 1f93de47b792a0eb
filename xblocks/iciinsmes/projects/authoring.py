"""What an author sees and may choose for a block of a project."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems

from .data import Gate, ProjectBlockSettings


def settings_problems(settings: ProjectBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def _problems(settings: ProjectBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    if settings.gate not in list(Gate):
        yield Problem("gate", _("A gate is a number from 0 to 8."))
    yield from weight_problems(settings)
