"""``make courses``: archives for Studio in every language and country, a report, and a refusal with reasons."""

from __future__ import annotations

import csv
import tarfile
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from iciinsmes_campus import builds
from iciinsmes_campus.courseware.olx import read_course
from iciinsmes_campus.courseware.schedule import RunStart
from iciinsmes_campus.errors import CannotStart
from tests.campus.editions.conftest import GERMAN, write_catalogues

SCHEDULE = """\
[course]
start = { week = 1, day = 1, time = "08:00" }
end = { week = 2, day = 5, time = "23:59" }

["sequential/a-start"]
due = { week = 2, day = 1, time = "12:00" }
"""
STARTS = (date(2030, 2, 4), date(2030, 9, 2))


@pytest.fixture
def place(source, german, tmp_path):
    (source / "schedule.toml").write_text(SCHEDULE, encoding="utf-8")
    return builds.BuildPlace(source.parent, german, tmp_path / "built")


def unpacked(path, into):
    with tarfile.open(path) as tar:
        tar.extractall(into, filter="data")
    return into / "small"


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_one_archive_a_language_and_start(place, capsys):
    builds.build(place, starts=STARTS, zone=None)
    assert sorted(path.name for path in place.output.iterdir()) == [
        *(f"small-{language}-{start}.tar.gz" for language in ("de", "en") for start in STARTS),
        "small-report.csv",
    ]
    assert "texts are still in English" in capsys.readouterr().out


def test_what_is_built_reads_as_the_source_does(place, tmp_path):
    builds.build(place, starts=STARTS[:1], zone=ZoneInfo("Europe/Berlin"))
    source = place.courses / "small"
    key = str(read_course(source).course.key)
    ours = read_course(source, starts={key: RunStart(STARTS[0], ZoneInfo("Europe/Berlin"))})
    theirs = read_course(unpacked(place.output / f"small-en-{STARTS[0]}.tar.gz", tmp_path))
    assert {k: block.fields for k, block in ours.blocks.items()} == {k: b.fields for k, b in theirs.blocks.items()}
    assert not (theirs.files.root / "schedule.toml").exists()


def test_two_starts_differ_in_dates_only(place, tmp_path):
    builds.build(place, starts=STARTS, zone=None)
    first, second = (contents(unpacked(place.output / f"small-de-{day}.tar.gz", tmp_path / str(day))) for day in STARTS)
    assert first.keys() == second.keys()
    for name in first:
        if first[name] != second[name]:
            lines = zip(first[name].split(), second[name].split(), strict=True)
            assert all(a == b or ("2030-" in a and "2030-" in b) for a, b in lines), name


def test_the_same_sources_make_the_same_bytes(place):
    builds.build(place, starts=STARTS[:1], zone=None)
    before = {path.name: path.read_bytes() for path in place.output.iterdir()}
    builds.build(place, starts=STARTS[:1], zone=None)
    assert {path.name: path.read_bytes() for path in place.output.iterdir()} == before


def test_the_report_tells_minutes_ease_and_gaps_of_each_unit(place):
    builds.build(place, starts=(), zone=None)
    with (place.output / "small-report.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {line["unit"]: line for line in csv.DictReader(file, delimiter=";")}
    assert list(lines) == ["read-this", "choose", "plan"]
    assert (lines["read-this"]["minutes online"], lines["plan"]["minutes session"]) == ("15", "150")
    assert (lines["plan"]["for staff"], lines["plan"]["minutes online"]) == ("yes", "0")
    assert float(lines["read-this"]["ease en"]) > 60
    assert int(lines["choose"]["missing de"]) > 0


@pytest.mark.parametrize(
    ("name", "before", "after", "complaint"),
    [
        ("html/welcome.html", "data-minutes=", 'data-time="lunch" data-minutes=', "lunch is no kind of time"),
        ("html/welcome.html", 'data-minutes="15"', 'data-minutes="ten"', "ten is no number of minutes"),
        (
            "html/welcome.html",
            "Write it down.",
            "Organisational responsiveness presupposes institutionalised mechanisms of interpretation.",
            "is harder than B2",
        ),
        ("html/welcome.html", "Write it down.", "Write it down again. " * 200, "minutes to read"),
        ("html/welcome.html", "Write it down.", "Write it.", "is older than the course"),
    ],
)
def test_what_has_to_be_mended_is_said_and_nothing_is_built(place, capsys, name, before, after, complaint):
    path = place.courses / "small" / name
    path.write_text(path.read_text("utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(CannotStart, match="mended first"):
        builds.build(place, starts=(), zone=None)
    assert complaint in capsys.readouterr().out
    assert not place.output.exists()


def test_hours_that_the_sources_do_not_fill_are_said(place, capsys):
    plan = place.courses / "small" / "plan.toml"
    plan.write_text('[sections.one]\ncontact_online = 4\nwork = 0\ncoaching = 0\noutcome = "Find places."\n', "utf-8")
    builds.update_catalogues(place)
    with pytest.raises(CannotStart, match="1 line has"):
        builds.build(place, starts=(), zone=None)
    assert "one has 2.8 of 4 hours contact_online" in capsys.readouterr().out


def test_an_edition_that_asks_for_nothing_in_the_course_is_said(place, capsys):
    folder = place.courses / "small" / "editions"
    folder.mkdir()
    (folder / "DK.toml").write_text('languages = ["en"]\n[texts]\nfe = "150 kroner"\n', encoding="utf-8")
    builds.update_catalogues(place)
    with pytest.raises(CannotStart):
        builds.build(place, starts=(), zone=None)
    assert "editions/DK.toml says fe, which no page asks for" in capsys.readouterr().out


def test_the_sheet_as_a_micro_credential_is_made_from_the_sources(place):
    plan = place.courses / "small" / "plan.toml"
    plan.write_text(
        "[sections.one]\ncontact_online = 2\nwork = 0\ncoaching = 0\n"
        'outcome = "Find places."\n[credential]\nlevel = "EQF 4"\n',
        encoding="utf-8",
    )
    write_catalogues(place.courses / "small", place.catalogues, "de", {**GERMAN, "Find places.": "Stellen finden."})
    builds.build(place, starts=(), zone=None)
    english, german = (
        (place.output / f"small-{language}-credential.html").read_text("utf-8") for language in ("en", "de")
    )
    assert "Find places." in english
    assert "2 hours" in english
    assert "Quiz: 100 %" in english
    assert "Stellen finden." in german
    assert "Test: 100 %" in german
    assert '<html lang="de">' in german


def test_dates_on_which_firms_have_no_time_are_told(place, capsys):
    folder = place.courses / "small" / "editions"
    folder.mkdir()
    (folder / "DE.toml").write_text(
        'languages = ["en"]\n[peaks]\n"before Christmas" = ["12-01", "12-24"]\n"stocktaking" = ["12-28", "01-05"]\n',
        encoding="utf-8",
    )
    builds.build(place, starts=(date(2030, 12, 9), date(2030, 12, 18), date(2030, 12, 26), date(2030, 2, 4)), zone=None)
    said = [line.strip() for line in capsys.readouterr().out.splitlines() if "is due on" in line]
    assert said == [
        "A start is due on Monday, 2030-12-16: before Christmas",
        "A start is due on Wednesday, 2030-12-25: Christmas Day",
        "A start is due on Thursday, 2031-01-02: stocktaking",
    ]


def test_a_translation_that_is_too_hard_is_not_built(place):
    hard = (
        "Die organisationale Reaktionsfähigkeit setzt institutionalisierte Interpretationsmechanismen "
        "betriebswirtschaftlicher Rahmenbedingungen voraus."
    )
    write_catalogues(
        place.courses / "small",
        place.catalogues,
        "de",
        {**GERMAN, "Ask a customer at the counter. Write it down.": hard},
    )
    builds.update_catalogues(place)
    with pytest.raises(CannotStart, match="read-this is harder than B2 in de"):
        builds.build(place, starts=(), zone=None)
    assert list(place.output.iterdir()) == []
