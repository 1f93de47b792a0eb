"""What makes a good choice for an exercise."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import ExerciseSettings

#: More attempts than anybody makes.
_MOST_ATTEMPTS = 50


def settings_problems(settings: ExerciseSettings) -> list[Problem]:
    """Return what an author must mend before learners see the exercise, in the active language; empty if all is well.

    Places are keys in the JSON of the settings.
    """
    return list(_problems(settings))


def _problems(settings: ExerciseSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The exercise needs a title."))
    if not settings.instrument:
        yield Problem("instrument", _("Choose an instrument."))
    elif not is_known(settings.instrument):
        message = _('There is no instrument "%(name)s" here. Choose another one, or update the add-on.')
        yield Problem("instrument", message % {"name": settings.instrument})
    if not 0 <= settings.attempts <= _MOST_ATTEMPTS:
        yield Problem("attempts", _("The number of attempts must lie between 0 (any number) and 50."))
    yield from weight_problems(settings)


def is_known(instrument: str) -> bool:
    """Tell whether the toolbox has the instrument."""
    try:
        toolbox.find_instrument(name=instrument)
    except UnknownInstrument:
        return False
    return True
