"""The queue with what surrounds it: counts, what it is narrowed to and could be, and the filters that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.projects import api as projects
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueCounts, QueuePage

from .find_panel import choices_of, find_panel, narrowed_to
from .people import People, people, people_anywhere
from .queue_column import QueuePlace, Reach, people_on, queue_column, queue_page, reach_of
from .queue_filter import QueueFilter
from .saved_filters import save_url, saved_filters


def rows_context(place: QueuePlace, *, user_id: int) -> dict[str, Any]:
    """Return what one more page of the queue needs."""
    reach = reach_of(place, user_id)
    page = queue_page(place, reach)
    named = people_of_queue(place, page)
    column = queue_column(page, place=place, reach=reach, people=named, current=None, user_id=user_id)
    return {"queue": column, "chosen": place.chosen}


def everywhere_context(place: QueuePlace, *, user_id: int, with_panel: bool) -> dict[str, Any]:
    """Return what the queue of all course runs of a grader needs, without a work beside it."""
    reach = reach_of(place, user_id)
    page = queue_page(place, reach)
    named = people_of_queue(place, page)
    return {
        **around_queue(place, reach, page, named, current=None, user_id=user_id, with_panel=with_panel),
        "course": None,
        "work": None,
    }


def around_queue(
    place: QueuePlace,
    reach: Reach,
    page: QueuePage,
    people: People,
    *,
    current: UUID | None,
    user_id: int,
    with_panel: bool,
) -> dict[str, Any]:
    """Return the queue and what surrounds it.

    Args:
        place: where in the queue the grader is.
        reach: whose queue it is.
        page: what is listed.
        people: with the names of who is on the page, and of the coach who is chosen.
        current: the id of the round that is open.
        user_id: the grader.
        with_panel: whether everything is asked for that the queue can be narrowed to.
    """
    counts = waiting.queue_counts_of(overdue_before=reach.overdue_before, limits=reach.limits)
    return {
        "queue": queue_column(page, place=place, reach=reach, people=people, current=current, user_id=user_id),
        "counts": QueueCounts(
            waiting=sum(each.waiting for each in counts.values()),
            overdue=sum(each.overdue for each in counts.values()),
            with_mentor=sum(each.with_mentor for each in counts.values()),
        ),
        "staff_light": "" if place.everywhere else _staff_light(counts, reach),
        "overdue_url": place.with_filter(QueueFilter(overdue="1")).queue_url(),
        "queue_url": place.queue_url(place.after),
        "first_url": place.queue_url(),
        "chosen": place.chosen,
        "narrowed": narrowed_to(place, page, people),
        "find_url": place.find_url(),
        "plain_url": place.with_filter(QueueFilter()).queue_url(),
        "all_url": place.with_filter(QueueFilter(turn=place.chosen.turn)).queue_url(),
        "saved": saved_filters(place, user_id),
        "save_url": save_url(place),
        "panel": find_panel(place, reach, choices_of(place), user_id) if with_panel else None,
    }


def people_of_queue(place: QueuePlace, page: QueuePage) -> People:
    """Return the names of who is on a page."""
    user_ids = people_on(place, page)
    if place.everywhere or place.course_key is None:
        return people_anywhere(user_ids=user_ids)
    return people(user_ids=user_ids, course_key=place.course_key)


def _staff_light(counts: Mapping[CourseKey, QueueCounts], reach: Reach) -> str:
    """Say what has waited for the staff for more working days than it may; empty where nothing has."""
    ((key, found),) = counts.items()
    return projects.staff_light_words(projects.light_of_counts(counts=found, time=reach.times[key]))
