"""What makes a good choice for a block of the directory, and its form as OLX.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.authoring.olx_values import choice, inner_html, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems, write_settings

from .data import STAGES, DoneWhen, Need, SupportBlockSettings


def settings_problems(settings: SupportBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


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


def _problems(settings: SupportBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    if settings.need and settings.need not in {need.value for need in Need}:
        yield Problem("need", _("There is no need “%(key)s”.") % {"key": settings.need})
    if settings.stage and settings.stage not in STAGES:
        yield Problem("stage", _("There is no stage “%(key)s”: they are G0 to G8.") % {"key": settings.stage})
    yield from weight_problems(settings)
