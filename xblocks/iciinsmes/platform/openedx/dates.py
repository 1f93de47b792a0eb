"""When work in a block is due: by the course, and by the extensions of persons that edx-when keeps.

Read on Teak (edx_when/api.py, openedx/core/djangoapps/course_date_signals): a part's own ``due`` is what authors write
and what edx-when copies from it; only where learners begin when they like does it hold other dates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from opaque_keys.edx.keys import UsageKey

from .access import find_block

_DUE = "due"


def due_dates(user_ids: Collection[int], usage_key: UsageKey) -> dict[int, datetime | None]:
    """See `Host.due_dates`: the nearest date on the way up from the block, with each person's extension.

    In courses where everybody has own dates the platform is asked once a person; elsewhere once for all.
    """
    from xmodule.modulestore.django import modulestore

    # What the platform looks up of a course it looks up once inside.
    with modulestore().bulk_operations(usage_key.course_key):
        way = list(_upwards(usage_key))
    if not way:
        return dict.fromkeys(user_ids)
    locations = [part.location for part in way]
    if way[-1].self_paced:
        return {user_id: _nearest(_own_dates(user_id, way[-1]), locations) or way[0].due for user_id in user_ids}
    authored = {part.location: part.due for part in way if part.fields[_DUE].is_set_on(part)}
    extended = _extensions(user_ids, locations)
    return {user_id: _nearest({**authored, **extended.get(user_id, {})}, locations) for user_id in user_ids}


def _own_dates(user_id: int, course: Any) -> Mapping[UsageKey, datetime]:
    from edx_when.api import get_dates_for_course

    # Without a version the platform's cache answers with the dates from before the last publishing.
    version = str(getattr(course, "course_version", "") or "") or None
    found = get_dates_for_course(course.id, user=user_id, published_version=version)
    return {location: moment for (location, field), moment in found.items() if field == _DUE}


def _nearest(dates: Mapping[UsageKey, datetime | None], way: Collection[UsageKey]) -> datetime | None:
    """Return the date of the lowest part that has one."""
    return next((found for found in map(dates.get, way) if found is not None), None)


def _extensions(user_ids: Collection[int], way: Collection[UsageKey]) -> dict[int, dict[UsageKey, datetime]]:
    """Return what was granted to persons for parts on the way, in one query; the newest row of a person counts."""
    from edx_when.models import UserDate

    granted = UserDate.objects.filter(
        user_id__in=user_ids, content_date__location__in=way, content_date__field=_DUE, content_date__active=True
    )
    found: dict[int, dict[UsageKey, datetime]] = {}
    for user_id, location, moment in granted.order_by("modified").values_list(
        "user_id", "content_date__location", "abs_date"
    ):
        mine = found.setdefault(user_id, {})
        if moment is None:
            # The course's own date counts again.
            mine.pop(location, None)
        else:
            mine[location] = moment
    return found


def _upwards(usage_key: UsageKey) -> Iterator[Any]:
    """Yield the block and all parts above it, without asking who may see them; nothing for one that is gone."""
    from xmodule.modulestore.django import modulestore

    part = find_block(usage_key)
    while part is not None:
        yield part
        above = modulestore().get_parent_location(part.location)
        part = None if above is None else find_block(above)
