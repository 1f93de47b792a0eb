"""The trail in words, a page at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.untrusted import BYTE_ORDER_MARK, harmless
from iciinsmes.platform import labels

from .data import TrailRow, TrailTable

#: Lines that a download reads at once.
_BATCH = 500


def page(
    *,
    course_key: CourseKey,
    person_id: int | None = None,
    actor_id: int | None = None,
    verb: str | None = None,
    after: int | None = None,
    limit: int = audit_log.PAGE_SIZE,
) -> TrailTable:
    """Return a page of the course run's trail in words; see `audit_log.api.page_of`. All names are read at once."""
    found = audit_log.page_of(
        course_key=course_key, person_id=person_id, actor_id=actor_id, verb=verb, after=after, limit=limit
    )
    ids = {user_id for entry in found.entries for user_id in (entry.actor_id, entry.person_id) if user_id is not None}
    names = labels(ids, course_key)
    things = audit_log.subject_words({entry.subject for entry in found.entries}, course_key)
    return TrailTable(
        rows=tuple(
            TrailRow(
                at=entry.at,
                actor=names.get(entry.actor_id or 0) or entry.actor_name or _("Somebody without an account"),
                verb=audit_log.verb_words(entry.verb),
                person=names.get(entry.person_id or 0, ""),
                thing=things[entry.subject],
                detail=audit_log.detail_words(entry.detail),
            )
            for entry in found.entries
        ),
        next_after=found.next_after,
    )


def table(*, course_key: CourseKey, **filters: Any) -> Iterator[str]:
    """Yield the trail as lines of a CSV file, newest first, however long it is; filters as for `page`.

    The texts are in the language that is active while the first line is made, see `audit_log_views.trail_csv`.
    """
    titles = (_("Time (UTC)"), _("Who"), _("Did"), _("About whom"), _("What"), _("More"))
    yield BYTE_ORDER_MARK + _line(titles)
    after: int | None = None
    while True:
        found = page(course_key=course_key, after=after, limit=_BATCH, **filters)
        for row in found.rows:
            moment = row.at.strftime("%Y-%m-%d %H:%M:%S")
            yield _line((moment, row.actor, row.verb, row.person, row.thing, row.detail))
        if found.next_after is None:
            return
        after = found.next_after


def note_trail_export(*, course_key: CourseKey, actor_id: int, person_id: int | None = None) -> None:
    """Tell the trail that it was downloaded, by whom, and about whom if it was narrowed to somebody."""
    audit_log.record(
        course_key=course_key, verb="trail_exported", actor_id=actor_id, person_id=person_id, subject="trail"
    )


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()
