"""Data made to catch a sentence: the demo bent in every way a table can be, ties, equals, extremes, one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import Column, Instrument, Option, Table, Value, ValueKind
from tests.toolbox.rows import cells, demo_rows, tables

#: As many rows as most instruments need to say anything.
_MOST_ROWS = 240


@st.composite
def made(draw, instrument: Instrument) -> tuple[Table, dict[str, Value]]:
    """A clean table of an instrument, and options for it."""
    table = draw(st.one_of(bent(instrument), bent(instrument), bent(instrument), many(instrument), tables(instrument)))
    demo = dict(instrument.demo.options)
    options = {
        option.key: draw(st.sampled_from([option.default, demo.get(option.key)]) | _setting(option))
        for option in instrument.options
    }
    return table, {key: value for key, value in options.items() if value is not None}


@st.composite
def bent(draw, instrument: Instrument) -> Table:
    """The rows of the demo, some left out, and one to three columns made equal, mixed, tied, extreme or empty."""
    rows = _again(instrument, draw(st.sampled_from([1, 1, 2, 3])))
    kept = draw(st.just(len(rows)) | st.integers(1, len(rows)))
    start = draw(st.integers(0, len(rows) - kept))
    columns = [list(values) for values in zip(*rows[start : start + kept], strict=True)]
    bends = draw(st.sets(st.integers(0, len(columns) - 1), max_size=3))
    columns = [
        list(_bend(draw, column, values)) if place in bends else values
        for place, (column, values) in enumerate(zip(instrument.columns, columns, strict=True))
    ]
    return Table.of([column.key for column in instrument.columns], list(zip(*columns, strict=True))[:_MOST_ROWS])


def _again(instrument: Instrument, times: int) -> list[Sequence[Value]]:
    """The rows of the demo so many times, each time of other people."""
    keys = [column.kind is ValueKind.KEY for column in instrument.columns]
    return [
        [f"{value}{'x' * turn}" if is_key and value else value for is_key, value in zip(keys, row, strict=True)]
        for turn in range(times)
        for row in demo_rows(instrument)
    ]


def _bend(draw, column: Column, values: Sequence[Value]) -> Sequence[Value]:
    ways = ["equal", "mixed", "tied", "extreme", "drawn", "one"]
    way = draw(st.sampled_from(ways if column.required else [*ways, "empty"]))
    if way == "equal":
        return [draw(st.sampled_from(values))] * len(values)
    if way == "mixed":
        return draw(st.permutations(values))
    if way == "one":
        place = draw(st.integers(0, len(values) - 1))
        return [*values[:place], draw(cells(column)), *values[place + 1 :]]
    if way in ("tied", "extreme", "drawn"):
        few = _extremes(column) if way == "extreme" else []
        few = few or [draw(cells(column)) for _each in range(2 if way == "tied" else 6)]
        order = draw(st.randoms(use_true_random=False))
        return [order.choice(few) for _value in values]
    return [None] * len(values)


def _extremes(column: Column) -> list[Value]:
    ends: list[Value] = [end for end in (column.minimum, column.maximum) if end is not None]
    return [int(end) for end in ends if isinstance(end, int | float)] if column.kind is ValueKind.INTEGER else ends


@st.composite
def many(draw, instrument: Instrument) -> Table:
    """Rows of as many people as most instruments ask for, with few different answers."""
    order = draw(st.randoms(use_true_random=False))
    number = draw(st.integers(1, 60))
    pools: Mapping[str, list[Value]] = {
        column.key: [f"C{each}" for each in range(number)]
        if column.kind is ValueKind.KEY
        else [draw(cells(column)) for _each in range(draw(st.integers(1, 4)))]
        for column in instrument.columns
    }
    rows = [
        [
            pool[row % len(pool)] if column.kind is ValueKind.KEY else order.choice(pool)
            for column, pool in zip(instrument.columns, pools.values(), strict=True)
        ]
        for row in range(number * draw(st.integers(1, 3)))
    ]
    return Table.of(list(pools), rows)


def _setting(option: Option) -> st.SearchStrategy[Value]:
    if option.choices:
        return st.sampled_from([choice.value for choice in option.choices])
    if option.kind is ValueKind.YES_NO:
        return st.booleans()
    if option.kind is ValueKind.DATE:
        return st.integers(-400, 400).map(lambda days: date(2026, 6, 1) + timedelta(days=days))
    if option.kind in (ValueKind.INTEGER, ValueKind.NUMBER):
        low = int(option.minimum) if option.minimum is not None else 0
        high = min(int(option.maximum) if option.maximum is not None else 1000, low + 1000)
        whole = st.sampled_from([low, high]) | st.integers(low, high)
        return whole if option.kind is ValueKind.INTEGER else whole.map(float)
    return st.sampled_from(["a", "regulars, families", "2026-H1", "letter of the baker"])
