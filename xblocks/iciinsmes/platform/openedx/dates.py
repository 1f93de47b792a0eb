"""When work in a block is due, as edx-when keeps dates and the extensions of persons."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import UsageKey

from .store import find_block

_DUE = "due"


def due_dates(user_ids: Collection[int], usage_key: UsageKey) -> dict[int, datetime | None]:
    """See `Host.due_dates`: the nearest date on the way up from the block, with each person's extension.

    In courses where everybody has own dates the platform is asked once a person; elsewhere once for all.
    """
    from xmodule.modulestore.django import modulestore

    # What the platform looks up of a course it looks up once inside.
    with modulestore().bulk_operations(usage_key.course_key):
        block = find_block(usage_key)
        if block is None:
            return dict.fromkeys(user_ids)
        way = tuple(_upwards(usage_key))
        course = modulestore().get_course(usage_key.course_key)
    # Without it the platform's cache answers with the dates from before the last publishing.
    version = str(getattr(course, "course_version", "") or "") or None
    if course.self_paced:
        return {user_id: _nearest(_dates_of(user_id, usage_key, version), way, block.due) for user_id in user_ids}
    common = _dates_of(None, usage_key, version)
    extended = _extensions(user_ids, way)
    return {user_id: _nearest({**common, **extended.get(user_id, {})}, way, block.due) for user_id in user_ids}


def _dates_of(user_id: int | None, usage_key: UsageKey, version: str | None) -> Mapping[Any, datetime]:
    from edx_when.api import get_dates_for_course

    return get_dates_for_course(usage_key.course_key, user=user_id, published_version=version)


def _nearest(dates: Mapping[Any, datetime], way: Collection[UsageKey], authored: datetime | None) -> datetime | None:
    """Return the date of the lowest part that has one, or what the author wrote where edx-when holds none."""
    return next((dates[location, _DUE] for location in way if dates.get((location, _DUE)) is not None), authored)


def _extensions(
    user_ids: Collection[int], way: Collection[UsageKey]
) -> dict[int, dict[tuple[UsageKey, str], datetime]]:
    """Return what was granted to persons for parts on the way, in one query; the newest row of a person counts."""
    from edx_when.models import UserDate

    granted = UserDate.objects.filter(
        user_id__in=user_ids, content_date__location__in=way, content_date__field=_DUE, content_date__active=True
    )
    found: dict[int, dict[tuple[UsageKey, str], datetime]] = {}
    for user_id, location, moment in granted.order_by("modified").values_list(
        "user_id", "content_date__location", "abs_date"
    ):
        mine = found.setdefault(user_id, {})
        if moment is None:
            # The course's own date counts again.
            mine.pop((location, _DUE), None)
        else:
            mine[location, _DUE] = moment
    return found


def _upwards(usage_key: UsageKey) -> Iterator[UsageKey]:
    """Yield the block and all parts above it, without asking who may see them."""
    from xmodule.modulestore.django import modulestore

    location: UsageKey | None = usage_key
    while location is not None:
        yield location
        location = modulestore().get_parent_location(location)
