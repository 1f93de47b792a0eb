"""Marks for "not known", marks of schools, and groups that masking must not make one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import show
from iciinsmes.toolbox.table_import.languages import PACKS

PARETO, CSAT, NPS, KANO, RFM = (api.find_instrument(name=code) for code in ("T05", "T03", "T02", "T12", "T13"))


def read(instrument, text: str, **mapping: int):
    return api.read_table(instrument=instrument, sheet=api.open_pasted(text=text), mapping=mapping)


NOT_KNOWN = sorted({word for pack in PACKS for word in pack.empty} | {"-", "--", "–", "—", ".", "?", "/", "…", "N/A"})  # noqa: RUF001 - dashes
NOTHING = sorted({word for pack in PACKS for word in pack.nothing})


@pytest.mark.parametrize("mark", [*NOT_KNOWN, *map(str.upper, NOT_KNOWN), " - "])
def test_a_mark_in_an_optional_column_costs_no_row(mark):
    found = read(PARETO, f"cause\tcost\tdate\nlate\t{mark}\t{mark}\n", cause=0, cost=1, date=2)
    assert found.problems == ()
    assert found.table.columns == {"cause": ("late",), "cost": (None,), "date": (None,)}
    assert read(NPS, f"score\tcomment\n9\t{mark}\n", score=0, comment=1).table.columns["comment"] == (None,)


@pytest.mark.parametrize("mark", [*NOTHING, *map(str.capitalize, NOTHING)])
def test_words_for_nothing_among_numbers(mark):
    assert read(PARETO, f"cause\tcost\nlate\t{mark}\n", cause=0, cost=1).table.columns["cost"] == (None,)
    assert read(NPS, f"score\tcomment\n9\t{mark}\n", score=0, comment=1).table.columns["comment"] == (mark,)


@pytest.mark.parametrize("mark", ["-", "n/a", "k. A.", "b.d.", "nincs adat", "i/t"])
def test_a_mark_in_a_required_column_is_empty(mark):
    (problem,) = read(PARETO, f"cause\tcost\n{mark}\t5\n", cause=0, cost=1).problems
    assert show(problem.text) == "is empty"


def test_customers_that_are_not_known_are_not_one_customer():
    text = "customer\tdate\tamount\nAnna Berg\t2026-01-01\t5\n-\t2026-01-02\t5\nn/a\t2026-01-03\t5\n"
    found = read(RFM, text, customer=0, date=1, amount=2)
    assert found.table.columns["customer"] == ("C001",)
    assert [problem.line for problem in found.problems] == [3, 4]


def test_an_answer_that_is_a_sign_stays_an_answer():
    netnography = api.find_instrument(name="T21")
    column = next(column for column in netnography.columns if column.choices)
    place = [entry.key for entry in netnography.columns].index(column.key)
    names = "\t".join(entry.key for entry in netnography.columns)
    row = "\t".join("-" if entry is column else "x" for entry in netnography.columns)
    found = read(netnography, f"{names}\n{row}\n", **{column.key: place})
    assert not any(show(problem.text) == "is empty" for problem in found.problems)


SCHOOL = [
    "Note", "Schulnote", "Schulnote (1-6)", "Ihre Note", "Gesamtnote", "známka", "Zufriedenheit (1 = sehr zufrieden)",
    "Zufriedenheit (1=sehr gut bis 5=schlecht)", "Ocena (1 = najlepsza)", "Rating: 1 = very good", "1 = legjobb pont",
    "Karakter (1 = bedst)", "sehr gut (1) bis mangelhaft (5)",
]  # fmt: skip


@pytest.mark.parametrize("name", SCHOOL)
def test_marks_of_which_one_is_the_best_are_not_turned_round_in_silence(name):
    found = read(CSAT, f"{name}\tx\n1\ta\n2\tb\n1\tc\n", score=0)
    assert len(found.table) == 0
    assert all("of which 1 is the best" in show(problem.text) for problem in found.problems)


@pytest.mark.parametrize(
    "name", ["Score", "Bewertung", "Zufriedenheit (1-5)", "Zufriedenheit (5 = sehr gut)", "Ocena", "Score (10 = best)"]
)
def test_other_marks_are_read(name):
    assert len(read(CSAT, f"{name}\tx\n1\ta\n2\tb\n1\tc\n", score=0).table) == 3


def test_a_note_of_ten_is_no_school_mark():
    assert read(NPS, "Note\n9\n3\n10\n", score=0).table.columns["score"] == (9, 3, 10)


def test_groups_stay_apart_when_names_are_hidden():
    found = read(CSAT, "who\tscore\nFrau Huber\t5\nFrau Maier\t1\nFrau  Huber\t4\nShop\t3\n", touchpoint=0, score=1)
    assert found.table.columns["touchpoint"] == ("Frau … 1", "Frau … 2", "Frau … 1", "Shop")
    assert any("“who” names people" in show(note) for note in found.notes)
    assert "Frau …" in read(CSAT, "who\tscore\nFrau Huber\t5\nFrau Huber\t1\n", touchpoint=0, score=1).table.texts(
        "touchpoint"
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Frau", "Herr", "Pani", "Mr", "Fru", "Hr.", "Dr."]),
            st.sampled_from(["Huber", "Maier", "Nowak", "Smith", "Jensen", "Nagy"]),
            st.sampled_from(["", ", Shop", " (Telefon)"]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_no_two_groups_become_one(people):
    words = [f"{title} {name}{rest}" for title, name, rest in people]
    found = read(CSAT, "who\tscore\n" + "".join(f"{word}\t5\n" for word in words), touchpoint=0, score=1)
    kept = found.table.texts("touchpoint")
    assert len(set(kept)) == len(set(words))
    assert not any(name in word for word in kept for _title, name, _rest in people)
