"""Totals, second headings, remarks and titles around a table: none of them is counted, and each is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.languages import PACKS
from tests.toolbox.files import ods, xlsx

PARETO = api.find_instrument(name="T05")
ROWS = [["late", 5], ["dirty", 12], ["late", 7], ["wrong", 3.5], ["late", 8]]
CAUSES = [row[0] for row in ROWS]


def pasted(*rows: Sequence[object]) -> str:
    return "".join(";".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def read(text: str | bytes, instrument=PARETO, **mapping: int):
    sheet = api.open_pasted(text=text) if isinstance(text, str) else api.open_table(content=text)
    return api.read_table(instrument=instrument, sheet=sheet, mapping=mapping or {"cause": 0, "cost": 1})


def left_out(found) -> list[tuple[int, str]]:
    return [(left.row, show(left.reasons[0])) for left in found.rows_left_out]


def test_a_last_order_that_equals_the_sum_of_purchases_and_returns_is_data():
    rows = [["late", 1], ["dirty", 1], ["wrong", -0.5], ["lost", -0.5], ["dear", 1]]
    found = left_out(read(pasted(["Ursache", "Kosten"], *rows)))
    # Costs have no sign, sums are looked for before that is known.
    assert [row for row, _reason in found] == [4, 5]


@pytest.mark.parametrize("word", sorted({word for pack in PACKS for word in pack.totals}))
@pytest.mark.parametrize("form", [str.capitalize, str.upper, "{}:".format])
def test_a_row_of_totals_in_every_language(word, form):
    found = read(pasted(["Ursache", "Kosten"], *ROWS, [form(word), 999]))
    assert list(found.table.columns["cause"]) == CAUSES
    assert left_out(found) == [(7, "The whole line: is a row of totals")]


@pytest.mark.parametrize(
    "last",
    [
        ["Summe 2026", 35.5],
        ["Total EUR", "35.50"],
        ["Razem zł", 999],
        ["I alt kr.", 35.5],
        [None, 35.5],
        ["Summe"],
        ["  Summe  ", 999],
    ],
)
def test_other_rows_of_totals(last):
    found = read(pasted(["cause", "cost"], *ROWS, last))
    assert list(found.table.columns["cause"]) == CAUSES


@pytest.mark.parametrize("make", [xlsx, ods])
def test_totals_of_spreadsheets(make):
    found = read(make([["cause", "cost"], *ROWS, [], ["Gesamtergebnis", 35.5]]))
    assert left_out(found)[0][1] == "The whole line: is a row of totals"
    assert list(found.table.columns["cause"]) == CAUSES


def test_subtotals_within():
    found = read(pasted(["cause", "cost"], *ROWS[:2], ["Zwischensumme", 17], *ROWS[2:], ["Zwischensumme", 18.5],
                        ["Gesamt", 35.5]))  # fmt: skip
    assert [row for row, _reason in left_out(found)] == [4, 8, 9]


def test_a_sum_behind_a_day_and_below_a_count():
    rows = [["01.03.2026", "late", 100], ["14.03.2026", "dirty", 200], ["20.03.2026", "late", 300]]
    found = read(pasted(["date", "cause", "cost"], *rows, ["31.03.2026", "Gesamtsumme", 600]), date=0, cause=1, cost=2)
    assert [row for row, _reason in left_out(found)] == [5]
    found = read(pasted(["cause", "cost"], *ROWS, ["Anzahl: 5"], ["Ø", 7.1], ["Σ", 35.5]))
    assert [row for row, _reason in left_out(found)] == [7, 8, 9]


def test_a_comment_of_one_word_is_no_sum():
    nps = api.find_instrument(name="T02")
    text = pasted(["score", "comment"], [9, "ok"], [3, "total"], [8, "Summe"], [2, "mean"])
    assert len(read(text, nps, score=0, comment=1).table) == 4


def test_a_group_with_the_name_of_a_sum_is_kept():
    text = pasted(["cause", "cost"], *([["Total", index % 7 + 1], ["Shell", 9]][index % 2] for index in range(40)))
    assert len(read(text).table) == 40
    assert len(read(pasted(["cause", "cost"], *ROWS, ["Total failure of the door", 3])).table) == 6


@pytest.mark.parametrize("label", ["12 customers", "Totaal", "alle", ""])
def test_a_last_row_of_sums_with_any_label(label):
    rows = [[f"K{number:02}", 100 * number, 10 * number] for number in range(1, 13)]
    text = pasted(["cause", "cost", "days"], *rows, [label, 7800, 780])
    assert [row for row, _reason in left_out(read(text))] == [14]
    text = pasted(["cause", "cost"], *(row[:2] for row in rows), [label, 7800])
    assert [row for row, _reason in left_out(read(text))] == [14]


@given(st.lists(st.integers(0, 10), min_size=4, max_size=30))
def test_a_list_of_scores_has_no_sum(scores):
    sheet = api.open_pasted(text=pasted(["score"], *([score] for score in scores)))
    assert len(sheet.rows) == len(scores)


@given(st.lists(st.integers(0, 1), min_size=4, max_size=30), st.lists(st.integers(0, 99), min_size=4, max_size=30))
def test_an_ordinary_last_row_is_no_sum(flags, costs):
    for numbers in (flags, costs):
        if sum(numbers[:-1]) != numbers[-1] or sum(numbers[:-1]) < 2 * max(numbers[:-1]):
            sheet = api.open_pasted(text=pasted(["cause", "cost"], *(["late", number] for number in numbers)))
            assert len(sheet.rows) == len(numbers)


def test_qualtrics_has_three_lines_of_headings():
    lines = 'ResponseId,cause\nResponse ID,Why?\n"{""ImportId"":""_recordId""}","{""ImportId"":""QID7""}"\nR_1,late\n'
    sheet = api.open_pasted(text=lines)
    assert sheet.questions == ("Response ID", "Why?")
    found = read(lines, cause=1)
    assert list(found.table.columns["cause"]) == ["late"]
    assert [row for row, _reason in left_out(found)] == [2, 3]


def test_surveymonkey_has_two_lines_of_headings():
    lines = (
        "Respondent ID,Start Date,How likely are you to recommend us?,Why?,\n"
        ",,,Open-Ended Response,Other (please specify)\n"
        "1,05/18/2026,9,ok,\n2,05/19/2026,7,late,dirty\n"
    )
    sheet = api.open_pasted(text=lines)
    assert [row[0] for row in sheet.rows] == ["1", "2"]
    assert sheet.names[4] == "Other (please specify)"


def test_a_line_with_units_below_the_names():
    found = read(pasted(["cause", "cost", "days"], ["words", "in Euro", "Tage"], *([*row, 4] for row in ROWS)))
    assert list(found.table.columns["cause"]) == CAUSES
    assert left_out(found) == [(2, "The whole line: is a second line of headings")]


def test_names_once_more():
    found = read(pasted(["cause", "cost"], *ROWS, ["cause", "cost"], *ROWS))
    assert len(found.table) == 10
    assert [row for row, _reason in left_out(found)] == [7]


def test_remarks_below_a_gap():
    found = read(pasted(["cause", "cost"], *ROWS) + "\nStand: 12.05.2026\n* estimated\n")
    assert list(found.table.columns["cause"]) == CAUSES
    assert [reason for _row, reason in left_out(found)] == ["The whole line: stands apart below the table"] * 2
    assert len(read(pasted(["cause", "cost"], *ROWS, ["late"], ["dirty"])).table) == 7


PREAMBLES: dict[str, list[list[object]]] = {
    "a firm and its period": [["Firma:", "Muster GmbH"], ["Zeitraum:", "01.01.2026", "bis", "31.12.2026"], []],
    "words only": [["Report", "Complaints"], ["Firm", "Nordlicht"], []],
    "a title": [["Reklamationen 2026"]],
    "titles": [["Reklamationen"], ["Stand: 4.3.2026"], []],
    "DATEV": [["EXTF", 700, 21, "Buchungsstapel", 13, "20260518101112000"]],
    "a number and a word": [["Mandant", 12345], ["Bearbeiter", "xy"]],
}


@pytest.mark.parametrize("preamble", PREAMBLES.values(), ids=PREAMBLES.keys())
def test_lines_before_the_names(preamble):
    rows: list[Sequence[object]] = [["cause", "cost", "date", "who"], *([*row, "2026-05-18", "x"] for row in ROWS)]
    for content in (pasted(*preamble, *rows), xlsx([*preamble, *rows]), ods([*preamble, *rows])):
        found = read(content)
        assert list(found.table.columns["cause"]) == CAUSES
        assert any("names of the columns were found in line" in show(note) for note in found.notes)


def test_days_of_datev_get_their_year():
    first = '"EXTF";700;21;"Buchungsstapel";13;20260518;;"RE";"";"";29098;55003;20260101;4;20260501;20260531;"Mai";"";1'
    names = "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum"
    names += ";Buchungstext" + "".join(f";Zusatzinformation - Art {number}" for number in range(110))
    rows = [f'1.120,50;"{side}";10001;8400;{day};"x"' + ";" * 110 for side, day in (("S", "1805"), ("H", "105"))]
    found = read(f"{first}\n{names}\n" + "\n".join(rows), cause=5, cost=0, date=4)
    assert [str(day) for day in found.table.dates("date")] == ["2026-05-18", "2026-05-01"]
    assert list(found.table.columns["cost"]) == [1120.5, 1120.5]
    assert any("tells debit from credit" in show(note) for note in found.notes)


def test_an_open_quotation_mark_is_named_with_its_line():
    text = 'cause;cost\nlate;5\n"dirty;6\nwrong;7\nlate;8\nlate;9\n'
    with pytest.raises(UnreadableTable) as refused:
        api.open_pasted(text=text)
    assert "in line 3 " in show(refused.value.text)
    with pytest.raises(UnreadableTable) as refused:
        api.open_pasted(text=text + 'late;"nobody rang"\n')
    assert "in line 3 " in show(refused.value.text)


def test_quotation_marks_that_are_closed_stay():
    found = read('cause;cost\n"two\nlines; both";5\n"a ""quoted"" one";6\n5" pipe;7\n')
    assert list(found.table.columns["cause"]) == ["two lines; both", 'a "quoted" one', '5" pipe']


def test_two_columns_of_one_name():
    sheet = api.open_pasted(text="date;score;score\n2026-01-01;;7\n2026-01-02;;9\n")
    assert sheet.names == ("date", "", "score")
    assert api.open_pasted(text="date;score;score\n2026-01-01;3;7\n").names == ("date", "score", "score")


def test_wide_tables_are_read():
    names = [f"Extra {index}" for index in range(300)]
    found = read(pasted([*names, "cause"], *([*range(300), row[0]] for row in ROWS)), cause=300)
    assert list(found.table.columns["cause"]) == CAUSES


def test_a_long_cell_costs_its_row_only():
    long = "x" * 200_000
    assert left_out(read(pasted(["cause", "cost"], *ROWS, ["late " + long[:6000], 4]))) == [
        (7, "Cause: has more than 5000 letters")
    ]
    found = read(pasted(["cause", "cost", "note"], *ROWS, ["late", 4, long[:100_000]]))
    assert len(found.table) == 6, "nobody asks for the long cell"


def test_a_name_of_one_column_with_commas():
    found = read("Causes, in a few words, please\nlate\ndirty\nlate\n", cause=0)
    assert list(found.table.columns["cause"]) == ["late", "dirty", "late"]
