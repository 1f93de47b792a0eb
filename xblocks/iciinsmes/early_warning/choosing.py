"""What a firm decides about its early warning: indicators, thresholds, the coach, and new limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from .data import RULES_VERSION, BaselineData, WatchData
from .errors import NeedsWords, WrongFigures
from .evaluation import running_month
from .figures import changing
from .indicators import INDICATORS
from .models import Watch, WatchBaseline
from .stored import baseline_of, watch_of

_LONGEST = 2_000
_LARGEST = 1_000


def watch_here(*, company_id: int) -> tuple[WatchData, Watch | None]:
    """Return what a firm watches, and its row if it has begun; in one query."""
    row = Watch.objects.filter(company_id=company_id).first()
    return watch_of(row, company_id), row


def choose(
    *,
    company_id: int,
    user_id: int,
    course_key: CourseKey,
    kept: Collection[str],
    thresholds: Mapping[str, Mapping[str, Decimal]],
    tells_coach: bool,
) -> WatchData:
    """Keep what the firm has decided.

    Args:
        company_id: the firm.
        user_id: one of its members.
        course_key: the run in which the person works.
        kept: keys of indicators; figures of the others stay.
        thresholds: by indicator and name; those that are the usual ones are not kept.
        tells_coach: whether the coach is told of a red alarm that nobody answers for 30 days.

    Raises:
        NotAllowed: the person is no member.
        WrongFigures: a threshold cannot be.
    """
    chosen: dict[str, dict[str, float]] = {}
    for key, values in thresholds.items():
        usual = INDICATORS[key].limits
        for name, value in values.items():
            if not 0 <= value <= _LARGEST:
                raise WrongFigures({f"{key}.{name}": _("A limit is a number from 0 to 1000.")})
            if float(value) != float(usual[name]):
                chosen.setdefault(key, {})[name] = float(value)
    with changing(company_id, user_id, course_key) as row:
        row.kept = [key for key in INDICATORS if key in kept]
        row.thresholds = chosen
        if row.tells_coach != tells_coach:
            row.tells_coach, row.tells_by_id, row.tells_since = tells_coach, user_id, timezone.now()
        row.save()
    return watch_of(row, company_id)


def begin_baseline(
    *, company_id: int, user_id: int, course_key: CourseKey, indicator: str, first_month: int, reason: str
) -> None:
    """Begin a stretch with limits of its own; earlier stretches and all alarms stay as they are.

    Args:
        company_id: the firm.
        user_id: one of its members.
        course_key: the run in which the person works.
        indicator: one that has limits.
        first_month: from which month on.
        reason: why the old limits no longer fit.

    Raises:
        NotAllowed: the person is no member.
        NeedsWords: there is no reason.
        WrongFigures: the month has not begun.
    """
    if not reason.strip():
        raise NeedsWords("reason")
    known = INDICATORS.get(indicator)
    if known is None or not (known.needs_baseline or known.aggregates):
        raise WrongFigures({indicator: _("This indicator has no limits of its own.")})
    if not 0 < first_month <= running_month():
        raise WrongFigures({"first_month": _("This month has not begun, or is too long ago.")})
    with changing(company_id, user_id, course_key) as row:
        WatchBaseline.objects.create(
            watch=row,
            indicator=indicator,
            first_month=first_month,
            reason=reason.strip()[:_LONGEST],
            made_by_id=user_id,
            made_at=timezone.now(),
            version=RULES_VERSION,
        )


def baselines_of(*, company_id: int, indicator: str) -> tuple[BaselineData, ...]:
    """Return all stretches of an indicator that were ever made, in the order of their first months, in one query."""
    rows = WatchBaseline.objects.filter(watch__company_id=company_id, indicator=indicator)
    return tuple(baseline_of(row) for row in rows)
