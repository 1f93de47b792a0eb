"""Filters of the queue that a grader has kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from iciinsmes.lib.locks import locked

from .models import SavedFilter
from .queue_column import QueuePlace, read_place

#: More than that nobody finds anything in.
MOST = 20
NAME_LENGTH = 60


@dataclass(frozen=True)
class SavedLine:
    """A kept filter as the queue shows it; ``remove_url`` takes a POST."""

    name: str
    url: str
    remove_url: str
    is_current: bool


class NotSaved(Exception):
    """The filter cannot be kept; the message says why, in the reader's language."""


def saved_filters(place: QueuePlace, user_id: int) -> tuple[SavedLine, ...]:
    """Return the person's filters of this queue in the order in which they were kept; one query."""
    lines = []
    for row in _rows(place, user_id).order_by("id"):
        there = read_place(None if place.everywhere else place.course_key, QueryDict(row.query))
        lines.append(
            SavedLine(
                name=row.name,
                url=place.with_filter(there.chosen).queue_url(),
                remove_url=reverse("iciinsmes:desk-filter-remove", args=[row.id]),
                is_current=there.chosen == place.chosen,
            )
        )
    return tuple(lines)


def save_url(place: QueuePlace) -> str:
    """Return the address that keeps what the queue is narrowed to, with a POST."""
    if place.everywhere or place.course_key is None:
        path = reverse("iciinsmes:desk-filters-all")
    else:
        path = reverse("iciinsmes:desk-filters", args=[place.course_key])
    return f"{path}?{place.chosen.query}"


def save_filter(place: QueuePlace, user_id: int, name: str) -> None:
    """Keep what the queue is narrowed to besides names of people; a filter of the same name is replaced.

    Raises:
        NotSaved: there is no name, it is too long, nothing is narrowed, or there are too many.
    """
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise NotSaved(_("Give the filter a name."))
    if len(name) > NAME_LENGTH:
        raise NotSaved(_("The name is too long: at most %(limit)s characters.") % {"limit": NAME_LENGTH})
    # Whom somebody has looked for is nothing to keep: the person may be erased.
    query = place.chosen.without("q").query
    if not query:
        raise NotSaved(_("Nothing but a name is filtered, so there is nothing to keep."))
    with transaction.atomic():
        # Two tabs of one person wait for each other, so that neither doubles a name.
        locked(get_user_model().objects.filter(pk=user_id)).values_list("pk", flat=True).first()
        rows = _rows(place, user_id)
        if rows.filter(name=name).update(query=query):
            return
        if rows.count() >= MOST:
            raise NotSaved(_("You have kept %(limit)s filters already. Remove one first.") % {"limit": MOST})
        key = None if place.everywhere else place.course_key
        SavedFilter.objects.create(owner_id=user_id, course_key=key, name=name, query=query)


def remove_filter(filter_id: int, user_id: int) -> QueuePlace | None:
    """Remove a filter of this person.

    Returns:
        The beginning of the queue in which it stood; None where the person has no such filter.
    """
    row = SavedFilter.objects.filter(id=filter_id, owner_id=user_id).first()
    if row is None:
        return None
    row.delete()
    return read_place(row.course_key, QueryDict())


def _rows(place: QueuePlace, user_id: int) -> QuerySet[SavedFilter]:
    rows = SavedFilter.objects.filter(owner_id=user_id)
    if place.everywhere or place.course_key is None:
        return rows.filter(course_key=None)
    return rows.filter(course_key=place.course_key)
