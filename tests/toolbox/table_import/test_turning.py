"""A table with a column for each question becomes one with a line for each answer."""

from __future__ import annotations

import pytest

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import show


def turn(code: str, text: str):
    instrument = api.find_instrument(name=code)
    return instrument, api.turn_table(instrument=instrument, sheet=api.open_pasted(text=text))


def read(code: str, text: str):
    instrument, turned = turn(code, text)
    mapping = api.weigh_columns(instrument=instrument, sheet=turned.sheet).mapping
    return api.read_table(instrument=instrument, sheet=turned.sheet, mapping=mapping)


@pytest.mark.parametrize(
    "head",
    [
        "Erwartung Pünktlichkeit;Leistung Pünktlichkeit;Erwartung Preis;Leistung Preis",
        "Pünktlichkeit - Erwartung;Pünktlichkeit - Leistung;Preis - Erwartung;Preis - Leistung",
        "Wie wichtig ist Ihnen: Pünktlichkeit;Wie zufrieden sind Sie mit: Pünktlichkeit"
        ";Wie wichtig ist Ihnen: Preis;Wie zufrieden sind Sie mit: Preis",
        "How important is it? [Pünktlichkeit];How satisfied are you? [Pünktlichkeit]"
        ";How important is it? [Preis];How satisfied are you? [Preis]",
        "Forventning: Pünktlichkeit;Oplevelse: Pünktlichkeit;Forventning: Preis;Oplevelse: Preis",
        "Elvárás (Pünktlichkeit);Tapasztalat (Pünktlichkeit);Elvárás (Preis);Tapasztalat (Preis)",
        "Oczekiwania: Pünktlichkeit;Doświadczenie: Pünktlichkeit;Oczekiwania: Preis;Doświadczenie: Preis",
    ],
)
def test_headings_say_what_was_asked_and_which_answer_it_is(head):
    table = read("T15", f"Zeit;{head}\n10:00;6;2;7;1\n10:05;4;7;;\n").table
    assert table.columns == {
        "respondent": ("P1", "P1", "P2"),
        "item": ("Pünktlichkeit", "Preis", "Pünktlichkeit"),
        "expect": (6, 7, 4),
        "perform": (2, 1, 7),
    }


def test_people_with_numbers_keep_them_and_what_else_is_known_about_them():
    text = "respondent;segment;Price: importance;Price: satisfaction;Time: importance;Time: satisfaction\nA;x;5;1;4;2\n"
    found = read("T11", text).table.columns
    assert (found["respondent"], found["segment"], found["outcome"]) == (("A", "A"), ("x", "x"), ("Price", "Time"))


def test_answers_of_kano_are_turned():
    found = read(
        "T12", "respondent;App (functional);App (dysfunctional);Chat (functional);Chat (dysfunctional)\nA;1;5;3;3\n"
    )
    assert found.table.columns["feature"] == ("App", "Chat")
    assert found.table.columns["dysfunctional"] == (5, 3)


def test_with_one_kind_of_answer_the_heading_is_what_was_asked():
    found = read("T03", "date;Delivery;Price;Why\n2026-01-01;5;4;good\n2026-01-02;3;;bad\n")
    assert found.table.columns["touchpoint"] == ("Delivery", "Price", "Delivery")
    assert found.table.columns["score"] == (5, 4, 3)


def test_lines_of_the_file_are_named_and_the_note_says_what_was_done():
    instrument, turned = turn("T15", "Zeit;Erwartung A;Leistung A;Erwartung B;Leistung B\nx;9;2;7;1\nx;4;7;3;3\n")
    assert show(turned.note).startswith(
        "Turned: each line is one person, and has become a line for each of these: A, B."
    )
    mapping = api.weigh_columns(instrument=instrument, sheet=turned.sheet).mapping
    intake = api.read_table(instrument=instrument, sheet=turned.sheet, mapping=mapping)
    assert [problem.line for problem in intake.problems] == [2]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("T15", "Zeit;Erwartung A;Leistung A\nx;6;2\n"),
        ("T15", "respondent;item;expect;perform\nA;x;5;4\n"),
        ("T13", "customer;a;b\nC1;1;2\n"),
        ("T02", "date;a;b\n2026-01-01;1;2\n"),
    ],
)
def test_other_tables_are_not_turned(code, text):
    assert turn(code, text)[1] is None
