"""What pages show of a firm: its indicators in short, and one of them whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked

from .alarms import alarms_of, newest_alarms
from .choosing import baselines_of, watch_here
from .data import AlarmData, BaselineData, CellVersionData, MonthCell, WatchData
from .evaluation import Judgement, cells_by_indicator, judged_here, look, running_month
from .facts import Fact
from .figures import versions_of
from .indicators import INDICATORS, Indicator
from .models import Watch, WatchBaseline
from .permissions import CompanyReader, reader_of
from .stored import fact_from_json, segments_in_force, watch_of

#: Alarms that the page of a firm lists; the pages of its indicators have all.
_FEW = 12


@dataclass(frozen=True)
class FirmPage:
    """A firm's indicators as they stand, those that it keeps, and its newest alarms; ``more_open`` are not here."""

    reader: CompanyReader
    watch: WatchData
    facts: Mapping[str, Fact]
    open_alarms: tuple[AlarmData, ...] = ()
    more_open: int = 0
    closed_alarms: tuple[AlarmData, ...] = ()


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator whole: figures, stretches, verdicts, alarms, and what figures were before."""

    reader: CompanyReader
    watch: WatchData
    indicator: Indicator
    cells: Sequence[MonthCell]
    judged: Judgement
    baselines: tuple[BaselineData, ...]
    alarms: tuple[AlarmData, ...]
    versions: tuple[CellVersionData, ...] = ()


def firm_page(*, company_id: int, user_id: int | None, course_key: CourseKey, only: Collection[str] = ()) -> FirmPage:
    """Return the page of a firm, for whoever may read it.

    Args:
        company_id: the firm.
        user_id: who reads it.
        course_key: the run in whose light it is read.
        only: alarms of these indicators; of all that the firm keeps for none.

    Raises:
        NotAllowed: there is none for this person.
    """
    reader = reader_of(company_id=company_id, user_id=user_id, course_key=course_key)
    watch, row = _up_to_date(company_id)
    if row is None:
        return FirmPage(reader, watch, {})
    alarms = newest_alarms(company_id=company_id, indicators=only or watch.kept, limit=_FEW)
    return FirmPage(reader, watch, facts_of(row), *alarms)


def indicator_page(
    *, company_id: int, user_id: int | None, course_key: CourseKey, key: str, with_versions: bool = True
) -> IndicatorPage | None:
    """Return an indicator of a firm, for whoever may read it; None for one that there is not.

    Raises:
        NotAllowed: there is no page of this firm for this person.
    """
    reader = reader_of(company_id=company_id, user_id=user_id, course_key=course_key)
    indicator = INDICATORS.get(key)
    if indicator is None:
        return None
    watch, row = _up_to_date(company_id)
    found = _judged_of(row, [key])[key]
    return IndicatorPage(
        reader=reader,
        watch=watch,
        indicator=indicator,
        baselines=baselines_of(company_id=company_id, indicator=key) if row else (),
        alarms=alarms_of(company_id=company_id, indicator=key) if row else (),
        versions=versions_of(company_id=company_id, indicator=key) if row and with_versions else (),
        cells=found.cells,
        judged=found.judged,
    )


def charts_for(*, company_id: int, keys: Collection[str]) -> Mapping[str, Judgement]:
    """Return several indicators with their verdicts, in three queries; nobody is asked who reads it."""
    _watch, row = _up_to_date(company_id)
    return {key: found.judged for key, found in _judged_of(row, keys).items()}


def facts_of(row: Watch | None) -> dict[str, Fact]:
    """Return where the kept indicators stand, from what the last look has written."""
    if row is None:
        return {}
    return {key: fact_from_json(fact) for key, fact in row.facts.items() if key in row.kept and key in INDICATORS}


@dataclass(frozen=True)
class _Found:
    cells: Sequence[MonthCell] = ()
    judged: Judgement = ()


def _judged_of(row: Watch | None, keys: Collection[str]) -> dict[str, _Found]:
    if row is None:
        return {key: _Found() for key in keys}
    cells = cells_by_indicator(row)
    rows = segments_in_force(WatchBaseline.objects.filter(watch=row))
    found = {}
    for key in keys:
        mine = cells.get(key, [])
        judged = judged_here(INDICATORS[key], mine, rows.get(key, []), row.thresholds.get(key)) if mine else ()
        found[key] = _Found(mine, judged)
    return found


def _up_to_date(company_id: int) -> tuple[WatchData, Watch | None]:
    """Return what a firm watches; looked at again if a month has ended since."""
    watch, row = watch_here(company_id=company_id)
    if row is None or row.looked_month >= running_month():
        return watch, row
    with transaction.atomic():
        held = locked(Watch.objects).get(pk=row.pk)
        if held.looked_month < running_month():
            look(held)
    return watch_of(held, company_id), held
