"""What makes a good choice for a block `reaction`, and its form as OLX.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.authoring.olx_values import inner_html, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems, write_settings

from .data import ReactionSettings


def settings_problems(settings: ReactionSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return [*title_problems(settings, no_title=_("The block needs a title.")), *weight_problems(settings)]


def settings_from_xml(node: etree._Element) -> ReactionSettings:
    """Read a ``<reaction>`` element.

    Raises:
        OlxError: something is out of range.
    """
    settings = ReactionSettings(
        title=node.get("display_name") or "How was it?",
        instructions=inner_html(node),
        weight=number(node, "weight", ReactionSettings.weight),
    )
    return checked(settings, settings_problems(settings), node)


def settings_to_xml(settings: ReactionSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    write_settings(node, settings)
