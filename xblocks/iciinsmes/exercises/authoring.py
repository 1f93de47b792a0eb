"""What makes a good choice for an exercise, and its form as OLX.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.authoring.olx_values import OlxError, cdata, count, flag, flag_text, inner_html, needed, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems
from iciinsmes.lib.decimals import plain
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import ExerciseSettings, Layer

#: More attempts than anybody makes.
_MOST_ATTEMPTS = 50


def settings_problems(settings: ExerciseSettings) -> list[Problem]:
    """Return what an author must mend before learners see the exercise, in the active language; empty if all is well.

    Places are keys in the JSON of the settings.
    """
    return list(_problems(settings))


def settings_from_xml(node: etree._Element) -> ExerciseSettings:
    """Read a ``<digital_tool>`` element.

    Raises:
        OlxError: something is missing, out of range, or unknown here.
    """
    standard = ExerciseSettings(title=node.get("display_name") or "Digital tool", instrument=needed(node, "instrument"))
    settings = ExerciseSettings(
        title=standard.title,
        instrument=standard.instrument,
        instructions=inner_html(node),
        own_data=flag(node, "own_data", standard.own_data),
        checks=_checks(node),
        attempts=count(node, "attempts", standard.attempts),
        weight=number(node, "weight", standard.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: ExerciseSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    node.set("display_name", settings.title)
    node.set("instrument", settings.instrument)
    node.set("own_data", flag_text(settings.own_data))
    node.set("checks", " ".join(settings.checks))
    node.set("attempts", str(settings.attempts))
    node.set("weight", plain(settings.weight))
    node.text = cdata(settings.instructions)


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


def _checks(node: etree._Element) -> tuple[Layer, ...]:
    words = node.get("checks")
    if words is None:
        return tuple(Layer)
    known = [layer.value for layer in Layer]
    unknown = [word for word in words.split() if word not in known]
    if unknown:
        raise OlxError(f'<{node.tag}>: checks="{words}" may name {", ".join(known)}; unknown is {", ".join(unknown)}')
    return tuple(layer for layer in Layer if layer.value in words.split())
