"""Three pieces of advice: a statement with a low score leads to an instrument, an assignment or a kind of support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.exercises import api as exercises
from iciinsmes.platform import host
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import show as show_text
from iciinsmes.toolbox.errors import UnknownInstrument

from . import places
from .authoring import ASSIGNMENT
from .data import AdviceText, CheckData, Item, Outcome
from .labels import show


@dataclass(frozen=True)
class AdviceLink:
    """A link; ``is_new`` opens another window, because it leaves the course."""

    words: str
    address: str
    is_new: bool = False


@dataclass(frozen=True)
class Advice:
    """A statement, what helps, and where that is."""

    statement: str
    dimension: str
    title: str
    text: str
    ways: tuple[AdviceLink, ...]


def advice_of(check: CheckData, found: Outcome) -> tuple[Advice, ...]:
    """Return what to do about the statements with the lowest scores, for the owner of the check."""
    items = {item.code: item for item in check.model.items}
    dimensions = {each.code: show(each.title) for each in check.model.dimensions}
    own = {each.code: each for each in check.model.advice}
    return tuple(_advice(items[code], check, own.get(items[code].advice), dimensions) for code in found.weakest)


def _advice(item: Item, check: CheckData, own: AdviceText | None, dimensions: dict[str, str]) -> Advice:
    title, text, ways = item.advice, "", list[AdviceLink]()
    try:
        instrument = toolbox.find_instrument(name=item.advice)
        language = reader_language()
        title, text = show_text(instrument.title, language), show_text(instrument.purpose, language)
        ways += _exercise(instrument.key, check)
        ways.append(
            AdviceLink(
                _("The tool, with an example"), reverse("iciinsmes:toolbox-instrument", args=[instrument.key]), True
            )
        )
    except UnknownInstrument:
        if ASSIGNMENT.fullmatch(item.advice):
            ways += _assignment(item.advice, check)
    if own is not None:
        # A college's own words go first.
        title, text = show(own.title), show(own.text) if own.text else text
        ways += [AdviceLink(_("Read more"), own.link, True)] if own.link else []
    place = places.address_of(code=item.advice, user_id=check.owner_id, course_key=check.course_key)
    if place:
        ways.append(AdviceLink(_("Go there"), place))
    return Advice(show(item.text), dimensions[item.dimension], title, text, tuple(ways))


def _exercise(instrument: str, check: CheckData) -> Iterator[AdviceLink]:
    usage_key = exercises.exercise_with(course_key=check.course_key, instrument=instrument)
    if usage_key is not None and host().may_open(check.owner_id, usage_key):
        yield AdviceLink(_("The exercise in this course"), host().block_url(usage_key))


def _assignment(code: str, check: CheckData) -> Iterator[AdviceLink]:
    usage_key = _named(check.course_key, code)
    if usage_key is not None and host().may_open(check.owner_id, usage_key):
        yield AdviceLink(_("The task in this course"), host().block_url(usage_key))


def _named(course_key: CourseKey, code: str) -> UsageKey | None:
    """Return the assignment whose name in the course begins with the code, as courses name those made from presets."""
    found = [key for key, _title in assignments.assignments_of(course_key=course_key)]
    return next((key for key in found if key.block_id.lower().startswith(code.lower())), None)
