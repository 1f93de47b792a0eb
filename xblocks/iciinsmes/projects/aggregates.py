"""What a college may say of its projects without naming a firm: counts of groups, small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.suppression import FEWEST, shown_counts

from .content import number_of
from .data import Gate, Kind, Light, Trigger
from .models import Entry, ProjectRun
from .rules.attainment import attainment
from .staff_data import Aggregate, CountedGroup, Overview

#: Keys of groups that are no values of a project's own words.
ENDED, STOPPED, NONE = "ended", "stopped", ""
#: Attainment in bands: each holds what is at least its number and less than the next one, as parts of the whole way.
BANDS: Mapping[str, Decimal] = {
    "below": Decimal("-Infinity"),
    "quarter": Decimal(0),
    "half": Decimal("0.25"),
    "more": Decimal("0.5"),
    "most": Decimal("0.75"),
    "reached": Decimal(1),
}
#: In their order.
SIZES = ("1", "2-9", "10-49", "50-249")
_AT_ONCE = 500


def overview(*, course_key: CourseKey) -> Overview:
    """Return how many projects of a run there are by trigger, trade, size, light, gate and attainment of KPIs.

    Seven queries for any number of projects; rows are counted by the database, KPIs are read some hundred projects at
    a time. Permissions are the caller's to ask.
    """
    rows = ProjectRun.objects.filter(course_key=course_key)
    total = rows.count()
    if total < FEWEST:
        return Overview(total=None)
    return Overview(
        total=total,
        tables=(
            _table("trigger", _by_trigger(course_key, total), [*(trigger.value for trigger in Trigger), NONE]),
            _table("trade", _by(course_key, "project__company__trade")),
            _table("size", _by(course_key, "project__company__size_class"), SIZES),
            _table("light", light_counts(course_key=course_key), [*(light.value for light in Light), ENDED]),
            _table("gate", _by_gate(course_key), [*(str(gate.value) for gate in Gate), ENDED, STOPPED]),
            _table("attainment", _by_attainment(course_key), [*BANDS, NONE]),
        ),
    )


def light_counts(*, course_key: CourseKey) -> Counter[str]:
    """Return how many projects of the run have which light, those that have ended under `ENDED`; nothing is hidden."""
    counts: Counter[str] = Counter()
    for light, running, count in _counted(course_key, "project__light", "is_running"):
        counts[light if running else ENDED] += count
    return counts


def band_of(share: Decimal | None) -> str:
    """Return the band in which an attainment lies; empty for none."""
    if share is None:
        return NONE
    return next(name for name, least in reversed(list(BANDS.items())) if share >= least)


def mean_attainment(kpis: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """Return the mean attainment of a project's KPIs that have one, None without any.

    Args:
        kpis: as the kept facts of the project have them.
    """
    found = [attainment(*(number_of(kpi, key) for key in ("baseline", "target", "last"))) for kpi in kpis]
    known = [each for each in found if each is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def _table(name: str, counts: Mapping[str, int], order: Sequence[str] | None = None) -> Aggregate:
    """Return a table in the order of its groups; without one they are in firms' own words, the most frequent first."""
    shown = shown_counts(counts)
    if order is not None:
        return Aggregate(name, tuple(CountedGroup(key, shown[key]) for key in order if key in shown))
    named = {key: count for key, count in shown.items() if count is not None}
    ordered = sorted(named, key=lambda key: (key == NONE, -named[key], key.casefold()))
    return Aggregate(name, tuple(CountedGroup(key, named[key]) for key in ordered), unnamed=len(shown) - len(named))


def _by(course_key: CourseKey, column: str) -> Counter[str]:
    return Counter({str(key): count for key, count in _counted(course_key, column)})


def _by_gate(course_key: CourseKey) -> Counter[str]:
    counts: Counter[str] = Counter()
    for gate, stopped, running, count in _counted(course_key, "project__gate", "project__stopped", "is_running"):
        counts[STOPPED if stopped else str(gate) if running else ENDED] += count
    return counts


def _by_trigger(course_key: CourseKey, total: int) -> Counter[str]:
    charters = Entry.objects.filter(
        kind=Kind.CHARTER.value, removed_at=None, project__runs__course_key=course_key, content__has_key="trigger"
    )
    rows = charters.order_by().values_list("content__trigger").annotate(count=Count("id"))
    counts = Counter({str(key): count for key, count in rows})
    counts[NONE] = total - sum(counts.values())
    return counts


def _by_attainment(course_key: CourseKey) -> Counter[str]:
    rows = ProjectRun.objects.filter(course_key=course_key).order_by().values_list("project__facts__kpis", flat=True)
    return Counter(band_of(mean_attainment(kpis or ())) for kpis in rows.iterator(chunk_size=_AT_ONCE))


def _counted(course_key: CourseKey, *columns: str) -> Iterable[tuple[Any, ...]]:
    rows: Any = ProjectRun.objects.filter(course_key=course_key).order_by()
    running = ExpressionWrapper(Q(project__ended_on__isnull=True), output_field=BooleanField())
    found: Iterable[tuple[Hashable, ...]] = (
        rows.annotate(is_running=running).values_list(*columns).annotate(count=Count("id"))
    )
    return found
