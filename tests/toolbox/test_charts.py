from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from iciinsmes.lib.drawing import WIDE, WIDTH
from iciinsmes.lib.scales import AxisScale
from iciinsmes.toolbox.charts.render import chart_svg
from iciinsmes.toolbox.instruments.framework import (
    Chart,
    ChartKind,
    Heading,
    Language,
    Level,
    Mark,
    Result,
    ResultTable,
    Verdict,
    msg,
)

SVG = "{http://www.w3.org/2000/svg}"
KINDS = list(ChartKind)
COLUMNS = tuple(Heading(key, msg(key)) for key in ("name", "x", "y", "low", "high", "marked"))


def result(*rows) -> Result:
    table = ResultTable("t", msg("Table"), COLUMNS, rows)
    return Result(n=len(rows), verdict=Verdict("v", Level.NEUTRAL, msg("Fine.")), tables=(table,))


def chart(kind: ChartKind, **changes) -> Chart:
    label = "x" if kind is ChartKind.CURVES else "name"
    low, high = ("low", "high") if kind in (ChartKind.BARS, ChartKind.RANGES) else ("", "")
    return Chart(kind, msg("A chart"), "t", label, ("x", "y"), low=low, high=high, emphasis="marked", **changes)


ROWS = (("Küche <neu>", 40.0, 46.0, 30.0, 50.0, True), ("Bad & Flur", 10.0, 100.0, 5.0, 20.0, False))


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_well_formed_and_says_what_it_shows(kind):
    tree = etree.fromstring(chart_svg(chart(kind), result(*ROWS)))
    assert tree.get("role") == "img"
    assert tree.findtext(f"{SVG}title") == "A chart"
    assert "46.0" in tree.get("aria-label") or "40.0" in tree.get("aria-label")
    assert tree.get("viewBox").split()[2] == str(WIDTH)
    assert not tree.xpath("//@style | //@onclick | //*[local-name() = 'script' or local-name() = 'style']")


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_written_as_the_language_does(kind):
    language = Language(translate=lambda message: message.upper(), point=",")
    svg = chart_svg(chart(kind), result(*ROWS), language)
    assert "46,0" in svg or "40,0" in svg
    assert "A CHART" in svg


@pytest.mark.parametrize("is_wide", [False, True], ids=["phone", "wide"])
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_numbers_stay_inside(kind, is_wide, data):
    number = st.none() | st.floats(-1e9, 1e9) | st.just(0.0)
    rows = data.draw(st.lists(st.tuples(st.text("abö<&1 ", max_size=60), number, number, number, number, st.booleans()),
                              max_size=30))  # fmt: skip
    marks = (Mark("x", 0.0, msg("here")), Mark("y", 5.0, msg("there")))
    tree = etree.fromstring(chart_svg(chart(kind, marks=marks), result(*rows), is_wide=is_wide))
    width, height = map(float, tree.get("viewBox").split()[2:])
    assert width == (WIDE if is_wide else WIDTH)
    for shape in tree.iter(f"{SVG}text", f"{SVG}rect"):
        assert -1 <= float(shape.get("x")) <= width + 1
        assert -20 <= float(shape.get("y")) <= height + 1
    for shape in tree.iter(f"{SVG}circle"):
        assert -1 <= float(shape.get("cx")) <= width + 1


LONG = "Treppenhaus mit Abstellraum und Garderobe im Altbau"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (ChartKind.CURVES, ChartKind.HEAT)])
def test_a_wide_chart_has_twice_the_room_and_names_are_whole(kind):
    rows = ((LONG, 40.0, 46.0, 30.0, 50.0, False), ("Bad", 10.0, 100.0, 5.0, 20.0, False))
    narrow, wide = (chart_svg(chart(kind), result(*rows), is_wide=is_wide) for is_wide in (False, True))

    def words(svg):
        return " ".join(text.text for text in etree.fromstring(svg).iter(f"{SVG}text"))

    assert WIDE == 2 * WIDTH
    assert LONG in words(wide)
    assert LONG not in words(narrow)


def test_names_of_a_wide_heat_table_get_the_room_they_need():
    rows = (("Treppenhaus im Altbau", 40.0, 46.0, 30.0, 50.0, False), ("Bad", 10.0, 100.0, 5.0, 20.0, False))
    assert ">Treppenhaus im Altbau<" in chart_svg(chart(ChartKind.HEAT), result(*rows), is_wide=True)


@pytest.mark.parametrize("kind", KINDS)
def test_marks_do_not_depend_on_colour(kind):
    """Two lines differ in their dashes, marked rows have a sign."""
    tree = etree.fromstring(chart_svg(chart(kind), result(*ROWS)))
    if kind in (ChartKind.BARS, ChartKind.PARETO, ChartKind.LINES, ChartKind.SCATTER):
        assert "▲" in "".join(map(str, tree.itertext()))
    if kind in (ChartKind.LINES, ChartKind.CURVES):
        dashes = {path.get("stroke-dasharray") for path in tree.iter(f"{SVG}path") if path.get("stroke-width") == "2"}
        assert len(dashes) == 2


def test_a_slanted_line_ends_where_the_plane_does():
    """Twice the value to the right, less 50: from 25 at the bottom to 75 at the top of a plane of 0 to 100."""
    marks = (Mark("y", -50.0, msg("slanted"), slope=2.0),)
    tree = etree.fromstring(chart_svg(chart(ChartKind.SCATTER, marks=marks, minimum=0, maximum=100), result(*ROWS)))
    axes, line = (re.findall(r"[\d.]+", path.get("d")) for path in tree.iter(f"{SVG}path"))
    (left, top), (_left, bottom), (right, _bottom) = [tuple(map(float, axes[place : place + 2])) for place in (0, 2, 4)]
    quarter = (right - left - 12) / 4  # points keep 6 from both ends
    assert [float(number) for number in line] == pytest.approx(
        [left + 6 + quarter, bottom, left + 6 + 3 * quarter, top], abs=0.2
    )
    assert "slanted" in "".join(map(str, tree.itertext()))


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_axes_have_a_few_round_numbers(low, span):
    ticks = AxisScale(low, low + span, 0, 100).ticks()
    assert len(ticks) <= 11
    assert all(low - span * 1e-6 <= tick <= low + span * 1.000001 for tick in ticks)


def test_points_at_the_same_place_share_their_numbers():
    rows = (("a", 1.0, 2.0, 0, 0, False), ("b", 3.0, 2.0, 0, 0, False), ("c", 1.0, 2.0, 0, 0, False))
    tree = etree.fromstring(chart_svg(chart(ChartKind.SCATTER), result(*rows)))
    assert {"1, 3", "2"} <= {entry.text for entry in tree.iter(f"{SVG}text")}
    assert len(list(tree.iter(f"{SVG}circle"))) == 2


def test_numbers_of_marks_that_lie_close_together_stand_side_by_side():
    marks = (Mark("x", 20.1, msg("later")), Mark("x", 20.0, msg("sooner")))
    tree = etree.fromstring(chart_svg(chart(ChartKind.CURVES, marks=marks), result(*ROWS)))
    places = {text.text: float(text.get("x")) for text in tree.iter(f"{SVG}text") if text.get("font-weight")}
    assert places["1"] >= places["2"] + 8
