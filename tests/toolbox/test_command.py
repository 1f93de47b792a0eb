from __future__ import annotations

import json

import pytest

from iciinsmes.toolbox.__main__ import main

CSV = "Datum;Bewertung;Kundengruppe\n" + "".join(
    f"{number % 27 + 1:02}.03.2026;{score};privat\n" for number, score in enumerate([10] * 20 + [8] * 10 + [3] * 10)
)


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(CSV, encoding="cp1252")
    return str(path)


def test_list_names_every_instrument(capsys):
    assert main(["list"]) == 0
    assert "T02  net-promoter-score" in capsys.readouterr().out


def test_explain_tells_columns_and_options(capsys):
    assert main(["explain", "t05"]) == 0
    said = capsys.readouterr().out
    assert "column cause: Cause, word\n" in said
    assert "option by: Order the causes by, choice, one of count, cost [count]" in said


def test_run_finds_columns_by_their_german_names(capsys, answers):
    assert main(["run", "T02", answers]) == 0
    assert "Net promoter score: 25.0" in capsys.readouterr().out


def test_json_is_for_programs(capsys, answers):
    assert main(["run", "net-promoter-score", answers, "--json", "--option", "earlier=20"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["instrument"], said["format"], said["n"], said["intake"]) == ("net-promoter-score", 1, 40, [])
    assert said["figures"][0]["value"] == 25


def test_charts_become_files(answers, tmp_path):
    assert main(["run", "T02", answers, "--charts", str(tmp_path / "charts")]) == 0
    assert (tmp_path / "charts" / "1-ranges.svg").read_text(encoding="utf-8").startswith("<svg")


def test_rows_that_do_not_fit_are_named(capsys, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("score\n10\neleven\n12\n\n9\n", encoding="utf-8")
    assert main(["run", "T02", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "line 3, Score, 0 to 10: “eleven” is not a number",
        "line 4, Score, 0 to 10: 12 is above 10",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "T99"], "There is no instrument “T99”"),
        (["run", "T02", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["run", "T02", "demo", "--option", "colour=red"], "There is no option colour."),
        (["run", "T05", "demo", "--option", "by=mood"], "“Order the causes by” cannot be “mood”."),
    ],
)
def test_mistakes_get_a_clear_line(capsys, arguments, said):
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_missing_columns_are_named(capsys, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("colour;size\nred;3\n", encoding="utf-8")
    assert main(["run", "T13", str(path)]) == 2
    assert "Columns not found: customer, date. The table has: colour, size." in capsys.readouterr().err
