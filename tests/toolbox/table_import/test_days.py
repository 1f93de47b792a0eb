"""Days as survey programs, shops and people of many countries write them; one order for a whole column."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.cells.days import Order, day, day_order
from tests.toolbox.files import X, xlsx

NPS = api.find_instrument(name="T02")
DAY = date(2026, 5, 18)


def days(*cells: str) -> list[object]:
    """The days of a column of these cells; the reason where one is left out."""
    text = "date\tscore\n" + "".join(f"{cell}\t9\n" for cell in cells)
    found = api.read_table(instrument=NPS, sheet=api.open_pasted(text=text), mapping={"date": 0, "score": 1})
    values = iter(found.table.columns["date"])
    reasons = {problem.line: show(problem.text) for problem in found.problems}
    return [reasons[line] if line in reasons else next(values) for line in range(2, len(cells) + 2)]


@pytest.mark.parametrize(
    "words",
    [
        "2026/05/18 11:11:06 AM GMT+2", "2026-05-18 10:11:12 UTC", "2026-05-18T10:11:12.123+02:00",
        "2026-05-18 9:05 pm",
        "5/18/2026 11:11:06", "5/18/26, 11:11 AM", "Mon May 18 2026 11:11:06 GMT+0200 (CEST)", "Monday, May 18, 2026",
        "May 18, 2026 at 3:05 PM", "18-May-2026 10:11", "18. maj 2026 kl. 14.05", "18.05.2026, 10:11 Uhr",
        "18.05.2026 um 10:11", "18.05.2026 10:11:12 (MESZ)", "18 maja 2026, godz. 10:11", "18-05-2026 13.05",
        "poniedziałek, 18 maja 2026", "18 maja 2026 r.", "dnia 18.05.2026 r.", "d. 18. maj 2026", "den 18.5.2026",
        "20260518T101112Z", "2026. 05. 18. 10:11:12", "2026. 05. 18. de. 10:11", "2026. május 18. 10:11",
        "18/05/2026", "18. 5. 2026", "18.5.26", "18. mai 2026",
    ],
)  # fmt: skip
def test_a_day(words):
    assert days(words) == [DAY]


@pytest.mark.parametrize("words", ["10:15", "2026-05", "05/2026", "May 2026", "1.5", "12 50", "soon", "Monday", "2026"])
def test_no_day(words):
    assert days(words) == [f"“{words}” is not a day"]


def test_short_years_that_come_first():
    assert days("26.03.04.", "26. 12. 31.") == [date(2026, 3, 4), date(2026, 12, 31)]
    assert days(*(f"26-{5 + part % 2:02}-{part:02}" for part in range(1, 9))) == [
        date(2026, 5 + part % 2, part) for part in range(1, 9)
    ]


def test_years_of_two_figures():
    assert days("18.05.26", "18.05.95", "18.05.68") == [DAY, date(1995, 5, 18), date(2068, 5, 18)]


def test_a_column_has_one_order():
    assert days("03/04/2026", "03/25/2026") == [date(2026, 3, 4), date(2026, 3, 25)]
    assert days("03/04/2026", "25/03/2026") == [date(2026, 4, 3), date(2026, 3, 25)]
    assert days("03.04.2026", "04.05.2026") == [date(2026, 4, 3), date(2026, 5, 4)]


def test_a_column_with_both_orders_is_refused_as_a_whole():
    found = days("03/04/2026", "03/25/2026", "25/03/2026", "2026-05-18")
    assert all("may be two days" in str(reason) for reason in found[:3])
    assert found[3] == DAY


@pytest.mark.parametrize(("cells", "count"), [(["03/04/2026", "05/06/2026"], 1), (["03/04/2026", "25/06/2026"], 0),
                                              (["03.04.2026"], 0), (["03/03/2026"], 0)])  # fmt: skip
def test_an_order_that_nothing_tells_is_said(cells, count):
    text = "date\tscore\n" + "".join(f"{cell}\t9\n" for cell in cells)
    found = api.read_table(instrument=NPS, sheet=api.open_pasted(text=text), mapping={"date": 0, "score": 1})
    assert sum("with the day first" in show(note) for note in found.notes) == count


@given(
    st.lists(st.dates(date(1990, 1, 1), date(2068, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%y", "%m/%d/%y", "%d.%m.%Y"]),
)
def test_no_column_is_read_in_the_wrong_order(wanted, form):
    cells = [one.strftime(form) for one in wanted]
    order = day_order(cells)
    found = [day(cell, order) for cell in cells]
    assert found == wanted or order is Order.UNTOLD
    assert order is not Order.BOTH


def test_serial_numbers_of_1904_without_a_style():
    book = (
        f'<workbook xmlns="{X}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookPr date1904="1"/><sheets><sheet name="Data" r:id="r1"/></sheets></workbook>'
    )
    serial = (DAY - date(1904, 1, 1)).days
    sheet = api.open_table(content=xlsx([["date", "score"], [serial, 9]], **{"xl/workbook.xml": book}))
    found = api.read_table(instrument=NPS, sheet=sheet, mapping={"date": 0, "score": 1})
    assert found.table.columns["date"] == (DAY,)


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_the_reading(words):
    assert day(words, day_order([words])) is None or isinstance(day(words), date | None)


def test_a_time_is_left_away():
    assert {day(f"{DAY:%d.%m.%Y} {timedelta(minutes=15 * step)}") for step in range(96)} == {DAY}
