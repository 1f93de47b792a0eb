from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from iciinsmes.toolbox import api
from iciinsmes.toolbox.__main__ import main
from iciinsmes.toolbox.commands import files
from iciinsmes.toolbox.data import result_to_json

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


def test_explain_tells_what_columns_and_options_may_hold(capsys):
    assert main(["explain", "t05"]) == 0
    said = capsys.readouterr().out
    assert "column cause: Cause: a word or a few\n" in said
    assert "column cost: Cost: a number, at least 0 (may be missing)\n" in said
    assert "option by: Order the causes by: one of count (number of complaints); cost [count]" in said
    assert main(["explain", "t12"]) == 0
    assert "column functional: If it is there: one of 1 (I like it); 2 (I expect it); 3 (" in capsys.readouterr().out
    assert main(["explain", "t13"]) == 0
    assert "option window: Months looked at: a whole number, 1 to 120 [12]" in capsys.readouterr().out


def test_run_finds_columns_by_their_german_names(capsys, answers):
    assert main(["run", "T02", answers]) == 0
    assert "Net promoter score: 25.0" in capsys.readouterr().out


def test_json_is_for_programs(capsys, answers):
    assert main(["run", "net-promoter-score", answers, "--json", "--option", "earlier=20"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["instrument"], said["format"], said["n"], said["intake"]) == ("net-promoter-score", 1, 40, [])
    assert said["figures"][0]["value"] == 25
    assert said["mapping"] == {
        "date": {"column": "Datum", "number": 1},
        "score": {"column": "Bewertung", "number": 2},
        "segment": {"column": "Kundengruppe", "number": 3},
    }
    assert (said["rows_used"], said["rows_left_out"], said["open"]) == (40, [], {})


def test_charts_become_files(answers, tmp_path):
    assert main(["run", "T02", answers, "--charts", str(tmp_path / "charts")]) == 0
    assert (tmp_path / "charts" / "1-ranges.svg").read_text(encoding="utf-8").startswith("<svg")


def test_what_was_understood_comes_before_the_judgement(capsys, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(
        "reason for the score;score;score after\nslow;10;9\nx;eleven;8\nx;12;8\n\nx;9;1\n", encoding="utf-8"
    )
    assert main(["run", "T02", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[:6] == [
        "Score, 0 to 10 (score) is column 2, “score”: 10, 9 …",
        "Reason (comment) is column 1, “reason for the score”: slow, x …",
        "Rows used: 2, left out: 2",
        "line 3, Score, 0 to 10: “eleven” is not a number",
        "line 4, Score, 0 to 10: 12 is above 10",
        "",
    ]
    assert main(["run", "T02", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows_used"] == 2
    assert said["rows_left_out"] == [
        {"row": 3, "reasons": ["Score, 0 to 10: “eleven” is not a number"]},
        {"row": 4, "reasons": ["Score, 0 to 10: 12 is above 10"]},
    ]


def test_of_two_columns_that_fit_the_choice_is_named_and_can_be_changed(capsys, tmp_path):
    path = tmp_path / "two.csv"
    path.write_text("score before;score after\n" + "0;10\n" * 30, encoding="utf-8")
    assert main(["run", "T02", str(path)]) == 0
    said = capsys.readouterr().out
    assert "It could also be column 2, “score after”. To change it: --column score=2" in said
    assert main(["run", "T02", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["open"] == {"score": ["score after"]}
    for name in ("score after", "2", "Score After"):
        assert main(["run", "T02", str(path), "--column", f"score={name}"]) == 0
        assert "Net promoter score: 100.0" in capsys.readouterr().out


def test_at_most_twenty_lines_of_one_kind(capsys, tmp_path):
    path = tmp_path / "bad.csv"
    wrong = "".join(f"eleven{number};2026-01-01\n" for number in range(23))
    path.write_text("score;date\n" + wrong + "12;2026-01-01\n" * 3 + "7;2026-01-01\n" * 27 + "12;\n", "utf-8")
    assert main(["run", "T02", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.count("” is not a number") == 20
    assert "\nand 3 more lines of this kind\n" in said
    assert "\nlines 25\u201327, 55, Score, 0 to 10: 12 is above 10" in said


def test_nothing_computed_is_no_success(capsys, tmp_path):
    path = tmp_path / "none.csv"
    path.write_text("score\nnone\neleven\n", encoding="utf-8")
    assert main(["run", "T02", str(path)]) == 1
    assert "Rows used: 0, left out: 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("instrument", "option"),
    [(instrument, option.key) for instrument in api.all_instruments() for option in instrument.options],
    ids=lambda entry: entry if isinstance(entry, str) else entry.code,
)
def test_an_empty_option_is_the_default(capsys, instrument, option):
    assert main(["run", instrument.code, "demo", "--json", f"--option={option}="]) == 0
    empty = capsys.readouterr().out
    demo = {key: value for key, value in instrument.demo.options.items() if key != option}
    wanted = api.run(instrument=instrument, table=api.demo_table(instrument=instrument), options=demo)
    assert {**json.loads(empty), **result_to_json(wanted)} == json.loads(empty)


def test_a_template_is_written_and_read_back(capsysbinary, tmp_path):
    path = tmp_path / "punkte.xlsx"
    assert main(["template", "T02", str(path), "--language", "de", "--demo"]) == 0
    assert main(["run", "T02", str(path)]) == 0
    assert main(["template", "T02", str(path)]) == 2, "nothing is written over"
    capsysbinary.readouterr()
    assert main(["template", "T02"]) == 0
    assert capsysbinary.readouterr().out == api.template_csv(instrument=api.find_instrument(name="T02"))


@pytest.fixture
def large(tmp_path):
    """Six hundred long answers."""
    path = tmp_path / "large.csv"
    words = "very good work " * 300
    path.write_text("score;comment\n" + f"9;{words}\n" * 600, encoding="utf-8")
    return path


@pytest.mark.parametrize(("is_terminal", "wanted"), [(True, r"Reading 2 MB \.+\n"), (False, "")])
def test_a_large_file_shows_on_a_terminal_that_it_goes_on(capsys, monkeypatch, large, is_terminal, wanted):
    monkeypatch.setattr(files, "MAX_BYTES", 1024 * 1024)
    monkeypatch.setattr(files, "_SECONDS", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    assert main(["run", "T02", str(large)]) == 0
    assert re.fullmatch(wanted, capsys.readouterr().err)


def test_a_file_may_be_larger_than_on_a_page_but_not_any_size(capsys, monkeypatch, large):
    monkeypatch.setattr(files, "MOST_BYTES", 1024 * 1024)
    assert main(["run", "T02", str(large)]) == 2
    assert "The file is too large: at most 1 MB." in capsys.readouterr().err


def test_a_closed_pipe_ends_quietly():
    command = f"{sys.executable} -m iciinsmes.toolbox run T13 demo --json | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "T99"], "There is no instrument “T99”"),
        (["run", "T02", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["run", "T02", "demo", "--option", "colour=red"], "There is no option colour."),
        (
            ["run", "T05", "demo", "--option", "by=mood"],
            "“Order the causes by” cannot be “mood”. It can be: count, cost.",
        ),
        (["run", "T13", "demo", "--option", "window=500"], "cannot be “500”. It can be: a whole number, 1 to 120."),
        (["run", "T13", "demo", "--option", "window=many"], "cannot be “many”. It can be: a whole number, 1 to 120."),
    ],
)
def test_mistakes_get_a_clear_line(capsys, arguments, said):
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_missing_columns_are_named(capsys, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("colour;size\nred;3\n", encoding="utf-8")
    assert main(["run", "T13", str(path)]) == 2
    said = capsys.readouterr().err
    assert "Columns not found: customer, date, amount. The table has: colour, size." in said
    assert "--column customer=HEADING" in said
    for wrong, words in (
        ("customers=size", "“customers” is none of the columns: customer, date, amount."),
        ("customer=weight", "There is no column “weight”. The table has: colour, size."),
    ):
        assert main(["run", "T13", str(path), "--column", wrong]) == 2
        assert words in capsys.readouterr().err


def test_cells_that_do_not_fit_are_told_with_the_missing_column(capsys, tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("lastpage;How satisfied are you?\n1;A3\n1;A2\n", encoding="utf-8")
    assert main(["run", "T03", str(path)]) == 2
    assert "“How satisfied are you?” may be score, but its cells do not fit: “A3” is not" in capsys.readouterr().err


def test_a_table_with_a_column_for_each_question_can_be_turned(capsys, tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("Zeit;Erwartung Preis;Leistung Preis;Erwartung Ort;Leistung Ort\n" + "9:00;7;5;6;4\n" * 20, "utf-8")
    assert main(["run", "T15", str(path)]) == 2
    assert "Add --turn" in capsys.readouterr().err
    assert main(["run", "T15", str(path), "--turn", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows_used"], said["n"]) == (40, 20)
    assert said["intake"][0].startswith(
        "Turned: each line is one person, and has become a line for each of these: Preis, Ort."
    )
    assert main(["run", "T13", str(path), "--turn"]) == 2
    assert "This table cannot be turned" in capsys.readouterr().err
