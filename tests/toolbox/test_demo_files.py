"""The files with the rows of the invented firms: each belongs to an instrument, and opens as a firm's own would."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from iciinsmes.toolbox import api, instruments
from iciinsmes.toolbox.instruments.framework.running import demo
from iciinsmes.toolbox.language import known_languages
from tests.toolbox.pages import every_instrument

FOLDER = Path(instruments.__file__).with_name("demos")
KEYS = {instrument.key for instrument in api.all_instruments()}


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_each_file_belongs_to_an_instrument():
    names = [path.name.split(".") for path in FOLDER.iterdir()]
    assert {key for key, *_rest in names} == KEYS
    assert {rest[0] for _key, *rest in names} <= {"csv", "words", "de"}


@every_instrument
def test_the_file_opens_in_the_toolbox_as_it_stands(instrument):
    sheet = api.open_table(content=(FOLDER / f"{instrument.key}.csv").read_bytes())
    mapping = {key: place for place, key in enumerate(sheet.names)}
    intake = api.read_table(instrument=instrument, sheet=sheet, mapping=mapping, languages=known_languages())
    assert intake.problems == ()
    wanted = api.demo_table(instrument=instrument)
    assert [wanted.columns[key] for key in intake.table.columns] == list(intake.table.columns.values())
    assert not any(wanted.has(key) for key in set(wanted.columns) - set(intake.table.columns))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.words.csv")), ids=lambda path: path.name)
def test_every_word_that_is_translated_stands_in_the_rows(path):
    rows = {cell for row in read(FOLDER / path.name.replace(".words", "")) for cell in row}
    words = [row[0] for row in read(path)[1:]]
    assert set(words) <= rows
    assert len(set(words)) == len(words)


def test_a_wrong_cell_is_named(monkeypatch, tmp_path):
    (tmp_path / "net-promoter-score.csv").write_text("score\n9\neleven\n", encoding="utf-8")
    monkeypatch.setattr(demo, "_FOLDER", tmp_path)
    demo._columns.cache_clear()
    try:
        with pytest.raises(ValueError, match="“eleven” in the column “score”"):
            api.demo_table(instrument=api.find_instrument(name="T02"))
    finally:
        demo._columns.cache_clear()
