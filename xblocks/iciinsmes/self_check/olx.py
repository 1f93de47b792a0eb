"""A block as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from iciinsmes.authoring.olx_values import cdata, inner_html, number
from iciinsmes.authoring.settings import checked, write_settings

from .authoring import settings_problems
from .data import CheckSettings

_MODEL = "model"


def settings_from_xml(node: etree._Element) -> CheckSettings:
    """Read a ``<self_check>`` element.

    Raises:
        OlxError: something is out of range, or the model is none.
    """
    around = deepcopy(node)
    for child in around.findall(_MODEL):
        around.remove(child)
    settings = CheckSettings(
        title=node.get("display_name") or "Self-check",
        instructions=inner_html(around),
        model=(node.findtext(_MODEL) or "").strip(),
        weight=number(node, "weight", CheckSettings.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: CheckSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    write_settings(node, settings)
    if settings.model:
        etree.SubElement(node, _MODEL).text = cdata(settings.model)
