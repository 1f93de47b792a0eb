"""A firm's monthly figures: checked, entered, changed, and every earlier version kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked

from .data import CellChange, CellVersionData, MonthCell
from .errors import NotAllowedHere, WrongFigures
from .evaluation import look, running_month
from .indicators import INDICATORS, USUAL, Indicator
from .models import MonthFigure, MonthFigureVersion, Watch
from .permissions import reader_of
from .signals import firm_acted
from .stored import cell_of, version_of

#: No firm's books reach back further, and no figure is longer.
FIRST_YEAR = 1990
_LARGEST = Decimal(10) ** 14
#: Quantities of which there may be less than none: credit notes.
_MAY_BE_NEGATIVE = frozenset({"sales", "order_intake", "new_sales", "biggest_sales", "young_sales", "return_cost"})
_MOST_STARS = 5


@contextmanager
def changing(company_id: int, user_id: int, course_key: CourseKey) -> Iterator[Watch]:
    """Hold what a firm watches for a change by one of its members, and look at it afterwards.

    Raises:
        NotAllowedHere: the person is none.
    """
    if not reader_of(company_id=company_id, user_id=user_id, course_key=course_key).member:
        raise NotAllowedHere
    now = timezone.now()
    with transaction.atomic():
        Watch.objects.get_or_create(company_id=company_id, defaults={"kept": list(USUAL), "changed_at": now})
        row = locked(Watch.objects).get(company_id=company_id)
        row.changed_at = now
        yield row
        row.save(update_fields=["changed_at"])
        look(row)


def save_figures(
    *, company_id: int, user_id: int, course_key: CourseKey, cells: Sequence[MonthCell]
) -> tuple[CellChange, ...]:
    """Enter figures; what is the same as before changes nothing.

    Args:
        company_id: the firm.
        user_id: one of its members.
        course_key: the run in which the person works.
        cells: whole months of indicators: what a cell has not is cleared. None is a gap, 0 a real zero.

    Returns:
        What was changed.

    Raises:
        NotAllowedHere: the person is no member.
        WrongFigures: some cannot be; nothing was entered.
    """
    problems = problems_of(cells)
    if problems:
        raise WrongFigures(problems)
    with changing(company_id, user_id, course_key) as row:
        changes = _write(row, user_id, cells)
    if changes:
        firm_acted.send(Watch, company_id=company_id)
    return changes


def changes_by(*, company_id: int, cells: Iterable[MonthCell]) -> tuple[CellChange, ...]:
    """Return what entering these cells would change, in one query; equal ones are left out."""
    wanted = list(cells)
    there = {(each.indicator, each.month): each for each in figures_of(company_id=company_id)}
    found = ((there.get((cell.indicator, cell.month)), cell) for cell in wanted)
    return tuple(CellChange(old, new) for old, new in found if (old.figures if old else (None,) * 3) != new.figures)


def figures_of(*, company_id: int, month: int | None = None, indicator: str = "") -> tuple[MonthCell, ...]:
    """Return a firm's figures by indicator and month, in one query; only of a month or an indicator if named."""
    rows = MonthFigure.objects.filter(watch__company_id=company_id)
    if month is not None:
        rows = rows.filter(month=month)
    if indicator:
        rows = rows.filter(indicator=indicator)
    return tuple(cell_of(row) for row in rows.order_by("indicator", "month"))


def versions_of(*, company_id: int, indicator: str) -> tuple[CellVersionData, ...]:
    """Return what the figures of an indicator were before, the last first, in one query."""
    rows = MonthFigureVersion.objects.filter(figure__watch__company_id=company_id, figure__indicator=indicator)
    return tuple(version_of(row) for row in rows.select_related("figure").order_by("-until", "-id")[:200])


def problems_of(cells: Iterable[MonthCell]) -> dict[str, str]:
    """Return what cannot be, as sentences by indicator and part, such as ``E1.numerator``."""
    found: dict[str, str] = {}
    last = running_month()
    for cell in cells:
        indicator = INDICATORS.get(cell.indicator)
        if indicator is None:
            found[cell.indicator] = _("There is no such indicator.")
            continue
        if not FIRST_YEAR * 12 <= cell.month <= last:
            found[f"{cell.indicator}.month"] = _("This month has not begun, or is too long ago.")
        for part in ("numerator", "denominator", "extra"):
            problem = _problem(getattr(indicator, part), getattr(cell, part))
            if problem:
                found[f"{cell.indicator}.{part}"] = problem
        problem = _problem_between(indicator, cell)
        if problem:
            found.setdefault(f"{cell.indicator}.numerator", problem)
    return found


def _problem(quantity: str, value: Decimal | None) -> str:
    if value is None:
        return ""
    if not quantity:
        return _("This indicator has no such figure.")
    if not value.is_finite() or abs(value) >= _LARGEST:
        return _("This number is too large.")
    if value < 0 and quantity not in _MAY_BE_NEGATIVE:
        return _("This number cannot be below zero.")
    if quantity == "stars":
        return "" if value <= _MOST_STARS and value >= 1 else _("Stars are between 1 and 5.")
    if quantity not in _MAY_BE_NEGATIVE and value != value.to_integral_value():
        return _("This is counted: write a whole number.")
    return ""


def _problem_between(indicator: Indicator, cell: MonthCell) -> str:
    numerator, denominator, extra = cell.figures
    if numerator is None or denominator is None or not indicator.is_part or denominator < 0:
        return ""
    if indicator.key == "E11N":
        numerator += extra or 0
    return _("The part cannot be more than the whole.") if numerator > denominator else ""


def _write(row: Watch, user_id: int, cells: Iterable[MonthCell]) -> tuple[CellChange, ...]:
    there = {(each.indicator, each.month): each for each in MonthFigure.objects.filter(watch=row)}
    changes, new, versions, now = [], [], [], timezone.now()
    for cell in cells:
        tidy = MonthCell(cell.indicator, cell.month, *(_stored(each) for each in cell.figures))
        found = there.get((cell.indicator, cell.month))
        if found is None and any(each is not None for each in tidy.figures):
            new.append(_filled(MonthFigure(watch=row, indicator=cell.indicator, month=cell.month), tidy, user_id))
            changes.append(CellChange(None, tidy))
        elif found is not None and cell_of(found).figures != tidy.figures:
            old = cell_of(found)
            changes.append(CellChange(old, tidy))
            version = MonthFigureVersion(figure=found, author_id=found.author_id, until=now)
            version.numerator, version.denominator, version.extra = old.figures
            versions.append(version)
            _filled(found, tidy, user_id).save()
    MonthFigureVersion.objects.bulk_create(versions)
    MonthFigure.objects.bulk_create(new)
    return tuple(changes)


def _filled(row: MonthFigure, cell: MonthCell, user_id: int) -> MonthFigure:
    row.numerator, row.denominator, row.extra = cell.figures
    row.author_id, row.changed_at = user_id, timezone.now()
    return row


def _stored(value: Decimal | None) -> Decimal | None:
    """Return a number as the table holds it, so that comparing it with what is there does not depend on digits."""
    return None if value is None else round(value, 4)
