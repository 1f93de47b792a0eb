"""Catalogues keep what was translated, tell what was not, and never give a guess to a learner."""

from __future__ import annotations

import pytest

from iciinsmes_campus.editions.api import UnreadableCatalogue, extract, languages_of, read_translations
from tests.campus.editions.conftest import write_catalogues


def put(catalogues, source, made):
    for name, content in made.items():
        path = catalogues / source.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def edit(source, name, before, after):
    path = source / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_section_has_a_catalogue_and_the_course_one_for_the_rest(source, catalogues):
    made = extract(source, catalogues=catalogues, languages=["de"])
    assert sorted(made) == ["course.pot", "de/course.po", "de/one.po", "one.pot"]
    section = made["one.pot"].decode()
    assert 'msgctxt "html/welcome.html"\nmsgid "You will find <strong>two</strong> places."' in section
    assert 'msgctxt "static/way.svg"\nmsgid "Counter"' in section
    assert 'msgctxt "grading_policy.json"\nmsgid "Quiz"' in made["course.pot"].decode()
    assert "Creation-Date" not in section


def test_extracting_twice_changes_nothing(source, german):
    before = extract(source, catalogues=german)
    put(german, source, before)
    assert extract(source, catalogues=german) == before


def test_the_same_words_in_two_places_can_be_said_in_two_ways(source, catalogues):
    edit(source, "html/session.html", "Begin with a case.", "Counter")
    write_catalogues(source, catalogues, "de", {})
    path = catalogues / source.name / "de" / "one.po"
    text = path.read_text(encoding="utf-8")
    for place, word in (("static/way.svg", "Theke"), ("html/session.html", "Schalter")):
        text = text.replace(
            f'msgctxt "{place}"\nmsgid "Counter"\nmsgstr ""', f'msgctxt "{place}"\nmsgid "Counter"\nmsgstr "{word}"'
        )
    path.write_text(text, encoding="utf-8")
    told = read_translations(source, catalogues=catalogues, language="de")
    assert (told.of("static/way.svg", "Counter"), told.of("html/session.html", "Counter")) == ("Theke", "Schalter")


def test_a_changed_text_keeps_its_translation_as_a_guess_that_is_not_shown(source, german):
    edit(source, "html/welcome.html", "places", "hidden places")
    put(german, source, extract(source, catalogues=german))
    told = read_translations(source, catalogues=german, language="de")
    changed = ("html/welcome.html", "You will find <strong>two</strong> hidden places.")
    assert changed in told.fuzzy
    assert told.of(*changed) is None


def test_what_is_no_longer_in_the_course_is_kept_and_counted(source, german):
    edit(source, "static/way.svg", "<text>Counter</text>", "")
    put(german, source, extract(source, catalogues=german))
    assert '#~ msgstr "Theke"' in (german / source.name / "de" / "one.po").read_text(encoding="utf-8")
    assert read_translations(source, catalogues=german, language="de").unused == 1


def test_a_translation_with_other_markup_is_not_used(source, catalogues):
    write_catalogues(source, catalogues, "de", {"You will find <strong>two</strong> places.": "Sie finden zwei."})
    told = read_translations(source, catalogues=catalogues, language="de")
    assert told.of("html/welcome.html", "You will find <strong>two</strong> places.") is None
    assert len(told.unfit) == 1


def test_languages_are_those_with_catalogues(source, german):
    (german / source.name / "fr").mkdir()
    assert languages_of(source, catalogues=german) == ("de",)
    assert languages_of(source, catalogues=german / "nowhere") == ()


def test_a_broken_catalogue_is_named(source, german):
    path = german / source.name / "de" / "one.po"
    path.write_text("<<<<<<< ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(UnreadableCatalogue, match=r"one\.po"):
        read_translations(source, catalogues=german, language="de")
