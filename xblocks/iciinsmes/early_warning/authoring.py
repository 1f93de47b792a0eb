"""What makes a good choice for a block of early warning, and its form as OLX.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.authoring.olx_values import choice, inner_html, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems, write_settings

from .data import WarningBlockSettings, WarningDoneWhen
from .indicators import INDICATORS


def settings_problems(settings: WarningBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


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


def _problems(settings: WarningBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    unknown = [key for key in settings.indicators if key not in INDICATORS]
    if unknown:
        yield Problem("indicators", _("There is no indicator “%(key)s”.") % {"key": unknown[0]})
    if len(set(settings.indicators)) < len(settings.indicators):
        yield Problem("indicators", _("An indicator is named twice."))
    yield from weight_problems(settings)
