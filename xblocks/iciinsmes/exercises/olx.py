"""An exercise as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from lxml import etree

from iciinsmes.authoring.olx_values import OlxError, cdata, count, flag, flag_text, inner_html, needed, number
from iciinsmes.authoring.settings import checked
from iciinsmes.lib.decimals import plain

from .authoring import settings_problems
from .data import ExerciseSettings, Layer


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


def _checks(node: etree._Element) -> tuple[Layer, ...]:
    words = node.get("checks")
    if words is None:
        return tuple(Layer)
    known = [layer.value for layer in Layer]
    unknown = [word for word in words.split() if word not in known]
    if unknown:
        raise OlxError(f'<{node.tag}>: checks="{words}" may name {", ".join(known)}; unknown is {", ".join(unknown)}')
    return tuple(layer for layer in Layer if layer.value in words.split())
