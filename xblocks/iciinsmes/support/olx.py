"""A block as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from lxml import etree

from iciinsmes.authoring.olx_values import choice, inner_html, number
from iciinsmes.authoring.settings import checked, write_settings

from .authoring import settings_problems
from .data import DoneWhen, SupportBlockSettings


def settings_from_xml(node: etree._Element) -> SupportBlockSettings:
    """Read a ``<support_directory>`` element.

    Raises:
        OlxError: something is out of range or unknown here.
    """
    settings = SupportBlockSettings(
        title=node.get("display_name") or "Who helps",
        instructions=inner_html(node),
        need=(node.get("need") or "").strip().lower(),
        stage=(node.get("stage") or "").strip().upper(),
        done_when=choice(node, "done_when", DoneWhen.CONTACTED),
        weight=number(node, "weight", SupportBlockSettings.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: SupportBlockSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    write_settings(node, settings, need=settings.need, stage=settings.stage, done_when=settings.done_when.value)
