"""A block as OLX: read from a course's XML and written back without loss.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from iciinsmes.authoring.olx_values import count, inner_html, number
from iciinsmes.authoring.settings import checked, write_settings

from .authoring import settings_problems
from .data import CasesBlockSettings

#: What only a site knows: a course must be readable where a firm's case is not, or was taken back.
_OF_THE_SITE = frozenset({"cases"})
_FILTERS = ("country", "trade", "phase", "trigger", "instrument")


def settings_from_xml(node: etree._Element) -> CasesBlockSettings:
    """Read a ``<best_practice_cases>`` element.

    Raises:
        OlxError: something is out of range or unknown here.
    """
    settings = CasesBlockSettings(
        title=node.get("display_name") or "Best practices",
        instructions=inner_html(node),
        cases=tuple((node.get("cases") or "").replace(",", " ").lower().split()),
        count=count(node, "count", CasesBlockSettings.count),
        weight=number(node, "weight", Decimal(0)),
        **{name: (node.get(name) or "").strip() for name in _FILTERS},
    )
    return checked(settings, [each for each in settings_problems(settings) if each.place not in _OF_THE_SITE], node)


def settings_to_xml(settings: CasesBlockSettings, node: etree._Element) -> None:
    """Write ``settings`` into ``node`` so that `settings_from_xml` reads equal ones."""
    narrowed = {name: getattr(settings, name) for name in _FILTERS}
    write_settings(node, settings, cases=" ".join(settings.cases), **narrowed, count=str(settings.count))
