"""Charts that several instruments draw alike: only what differs is said."""

from __future__ import annotations

from collections.abc import Sequence

from ..texts.message import Text
from .parts import Chart, ChartKind, Mark


def bars(
    title: Text,
    table: str,
    label: str,
    value: str,
    *,
    interval: bool = False,
    emphasis: str = "",
    highest: float | None = None,
) -> Chart:
    """Return bars from 0 to the ``highest`` that may be, or to the highest there is.

    With an ``interval`` the columns low and high of the table hold where the true values lie.
    """
    low, high = ("low", "high") if interval else ("", "")
    return Chart(ChartKind.BARS, title, table, label, (value,), low, high, emphasis, minimum=0, maximum=highest)


def ranges(
    title: Text, table: str, label: str, value: str, *, lowest: float | None = None, highest: float | None = None
) -> Chart:
    """Return values with the intervals in the columns low and high; the scale goes as far as it must, or as is said."""
    return Chart(ChartKind.RANGES, title, table, label, (value,), "low", "high", minimum=lowest, maximum=highest)


def scatter(
    title: Text,
    table: str,
    label: str,
    values: tuple[str, str],
    marks: tuple[Mark, ...],
    *,
    emphasis: str = "",
    scale: tuple[float, float],
) -> Chart:
    """Return points on a plane, one value to the right and one up, both on a scale from one end to the other."""
    low, high = scale
    return Chart(ChartKind.SCATTER, title, table, label, values, "", "", emphasis, marks, low, high)


def curves(
    title: Text, table: str, label: str, values: tuple[str, ...], marks: tuple[Mark, ...], highest: float | None = None
) -> Chart:
    """Return lines over a column of numbers, from 0 to the ``highest`` that may be, or to the highest there is."""
    return Chart(ChartKind.CURVES, title, table, label, values, marks=marks, minimum=0, maximum=highest)


def heat(title: Text, table: str, label: str, values: Sequence[str]) -> Chart:
    """Return the numbers of some columns, shaded."""
    return Chart(ChartKind.HEAT, title, table, label, tuple(values))
