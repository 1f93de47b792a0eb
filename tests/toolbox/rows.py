"""Tables for tests: by hand, and any that a declaration allows."""

from __future__ import annotations

from datetime import date
from typing import cast

from hypothesis import strategies as st

from iciinsmes.toolbox.instruments.framework import (
    Column,
    Instrument,
    Result,
    ResultTable,
    Table,
    Value,
    ValueKind,
    demo_table,
    run,
)


def compute(instrument: Instrument, keys: str, rows, **options) -> Result:
    """Run an instrument on rows whose values follow ``keys``, names of columns with spaces between them."""
    return run(instrument, Table.of(keys.split(), rows), options)


def demo_rows(instrument: Instrument) -> list[tuple[Value, ...]]:
    """Return the rows of the invented firm, in the order of the columns."""
    return list(zip(*demo_table(instrument=instrument).columns.values(), strict=True))


def numbers(table: ResultTable, key: str) -> list[float]:
    """Return a column of a result table in which every cell is a number."""
    return cast("list[float]", table.column(key))


def number(value: object) -> float:
    """Return a cell or the value of a figure, which must be a number."""
    assert isinstance(value, int | float)
    return value


def cells(column: Column) -> st.SearchStrategy:
    """Return everything that the intake lets into a column."""
    by_kind = {
        ValueKind.INTEGER: lambda: st.integers(
            int(column.minimum) if column.minimum is not None else -1000,
            int(column.maximum) if column.maximum is not None else 1000,
        ),
        ValueKind.NUMBER: lambda: st.floats(
            column.minimum if column.minimum is not None else -1e6,
            column.maximum if column.maximum is not None else 1e6,
            allow_nan=False,
        ).map(lambda value: round(value, 2)),
        ValueKind.DATE: lambda: st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        ValueKind.YES_NO: st.booleans,
        ValueKind.CHOICE: lambda: st.sampled_from([choice.value for choice in column.choices]),
        ValueKind.KEY: lambda: st.sampled_from([f"C{number}" for number in range(12)]),
        ValueKind.WORD: lambda: st.sampled_from(["a", "b", "B ", "żółw", "100 %", "<b>", "%(n)s", "x" * 200]),
        ValueKind.FREE_TEXT: lambda: st.text(max_size=40),
    }
    filled = by_kind[column.kind]()
    return filled if column.required else st.none() | filled


@st.composite
def tables(draw, instrument: Instrument) -> Table:
    """Any clean table of an instrument, with or without its optional columns."""
    columns = [column for column in instrument.columns if column.required or draw(st.booleans())]
    rows = draw(st.lists(st.tuples(*map(cells, columns)), max_size=40))
    return Table.of([column.key for column in columns], rows)
