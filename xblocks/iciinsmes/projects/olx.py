"""A block as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from lxml import etree

from iciinsmes.authoring.olx_values import choice, count, inner_html, number
from iciinsmes.authoring.settings import checked, write_settings

from .authoring import settings_problems
from .data import ProjectBlockSettings, ProjectDoneWhen, ProjectPart


def settings_from_xml(node: etree._Element) -> ProjectBlockSettings:
    """Read a ``<development_project>`` element.

    Raises:
        OlxError: something is out of range or unknown here.
    """
    settings = ProjectBlockSettings(
        title=node.get("display_name") or "Development project",
        part=choice(node, "part", ProjectPart.WHOLE),
        instructions=inner_html(node),
        done_when=choice(node, "done_when", ProjectDoneWhen.FILLED),
        gate=count(node, "gate"),
        weight=number(node, "weight", ProjectBlockSettings.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: ProjectBlockSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    gate = str(settings.gate or "")
    write_settings(node, settings, part=settings.part.value, done_when=settings.done_when.value, gate=gate)
