"""What makes a good choice for a block of a self-check, and what a change of it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import CheckModel, CheckSettings
from .errors import WrongModel
from .model_file import model_of

#: Assignments are named as their presets are; a course may have one, or not.
ASSIGNMENT = re.compile(r"W\d\d")


def model_of_settings(settings: CheckSettings) -> CheckModel:
    """Return the model of a block.

    Raises:
        WrongModel: the settings hold one that is none.
    """
    return model_of(settings.model, is_known=_is_known)


def settings_problems(settings: CheckSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def saved_sentence(sent_count: int) -> str:
    """Say after a change how many answers keep the older statements; empty where there are none."""
    if not sent_count:
        return ""
    return ngettext(
        "Saved. %(count)d self-check was sent already and keeps the statements that it answered.",
        "Saved. %(count)d self-checks were sent already and keep the statements that they answered.",
        sent_count,
    ) % {"count": sent_count}


def _problems(settings: CheckSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    try:
        model_of_settings(settings)
    except WrongModel as error:
        for problem in error.problems:
            yield Problem("model", problem)
    yield from weight_problems(settings)


def _is_known(code: str) -> bool:
    if ASSIGNMENT.fullmatch(code):
        return True
    try:
        toolbox.find_instrument(name=code)
    except UnknownInstrument:
        return False
    return True
