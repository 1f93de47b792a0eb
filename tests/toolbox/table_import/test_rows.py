from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import ValueKind, show
from iciinsmes.toolbox.table_import.cells.empty import is_empty
from iciinsmes.toolbox.table_import.people.personal import hide_people, looks_like_people, pseudonyms

NPS, PARETO, LEAD_USERS, KANO, RFM = (api.find_instrument(name=code) for code in ("T02", "T05", "T10", "T12", "T13"))


def intake(instrument, text: str, **mapping):
    sheet = api.open_pasted(text=text)
    guessed = api.weigh_columns(instrument=instrument, sheet=sheet).mapping
    return api.read_table(instrument=instrument, sheet=sheet, mapping={**guessed, **mapping})


def test_every_row_left_out_is_named():
    found = intake(PARETO, "cause;cost;date\nlate;5;2026-01-01\n;7;2026-01-01\nwrong;-3;soon\nlate;;\n")
    assert found.table.columns == {
        "cause": ("late", "late"),
        "cost": (5.0, None),
        "date": (found.table.dates("date")[0], None),
    }
    said = [(problem.line, show(problem.column), show(problem.text)) for problem in found.problems]
    assert sorted(said) == [
        (3, "Cause", "is empty"),
        (4, "Cost", "-3 is below 0"),
        (4, "Day of the complaint", "“soon” is not a day"),
    ]
    assert found.rows_used == 2
    assert [(left.row, [show(reason) for reason in left.reasons]) for left in found.rows_left_out] == [
        (3, ["Cause: is empty"]),
        (4, ["Day of the complaint: “soon” is not a day", "Cost: -3 is below 0"]),
    ]


@given(st.lists(st.sampled_from(["5", "12", "x", "", "3.5", "10"]), min_size=1, max_size=30))
def test_no_row_vanishes(scores):
    found = intake(NPS, "score;segment\n" + "".join(f"{score};s\n" for score in scores), score=0)
    assert found.rows_used + len(found.rows_left_out) == len(scores)
    assert list(found.table.columns["score"]) == [int(score) for score in scores if score in ("5", "10")]


def test_answers_may_be_numbers_or_words_of_any_language():
    answers = ["Gefällt mir;stört mich", "1;5", "I like it;nie podoba mi się"]
    text = "Person;Merkmal;vorhanden;fehlt\n" + "".join(f"R{row};App;{words}\n" for row, words in enumerate(answers))
    assert intake(KANO, text).table.columns["dysfunctional"] == (5, 5, 5)


def test_the_learner_corrects_the_columns():
    text = "a;b;c\nC1;2026-01-01;5\nC2;2026-01-02;6\n"
    assert [column.key for column in intake(RFM, text).missing] == ["customer", "date", "amount"]
    assert intake(RFM, text, customer=0, date=1, amount=2).table.columns["customer"] == ("C1", "C2")
    assert intake(RFM, text, customer=9, date=1, amount=2).missing


def test_a_column_without_a_known_name_is_not_guessed():
    assert intake(NPS, "Kundennr;Wie wahrscheinlich?\nC1;9\nC2;10\n").table.columns["score"] == (9, 10)
    assert intake(NPS, "Kundennr;Seite\nC1;9\nC2;10\n").missing, "fitting cells are not enough"


def test_columns_about_people_are_not_read():
    text = "Name;E-Mail;Note;Grund\nAnna Berg;a@example.org;9;ok\nBo Lund;b@example.org;3;ok\n"
    found = intake(NPS, text)
    assert set(found.table.columns) == {"score", "comment"}
    assert [show(note) for note in found.notes] == [
        "“Name” in column 1 is about people: not stored.",
        "“E-Mail” in column 2 is about people: not stored.",
    ]
    assert "segment" not in intake(NPS, text, segment=1).table.columns, "not even when asked to"


@pytest.mark.parametrize(
    "cells",
    [
        ["anna@example.org", "bo@example.org"],
        ["+49 151 23456789", "+45 12 34 56 78"],
        ["DE89 3704 0044 0532 0130 00", "PL61109010140000071219812874"],
        ["Anna Berg", "Kovács Péter"],
        ["Frau Dr. Anna Berg", "Nowak, Jan"],
    ],
)
def test_keys_that_name_people_become_pseudonyms(cells):
    text = "customer;date;amount\n" + "".join(f"{cell};2026-01-01;5\n" for cell in [*cells, cells[0]])
    found = intake(RFM, text)
    assert found.table.columns["customer"] == ("C001", "C002", "C001")
    assert len(found.notes) == 1


def test_a_person_has_one_pseudonym_in_all_columns():
    text = "person;t1;t2;t3;b1;b2;b3;named by\nAnna Berg;1;2;3;1;2;3;\nBo Lund;4;4;4;5;5;5;Eva Holm\n"
    found = intake(LEAD_USERS, text + "Eva Holm;5;4;4;5;5;5;Anna Berg\n").table.columns
    assert found["person"] == ("C001", "C002", "C003")
    assert found["referred_by"] == (None, "C003", "C001")


@pytest.mark.parametrize(
    "cells", [["C001", "C002"], ["17", "18"], ["A-2026-0017", "A-2026-0018"], ["2026-001", "2026-002"]]
)
def test_pseudonyms_stay_as_they_are(cells):
    assert not looks_like_people(cells)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Call me: 0151 23456789, anna.berg@example.co.uk!", "Call me: …, …!"),
        ("+45 12 34 56 78 or 12 34 56 78", "… or …"),
        ("tel. 601-234-567", "tel. …"),
        ("Konto DE89 3704 0044 0532 0130 00 please", "Konto … please"),
        ("06 30 123 4567", "…"),
        ("Ordered on 12.03.2026, 14 pieces for 1 250,00", "Ordered on 12.03.2026, 14 pieces for 1 250,00"),
        ("order 20260017 of 2026-03-12", "order 20260017 of 2026-03-12"),
        ("Too late", "Too late"),
        ("Came on 06/28/2026 10:11, not before", "Came on 06/28/2026 10:11, not before"),
        ("12.03.2026 0151 23456789", "12.03.2026 …"),
    ],
)
def test_free_text_is_masked(words, wanted):
    assert hide_people(words) == wanted
    assert intake(NPS, f"score;comment\n9;They said {words}\n").table.columns["comment"] == (f"They said {wanted}",)


def test_messages_do_not_repeat_what_names_a_person():
    (problem,) = intake(NPS, "score\nanna@example.org\n7\n8\n9\n").problems
    assert "anna" not in show(problem.text)


@given(st.lists(st.text(max_size=8), max_size=30))
def test_pseudonyms_keep_apart_who_is_apart(keys):
    found = pseudonyms(keys, {})
    plain = ["" if is_empty(key, ValueKind.KEY) else " ".join(key.casefold().split()) for key in keys]
    assert [name is None for name in found] == [not key for key in plain]
    assert len(set(filter(None, found))) == len(set(filter(None, plain)))


@pytest.mark.parametrize(
    "words", ["a" * 5000 + "@", "+1" * 2500, "0 " * 2500, "AB12 " * 1000, "a@" * 2500, "1.1." * 1250]
)
def test_long_text_is_read_in_no_time(words):
    """Seconds, if a pattern goes back and forth; the suite would be stopped."""
    for _again in range(20):
        hide_people(words)
        looks_like_people([words])
