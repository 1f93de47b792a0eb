"""What the queue can be narrowed to, with how much each choice leaves, and what it is narrowed to now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host, labels
from iciinsmes.platform.languages import offered
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import CHOICES_COUNTED_TO, MentorWord, Progress, QueuePage, WaitingFor, capped

from .people import People
from .queue_column import QueuePlace, Reach
from .queue_filter import ME, NOBODY, QueueFilter, narrowing

_TURNS: Mapping[str, str | Promise] = {
    "": gettext_lazy("Staff"),
    WaitingFor.MENTOR.value: gettext_lazy("Mentor"),
    WaitingFor.COACH.value: gettext_lazy("Coach"),
}
_STATES: Mapping[str, str | Promise] = {
    Progress.NEW.value: gettext_lazy("Not opened yet"),
    Progress.OPENED.value: pgettext_lazy("work", "Opened"),
    Progress.BEGUN.value: gettext_lazy("Assessment begun"),
    Progress.READY.value: gettext_lazy("Ready for release"),
}
_WORDS: Mapping[str, str | Promise] = {
    MentorWord.CONFIRMED.value: gettext_lazy("Confirmed by the mentor"),
    MentorWord.OPEN.value: gettext_lazy("No word of the mentor yet"),
}


@dataclass(frozen=True)
class PanelChoice:
    """One choice of a condition; ``count`` is what it leaves, as people read it, empty where it is not counted."""

    value: str
    label: str
    is_chosen: bool
    count: str = ""


@dataclass(frozen=True)
class Select:
    """A condition with its choices in groups; a group without a name stands alone."""

    name: str
    label: str
    groups: tuple[tuple[str, tuple[PanelChoice, ...]], ...]


@dataclass(frozen=True)
class FilterInUse:
    """A condition that counts now, in words, and the address of the queue without it."""

    words: str
    url: str


@dataclass(frozen=True)
class Choices:
    """What only this course run has: its places by kind, each with its title, and names of coaches and staff by id."""

    places: Mapping[str, Sequence[tuple[str, str]]]
    coaches: Mapping[int, str]
    staff: Mapping[int, str]


def choices_of(place: QueuePlace) -> Choices:
    """Return the choices of the course run; a query for its places, one for its staff, two for coaches and names."""
    if place.everywhere or place.course_key is None:
        return Choices(places=waiting.places_of(course_key=None), coaches={}, staff={})
    coach_ids = companies.run_coach_ids(course_key=place.course_key)
    staff_ids = host().staff_ids(place.course_key)
    named = labels({*coach_ids, *staff_ids}, place.course_key)
    return Choices(
        places=waiting.places_of(course_key=place.course_key),
        coaches={user_id: named[user_id] for user_id in coach_ids if user_id in named},
        staff={user_id: named[user_id] for user_id in staff_ids if user_id in named},
    )


def narrowed_to(place: QueuePlace, page: QueuePage, people: People) -> tuple[FilterInUse, ...]:
    """Return what the queue is narrowed to, in words; a query where nothing waits at an assignment among it.

    Args:
        place: with the filter.
        page: what is found by it.
        people: with the name of the coach.
    """
    chosen = place.chosen
    said = {
        "q": _("Name: %(text)s") % {"text": chosen.q},
        "firm": _("Firm: %(text)s") % {"text": chosen.firm},
        "kind": waiting.kinds().get(chosen.kind, ""),
        "state": str(_STATES.get(chosen.state, "")),
        "word": str(_WORDS.get(chosen.word, "")),
        "language": dict(offered()).get(chosen.language, chosen.language),
        "late": _("Handed in late"),
        "overdue": _("Answer overdue"),
    }
    if chosen.assignment:
        said["assignment"] = _title_of(place, page)
    if chosen.coach:
        said["coach"] = _("Coach: %(name)s") % {"name": people.name(int(chosen.coach))}
    if chosen.allocated:
        said["allocated"] = {
            ME: _("Allocated to you"),
            NOBODY: _("Allocated to nobody"),
        }.get(chosen.allocated) or _("Allocated to %(name)s") % {"name": people.name(whole_number(chosen.allocated))}
    return tuple(
        FilterInUse(words=said[name], url=place.with_filter(chosen.without(name)).queue_url())
        for name in chosen.values
        if name in said
    )


def find_panel(place: QueuePlace, reach: Reach, choices: Choices, user_id: int) -> Mapping[str, Any]:
    """Return the form with everything that the queue can be narrowed to.

    In the queue of one course run each choice says how much it leaves by itself: one query for all, whatever waits.
    """
    course_key = None if place.everywhere else place.course_key
    selects = _selects(place, choices, user_id)
    counts = _counts(place, reach, course_key, selects, user_id)
    chosen = place.chosen
    return {
        "selects": [_counted(select, counts) for select in selects],
        "checks": [
            PanelChoice("late", _("Handed in late"), bool(chosen.late), counts.get(("late", "1"), "")),
            PanelChoice("overdue", _("Answer overdue"), bool(chosen.overdue), counts.get(("overdue", "1"), "")),
        ],
        "firm": chosen.firm,
        "q": chosen.q,
        "limit": CHOICES_COUNTED_TO,
        "is_counted": bool(counts),
    }


def _selects(place: QueuePlace, choices: Choices, user_id: int) -> list[Select]:
    chosen, kinds = place.chosen, waiting.kinds()
    selects = [_select("turn", _("Waits for"), _TURNS.items(), chosen.turn)]
    if len(kinds) > 1:
        selects.append(_select("kind", _("Kind"), kinds.items(), chosen.kind, with_all=True))
    groups = [
        (kinds[kind], tuple(PanelChoice(value, title, value == chosen.assignment) for value, title in found))
        for kind, found in choices.places.items()
        if found
    ]
    every = ("", (PanelChoice("", _("All"), not chosen.assignment),))
    selects.append(Select("assignment", _("Assignment or gate"), (every, *groups)))
    selects.append(_select("state", _("State"), _STATES.items(), chosen.state, with_all=True))
    selects.append(_select("word", _("Mentor's word"), _WORDS.items(), chosen.word, with_all=True))
    selects.append(_select("language", _("Language"), offered(), chosen.language, with_all=True))
    colleagues = [(str(key), name) for key, name in choices.staff.items() if key != user_id]
    whose = [(ME, _("You")), (NOBODY, _("Nobody")), *sorted(colleagues, key=lambda each: each[1].casefold())]
    selects.append(_select("allocated", _("Allocated to"), whose, chosen.allocated, with_all=True))
    if choices.coaches:
        pairs = sorted(choices.coaches.items(), key=lambda each: each[1].casefold())
        named = [(str(key), name) for key, name in pairs]
        selects.append(_select("coach", _("Coach"), named, chosen.coach, with_all=True))
    return selects


def _counts(
    place: QueuePlace, reach: Reach, course_key: CourseKey | None, selects: list[Select], user_id: int
) -> dict[tuple[str, str], str]:
    """Return by condition and value how much waits, as people read it; nothing in the queue of all course runs."""
    if course_key is None:
        return {}
    wanted = [
        (select.name, choice.value)
        for select in selects
        for _group, choices in select.groups
        for choice in choices
        # Firms of a coach are many ranges, and "all" is what the page says above.
        if select.name != "coach" and (choice.value or select.name == "turn")
    ]
    wanted += [("late", "1"), ("overdue", "1")]
    turn = QueueFilter(turn=place.chosen.turn)
    narrowed = [
        narrowing(replace(turn, **{name: value}), [course_key], reach.overdue_before, reader_id=user_id)
        for name, value in wanted
    ]
    found = waiting.choice_counts(
        course_key=course_key, choices=narrowed, limited_to=companies.limited_to(user_id=user_id, course_key=course_key)
    )
    return {each: capped(count, CHOICES_COUNTED_TO) for each, count in zip(wanted, found, strict=True)}


def _counted(select: Select, counts: Mapping[tuple[str, str], str]) -> Select:
    groups = tuple(
        (group, tuple(replace(choice, count=counts.get((select.name, choice.value), "")) for choice in choices))
        for group, choices in select.groups
    )
    return replace(select, groups=groups)


def _select(
    name: str, label: str, pairs: Iterable[tuple[str, str | Promise]], chosen: str, *, with_all: bool = False
) -> Select:
    every = (PanelChoice("", _("All"), not chosen),) if with_all else ()
    return Select(
        name, label, (("", (*every, *(PanelChoice(key, str(words), key == chosen) for key, words in pairs))),)
    )


def _title_of(place: QueuePlace, page: QueuePage) -> str:
    """Return what the chosen assignment or gate is called."""
    chosen = place.chosen
    if chosen.block is not None and page.items:
        return str(page.items[0].title)
    places = waiting.places_of(course_key=None if chosen.block is None else place.course_key)
    return {value: title for found in places.values() for value, title in found}.get(chosen.assignment, "")
