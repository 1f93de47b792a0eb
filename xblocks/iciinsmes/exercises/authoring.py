"""What an author chose for an exercise: read from the editor, and what makes it a good choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from iciinsmes.authoring.olx_values import writable
from iciinsmes.authoring.problems import Problem
from iciinsmes.lib.json_data import from_json
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import ExerciseSettings

#: The largest weight that makes sense anywhere, and more attempts than anybody makes.
_MOST_POINTS, _MOST_ATTEMPTS = Decimal(100_000), 50


def settings_from_editor(data: Mapping[str, Any]) -> ExerciseSettings:
    """Read what the editor sends: settings as `json_data.to_json` writes them.

    Raises:
        KeyError, TypeError, ValueError: no editor sends this.
    """
    settings = from_json(ExerciseSettings, data)
    return replace(
        settings,
        title=writable(settings.title).strip(),
        instructions=writable(settings.instructions).strip(),
    )


def settings_problems(settings: ExerciseSettings) -> list[Problem]:
    """Return what an author must mend before learners see the exercise, in the active language; empty if all is well.

    Places are keys in the JSON of the settings.
    """
    return list(_problems(settings))


def _problems(settings: ExerciseSettings) -> Iterator[Problem]:
    if not settings.title:
        yield Problem("title", _("The exercise needs a title."))
    if len(settings.title) > 255:
        yield Problem("title", _("The title is longer than 255 characters."))
    if not settings.instrument:
        yield Problem("instrument", _("Choose an instrument."))
    elif not is_known(settings.instrument):
        message = _('There is no instrument "%(name)s" here. Choose another one, or update the add-on.')
        yield Problem("instrument", message % {"name": settings.instrument})
    if not 0 <= settings.attempts <= _MOST_ATTEMPTS:
        yield Problem("attempts", _("The number of attempts must lie between 0 (any number) and 50."))
    if not 0 <= settings.weight <= _MOST_POINTS:
        yield Problem("weight", _("The weight must be a number from 0 to 100000."))


def is_known(instrument: str) -> bool:
    """Tell whether the toolbox has the instrument."""
    try:
        toolbox.find_instrument(name=instrument)
    except UnknownInstrument:
        return False
    return True
