"""Alarms: answered with a cause, an action and a day, closed with a note, turned into a measure of the project."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import HasEnded
from iciinsmes.toolbox import api as toolbox

from .data import AlarmData
from .errors import NeedsWords, StaleAlarm, UnknownAlarm
from .figures import changing
from .models import Alarm, Watch
from .signals import firm_acted
from .stored import alarm_of

_LONGEST = 2_000
_SHOWN = 200


def alarms_of(*, company_id: int, indicator: str = "") -> tuple[AlarmData, ...]:
    """Return a firm's alarms, open ones first and the newest of these first, at most 200, in one query."""
    rows = Alarm.objects.filter(watch__company_id=company_id)
    if indicator:
        rows = rows.filter(indicator=indicator)
    found = [alarm_of(row) for row in rows.order_by("-period", "indicator", "id")[:_SHOWN]]
    return tuple(sorted(found, key=lambda alarm: not alarm.is_open))


def newest_alarms(
    *, company_id: int, indicators: Collection[str], limit: int
) -> tuple[tuple[AlarmData, ...], int, tuple[AlarmData, ...]]:
    """Return a firm's newest open alarms, how many more are open, and the newest closed ones; in three queries at most.

    Args:
        company_id: the firm.
        indicators: only alarms of these.
        limit: of each kind.
    """
    rows = Alarm.objects.filter(watch__company_id=company_id, indicator__in=indicators)
    waiting = rows.filter(closed_at=None)
    newest = [alarm_of(row) for row in waiting.order_by("-period", "indicator", "id")[:limit]]
    more = waiting.count() - limit if len(newest) == limit else 0
    closed = [alarm_of(row) for row in rows.filter(closed_at__isnull=False).order_by("-closed_at", "id")[:limit]]
    return tuple(newest), more, tuple(closed)


def alarm_here(*, company_id: int, alarm_id: UUID) -> AlarmData:
    """Return one alarm of the firm; raises `UnknownAlarm`."""
    return alarm_of(_row(company_id, alarm_id))


def answer_alarm(
    *,
    company_id: int,
    alarm_id: UUID,
    user_id: int,
    course_key: CourseKey,
    revision: int,
    cause: str,
    action: str,
    due: date | None,
    for_all: bool = False,
) -> AlarmData:
    """Write down why it was, what is done, and by when.

    Args:
        company_id: the firm.
        alarm_id: one of its alarms.
        user_id: a member of the firm.
        course_key: the run in which the person works.
        revision: of the alarm as the person had read it.
        cause: why it was.
        action: what is done about it.
        due: by when.
        for_all: the same holds for all open alarms of this indicator that nobody has answered.

    Raises:
        NotAllowed, UnknownAlarm: nothing of this person's.
        NeedsWords: one of the three is missing.
        StaleAlarm: somebody has written something meanwhile; nothing was changed.
    """
    texts = {"cause": _tidy(cause), "action": _tidy(action)}
    for field, text in texts.items():
        if not text:
            raise NeedsWords(field)
    if due is None:
        raise NeedsWords("due")
    with changing(company_id, user_id, course_key) as watch:
        row = _fresh(watch, alarm_id, revision)
        rows = [row]
        if for_all:
            others = Alarm.objects.filter(
                watch=watch, indicator=row.indicator, closed_at=None, answered_at=None
            ).exclude(pk=row.pk)
            rows += list(others)
        for each in rows:
            each.cause, each.action, each.due = texts["cause"], texts["action"], due
            each.answered_at, each.answered_by_id, each.revision = timezone.now(), user_id, each.revision + 1
            each.save()
    firm_acted.send(Watch, company_id=company_id)
    return alarm_of(row)


def close_alarm(
    *, company_id: int, alarm_id: UUID, user_id: int, course_key: CourseKey, revision: int, note: str
) -> AlarmData:
    """Close an alarm with a note of what has come of it.

    Raises:
        NotAllowed, UnknownAlarm, StaleAlarm: see `answer_alarm`.
        NeedsWords: there is no note.
    """
    text = _tidy(note)
    if not text:
        raise NeedsWords("note")
    with changing(company_id, user_id, course_key) as watch:
        row = _fresh(watch, alarm_id, revision)
        row.note, row.closed_at, row.closed_by_id = text, timezone.now(), user_id
        row.revision += 1
        row.save()
    firm_acted.send(Watch, company_id=company_id)
    return alarm_of(row)


def make_measure(*, company_id: int, alarm_id: UUID, user_id: int, course_key: CourseKey, title: str) -> UUID:
    """Make an alarm a measure of the firm's project, which begins now if the firm has none; twice is once.

    Args:
        company_id: the firm.
        alarm_id: one of its alarms.
        user_id: a member of the firm.
        course_key: the run in which the person works.
        title: the measure's, where nobody has said yet what is done.

    Returns:
        The project.

    Raises:
        NotAllowed, UnknownAlarm: nothing of this person's.
    """
    with changing(company_id, user_id, course_key) as watch:
        row = Alarm.objects.filter(watch=watch, pk=alarm_id).first()
        if row is None:
            raise UnknownAlarm
        project = projects.open_project(user_id=user_id, course_key=course_key)
        content = {
            "title": (row.action or title)[:200],
            "person": user_id,
            "due": row.due.isoformat() if row.due else None,
        }
        project_id, entry_id = project.id, uuid5(NAMESPACE_URL, f"{project.id}:{row.pk}")

        def enter() -> UUID:
            return projects.add_entry(
                project_id=project_id,
                user_id=user_id,
                course_key=course_key,
                kind=Kind.MEASURE,
                content=content,
                entry_id=entry_id,
            ).id

        try:
            row.measure_id = enter()
        except HasEnded:
            project_id = projects.begin_next(user_id=user_id, course_key=course_key).id
            row.measure_id = enter()
        row.save(update_fields=["measure_id"])
    return project_id


def _row(company_id: int, alarm_id: UUID) -> Alarm:
    row = Alarm.objects.filter(pk=alarm_id, watch__company_id=company_id).first()
    if row is None:
        raise UnknownAlarm
    return row


def _fresh(watch: Watch, alarm_id: UUID, revision: int) -> Alarm:
    row = Alarm.objects.filter(pk=alarm_id, watch=watch).first()
    if row is None:
        raise UnknownAlarm
    if row.revision != revision:
        raise StaleAlarm
    return row


def _tidy(text: str) -> str:
    """Return what was written without what tells who people are, as in projects."""
    return toolbox.hide_people(text.replace("\r\n", "\n").strip())[:_LONGEST]
