"""Two firms become one: nothing of either is lost, and limits that were fixed stay fixed."""

from __future__ import annotations

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked

from .evaluation import look
from .models import MonthFigure, MonthFigureVersion, Watch, WatchBaseline


def move_watch(*, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
    """Let the figures of the firm that goes belong to the one that is kept.

    Where both have a month, the kept firm's figure stays and the other one is kept as an earlier version with the
    firm's name. All alarms come along with their notes. Limits come along only for indicators of which the kept firm
    has none. What is also watched in another run stays with the firm there: other people coordinate in it.
    """
    runs = {run for _member, run in companies.people_now(company_id=gone_id)[0]}
    gone = locked(Watch.objects).filter(company_id=gone_id).first()
    if gone is None or runs - {course_key}:
        return
    kept = locked(Watch.objects).filter(company_id=kept_id).first()
    if kept is None:
        gone.company_id = kept_id
        gone.save(update_fields=["company"])
        return
    name = companies.companies_by_id(company_ids={gone_id})[gone_id].name
    there = {(row.indicator, row.month): row for row in MonthFigure.objects.filter(watch=kept)}
    limited = set(WatchBaseline.objects.filter(watch=kept).values_list("indicator", flat=True))
    for row in MonthFigure.objects.filter(watch=gone):
        mine = there.get((row.indicator, row.month))
        if mine is None:
            MonthFigure.objects.filter(pk=row.pk).update(watch=kept)
            continue
        MonthFigureVersion.objects.filter(figure=row).update(figure=mine, label=name)
        MonthFigureVersion.objects.create(
            figure=mine,
            numerator=row.numerator,
            denominator=row.denominator,
            extra=row.extra,
            author_id=row.author_id,
            label=name,
            until=timezone.now(),
        )
    gone.alarms.update(watch=kept)
    gone.baselines.exclude(indicator__in=limited).update(watch=kept)
    kept.kept = list(dict.fromkeys([*kept.kept, *gone.kept]))
    kept.save(update_fields=["kept"])
    gone.delete()
    look(kept)
