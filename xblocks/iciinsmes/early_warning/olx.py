"""A block as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from lxml import etree

from iciinsmes.authoring.olx_values import choice, inner_html, number
from iciinsmes.authoring.settings import checked, write_settings

from .authoring import settings_problems
from .data import WarningBlockSettings, WarningDoneWhen


def settings_from_xml(node: etree._Element) -> WarningBlockSettings:
    """Read an ``<early_warning>`` element.

    Raises:
        OlxError: something is out of range or unknown here.
    """
    settings = WarningBlockSettings(
        title=node.get("display_name") or "Early warning",
        instructions=inner_html(node),
        indicators=tuple((node.get("indicators") or "").replace(",", " ").upper().split()),
        done_when=choice(node, "done_when", WarningDoneWhen.MONTH),
        weight=number(node, "weight", WarningBlockSettings.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: WarningBlockSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    indicators = " ".join(settings.indicators)
    write_settings(node, settings, indicators=indicators, done_when=settings.done_when.value)
