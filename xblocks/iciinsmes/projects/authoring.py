"""What an author sees and may choose for a block of a project, and its form as OLX.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.authoring.olx_values import choice, count, inner_html, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems, write_settings

from .data import Gate, ProjectBlockSettings, ProjectDoneWhen, ProjectPart


def settings_problems(settings: ProjectBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


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


def _problems(settings: ProjectBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    if settings.gate not in list(Gate):
        yield Problem("gate", _("A gate is a number from 0 to 8."))
    yield from weight_problems(settings)
