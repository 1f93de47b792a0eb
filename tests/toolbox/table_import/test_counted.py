"""A table that was counted already is not counted once more."""

from __future__ import annotations

import pytest

from iciinsmes.toolbox import api

TABLES = {
    "complaint-pareto": "Ursache;Anzahl\nzu spät;40\nMaß falsch;12\nzu teuer;3\n",
    "net-promoter-score": "score,count\n10,40\n9,12\n7,0\n3,5\n",
    "customer-satisfaction": "ocena,liczba\n5,40\n4,12\n3,1\n",
    "customer-effort-score": "score;darab\n7;40\n6;12\n3;1\n",
}


def used(key: str, text: str) -> tuple[int, set[str]]:
    instrument = api.find_instrument(name=key)
    sheet = api.open_table(content=text.encode())
    guess = api.weigh_columns(instrument=instrument, sheet=sheet)
    mapping = guess.mapping or {instrument.columns[1].key: 0}
    intake = api.read_table(instrument=instrument, sheet=sheet, mapping=mapping)
    return intake.rows_used, {str(problem.text.parameters.get("column")) for problem in intake.problems}


@pytest.mark.parametrize("key", TABLES)
def test_no_row_of_a_counted_table_is_one_case(key):
    text = TABLES[key]
    heading = text.replace(",", ";").splitlines()[0].partition(";")[2]
    assert used(key, text) == (0, {heading})


@pytest.mark.parametrize(
    "text",
    [
        # How many pieces a complaint was about.
        "cause,quantity\nlate,3\ndirty,1\nlate,2\n",
        # Each stands for one.
        "cause,count\nlate,1\ndirty,1\n",
        # Not a number of anything.
        "cause,number\nlate,A-17\ndirty,A-18\n",
        "cause,number\nlate,1.5\ndirty,2.5\n",
    ],
)
def test_a_list_of_cases_is_read(text):
    assert used("complaint-pareto", text)[0] == len(text.splitlines()) - 1
