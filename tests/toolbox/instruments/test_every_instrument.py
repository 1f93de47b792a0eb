"""What holds for each instrument of the catalogue, so that a new one need not repeat it."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.toolbox.charts.render import chart_svg
from iciinsmes.toolbox.instruments import INSTRUMENTS
from iciinsmes.toolbox.instruments.framework import (
    Instrument,
    Level,
    Result,
    Table,
    Text,
    ValueKind,
    check_valid,
    demo_table,
    result_from_json,
    result_to_json,
    run,
    show,
)
from tests.toolbox.rows import tables

every = pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.code)


def demo(instrument: Instrument) -> Result:
    return run(instrument, demo_table(instrument=instrument), instrument.demo.options)


def texts_in(value) -> list[Text]:
    if isinstance(value, Text):
        return [value, *(text for entry in value.parameters.values() for text in texts_in(entry))]
    if isinstance(value, tuple):
        return [text for entry in value for text in texts_in(entry)]
    return [text for entry in vars(value).values() for text in texts_in(entry)] if is_dataclass(value) else []


def assert_sound(result: Result) -> None:
    """Everything can be stored, shown, drawn, and asked."""
    written = json.dumps(result_to_json(result), allow_nan=False)
    assert result_from_json(json.loads(written)) == result
    for text in texts_in(result):
        show(text)
    for keys in ([figure.key for figure in result.figures], [table.key for table in result.tables]):
        assert len(set(keys)) == len(keys)
    for table in result.tables:
        assert {len(row) for row in table.rows} <= {len(table.headings)}
    for figure in result.figures:
        if figure.low is not None and figure.high is not None and isinstance(figure.value, int | float):
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9
    for chart in result.charts:
        svg = chart_svg(chart, result)
        assert svg.startswith("<svg")
        assert "<b>" not in svg
    asked = [entry.key for entry in result.estimates] + [entry.key for entry in result.questions]
    assert len(set(asked)) == len(asked)
    for question in result.questions:
        right = sum(answer.right for answer in question.answers)
        assert right == 1 or question.several
        assert len(question.answers) > 1
    for estimate in result.estimates:
        assert math.isfinite(estimate.answer)


def test_keys_and_codes_are_unique_and_can_stand_in_addresses():
    assert Counter(instrument.key for instrument in INSTRUMENTS).most_common(1)[0][1] == 1
    assert [instrument.code for instrument in INSTRUMENTS] == sorted({instrument.code for instrument in INSTRUMENTS})
    assert all(re.fullmatch(r"[a-z][a-z-]+[a-z]", instrument.key) for instrument in INSTRUMENTS)


@every
def test_the_declaration_is_complete(instrument: Instrument):
    assert instrument.phases
    assert instrument.needs
    assert instrument.reference
    assert 2 <= len(instrument.explanation) <= 5
    assert sum(len(show(text)) for text in instrument.explanation) <= 900, "read in a minute"
    for fields in (instrument.columns, instrument.options):
        assert len({field.key for field in fields}) == len(fields)
        assert all(bool(field.choices) == (field.kind is ValueKind.CHOICE) for field in fields)
    for text in texts_in(tuple(value for name, value in vars(instrument).items() if name not in ("demo", "compute"))):
        show(text)


@every
def test_a_canvas_has_one_place_for_each_choice(instrument: Instrument):
    canvas = instrument.canvas
    if canvas is None:
        return
    columns = {column.key: column for column in canvas.columns or instrument.columns}
    assert columns[canvas.text].kind in (ValueKind.WORD, ValueKind.FREE_TEXT)
    assert columns[canvas.text].required
    if not canvas.place:
        assert canvas.layout == ()
        return
    assert columns[canvas.place].kind is ValueKind.CHOICE
    assert columns[canvas.place].required
    assert len({len(row) for row in canvas.layout}) == 1, "rows of the grid are equally long"
    cells: dict[str, set[tuple[int, int]]] = {}
    for row, values in enumerate(canvas.layout):
        for column, value in enumerate(values):
            cells.setdefault(value, set()).add((row, column))
    cells.pop("", None)
    assert set(cells) == {choice.value for choice in columns[canvas.place].choices}
    for filled in cells.values():
        rows, across = {row for row, _column in filled}, {column for _row, column in filled}
        assert len(filled) == (max(rows) - min(rows) + 1) * (max(across) - min(across) + 1), "a place is a rectangle"


@every
def test_the_demo_shows_what_the_instrument_can_do(instrument: Instrument):
    result = demo(instrument)
    assert_sound(result)
    assert result.charts
    assert result.figures
    assert result.questions or result.estimates
    assert result.decision
    assert result == demo(instrument), "the same rows give the same result"


@every
def test_the_demo_of_a_firm_with_enough_customers_is_valid(instrument: Instrument):
    result = demo(instrument)
    assert check_valid(result).right or result.verdict.level is Level.TOO_LITTLE_DATA


@every
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_clean_table_gives_a_sound_result(instrument: Instrument, data):
    result = run(instrument, data.draw(tables(instrument)))
    assert_sound(result)
    if result.n < instrument.minimum:
        assert result.verdict.level is Level.TOO_LITTLE_DATA


#: What follows from the order of rows: posts of one day stand in the order in which they were logged.
BY_ORDER = {("T07", "new_codes")}


@every
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_does_not_matter_for_figures(instrument: Instrument, data):
    table = data.draw(tables(instrument))
    rows = list(zip(*table.columns.values(), strict=True))
    mixed = Table.of(list(table.columns), data.draw(st.permutations(rows)))
    for one, other in zip(run(instrument, table).figures, run(instrument, mixed).figures, strict=True):
        if (instrument.code, one.key) in BY_ORDER:
            continue
        if isinstance(one.value, float) and isinstance(other.value, float):
            assert one.value == pytest.approx(other.value, rel=1e-6, abs=1e-9)
        else:
            assert one.value == other.value or isinstance(one.value, str)
