"""A KPI's picture and its table say the same, also with one value, with gaps and below the start."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from lxml import etree

from iciinsmes.projects.charts import kpi_chart, kpi_reached, kpi_table
from iciinsmes.projects.data import EntryData, Kind

_AT = datetime(2026, 9, 1, tzinfo=UTC)
_SVG = "{http://www.w3.org/2000/svg}"


def _entry(kind, content, author=1):
    return EntryData(uuid4(), kind, content, 1, author, _AT, author, _AT)


def _kpi(**more):
    content = {
        "name": "Late <deliveries>",
        "unit": "%",
        "direction": "down",
        "baseline": "200",
        "baseline_on": "2026-09-01",
        "target": "0",
        "target_on": "2027-03-31",
        "interval": "month",
        "source": "Order book",
    }
    return _entry(Kind.KPI, {key: value for key, value in {**content, **more}.items() if value is not None})


def _readings(*values):
    return [_entry(Kind.READING, {"kpi": "", "on": on, "value": value}, 2) for on, value in values]


def _shapes(svg, role):
    return [each for each in etree.fromstring(str(svg)).iter() if each.get("class") == role]


def test_attainment_of_a_falling_goal_is_half_way_at_the_half_and_shown_below_the_start():
    rows = kpi_table(_kpi(), _readings(("2026-10-01", "100"), ("2026-11-01", "210")), {2: "Anna"})
    assert [(row.value, row.change, row.attainment, row.by) for row in rows] == [
        ("200\u00a0%", "", "0\u00a0%", ""),
        ("100\u00a0%", "−100", "50\u00a0%", "Anna"),  # noqa: RUF001 - a minus
        ("210\u00a0%", "+110", "-5\u00a0%", "Anna"),
    ]
    assert kpi_reached(_kpi(), _readings(("2026-10-01", "100"))) * 2 == 1
    assert kpi_reached(_kpi(), []) is None


def test_a_month_without_a_value_is_a_gap_and_no_zero():
    readings = _readings(("2026-10-31", "150"), ("2026-12-01", "120"), ("2027-01-01", "110"))
    lines = _shapes(kpi_chart(_kpi(), readings), "chart-line")
    assert [line.get("d").count("L") for line in lines] == [1, 1]
    assert [row.value for row in kpi_table(_kpi(), readings) if row.is_gap] == ["no value in 1 month"]


@pytest.mark.parametrize(
    ("baseline", "values"),
    [
        ("5", []),
        ("5", [("2026-10-01", "7")]),
        (None, [("2026-10-01", "90")]),
        ("15", []),
        ("50", [("2026-10-01", "40")]),
    ],
)
def test_the_goal_line_lies_where_its_value_is(baseline, values):
    svg = kpi_chart(_kpi(target="15", baseline=baseline), _readings(*values))
    root = etree.fromstring(str(svg))
    (goal,) = _shapes(svg, "chart-goal")
    heights = {float(y) for y in re.findall(r" ([\d.]+)", goal.get("d"))}
    assert len(heights) == 1
    (y,) = heights
    (words,) = _shapes(svg, "chart-goal-words")
    assert words.text == "Goal 15\u00a0%"
    assert 12 <= float(words.get("y")) <= 190
    points = [(float(dot.get("cy"))) for dot in root.iter(f"{_SVG}circle")]
    wanted = [float(value) for value in ([baseline] if baseline else [])] + [float(each) for _on, each in values]
    for value in wanted:
        assert any((place > y) == (value < 15) and (place < y) == (value > 15) for place in points)


def test_days_lie_where_they_are_and_all_words_within_the_picture():
    svg = kpi_chart(_kpi(target_on=None), _readings(("2026-09-11", "190"), ("2026-12-10", "180")))
    start, first, last = (
        float(dot.get("cx")) for dot in etree.fromstring(str(svg)).iter(f"{_SVG}circle") if dot.get("r") == "4"
    )
    assert (first - start) * 10 == pytest.approx(last - start, abs=1)
    for text in etree.fromstring(str(svg)).iter(f"{_SVG}text"):
        width = len(text.text) * 12 * 0.54
        x = float(text.get("x"))
        left = {"start": x, "end": x - width, "middle": x - width / 2}[text.get("text-anchor")]
        assert left >= -0.1
        assert left + width <= 320.1


def test_a_kpi_without_any_value_has_no_picture_and_names_are_escaped():
    assert kpi_chart(_kpi(baseline=None), []) == ""
    svg = kpi_chart(_kpi(), [])
    assert etree.fromstring(str(svg)).find(f"{_SVG}title").text == "Late <deliveries>"
    assert "200\u00a0%" in etree.fromstring(str(svg)).find(f"{_SVG}desc").text


def test_of_two_values_of_a_day_the_later_is_drawn_and_both_stand_in_the_table():
    readings = _readings(("2026-10-01", "100"), ("2026-10-01", "110"))
    svg = str(kpi_chart(_kpi(), readings))
    assert svg.count("chart-dot") == 2
    assert len(kpi_table(_kpi(), readings)) == 3
