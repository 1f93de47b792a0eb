"""What an author sees and may choose for a block of best practices."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iciinsmes.authoring.problems import Problem
from iciinsmes.authoring.settings import title_problems, weight_problems
from iciinsmes.companies.api import country_name

from . import api
from .case_file import is_instrument
from .data import CasesBlockSettings
from .labels import phase_words, trigger_words
from .page import selects_of

MOST_CASES = 12


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
