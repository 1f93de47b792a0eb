"""What an author sees and may choose for a block of best practices, and its form as OLX.

The form is documented in `docs/reference/olx.md`. Error messages are for course authors and name the element.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from iciinsmes.authoring.olx_values import count, inner_html, number
from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import checked, title_problems, weight_problems, write_settings
from iciinsmes.companies.api import country_name

from . import api
from .case_file import is_instrument
from .data import CasesBlockSettings
from .labels import phase_words, trigger_words
from .page import selects_of

MOST_CASES = 12

#: What only a site knows: a course must be readable where a firm's case is not, or was taken back.
_OF_THE_SITE = frozenset({"cases"})
_FILTERS = ("country", "trade", "phase", "trigger", "instrument")


def settings_problems(settings: CasesBlockSettings) -> list[Problem]:
    """Return what an author must mend before learners see the block, in the active language; empty if all is well."""
    return list(_problems(settings))


def missing_cases(settings: CasesBlockSettings) -> list[str]:
    """Return what is no fault of the author, in sentences: cases that are not there, or that nothing fits."""
    if not settings.cases:
        return [] if api.cases_for(settings=settings) else [_("No case fits what you have chosen.")]
    there = {case.key for case in api.cases_by_keys(keys=settings.cases)}
    return [_("There is no case “%(key)s” any more.") % {"key": key} for key in settings.cases if key not in there]


def editor_selects(settings: CasesBlockSettings) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return the editor's lists by which cases are narrowed: name, label, choices and what is chosen."""
    narrowed = settings.narrowed
    return [
        (each.name, each.label, _options(each.options, getattr(narrowed, each.name)), getattr(narrowed, each.name))
        for each in selects_of(narrowed, api.choices())
        if each.name != "size"
    ]


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


def _problems(settings: CasesBlockSettings) -> Iterator[Problem]:
    yield from title_problems(settings, no_title=_("The block needs a title."))
    if not 1 <= settings.count <= MOST_CASES:
        yield Problem("count", _("Choose 1 to 12 cases."))
    if len(settings.cases) > MOST_CASES:
        yield Problem("cases", _("Name at most 12 cases."))
    elif len(set(settings.cases)) < len(settings.cases):
        yield Problem("cases", _("A case is named twice."))
    else:
        there = {case.key for case in api.cases_by_keys(keys=settings.cases)}
        unknown = [key for key in settings.cases if key not in there]
        if unknown:
            yield Problem("cases", _("There is no case “%(key)s”.") % {"key": unknown[0]})
    for place, value, is_known in (
        ("country", settings.country, country_name(settings.country) != settings.country),
        ("trigger", settings.trigger, bool(trigger_words(settings.trigger))),
        ("phase", settings.phase, bool(phase_words(settings.phase))),
        ("instrument", settings.instrument, is_instrument(settings.instrument)),
    ):
        if value and not is_known:
            yield Problem(place, _("There is no “%(value)s” to choose.") % {"value": value})
    yield from weight_problems(settings)


def _options(options: tuple[tuple[str, str, bool], ...], chosen: str) -> list[tuple[str, str]]:
    """Return the choices of a list; what is chosen stays one of them when no case has it any more."""
    found = [(value, words) for value, words, _is_chosen in options]
    return found if chosen in dict(found) else [*found, (chosen, chosen)]
