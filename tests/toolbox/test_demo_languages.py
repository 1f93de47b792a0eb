"""The demo speaks the reader's language, and its numbers are the same in each."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from iciinsmes.toolbox import api
from iciinsmes.toolbox.data import ENGLISH, Language, ValueKind
from tests.toolbox.pages import LANGUAGES, language_of
from tests.toolbox.test_catalogue_pages import open_page, parsed

#: The instruments that the course on hearing customers uses.
OF_THE_COURSE = ("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T13", "T14", "T30")
#: Words of texts differ from language to language: which of them are typical is no figure.
WORDS_OF_TEXTS = ("words", "uncovered")
OTHERS = [code for code in LANGUAGES if code != "en"]

pytestmark = pytest.mark.django_db


def instruments_in(code):
    """The instruments of the course whose words are there in a language, or who have none."""
    found = [api.find_instrument(name=name) for name in OF_THE_COURSE]
    return [entry for entry in found if not api.foreign_words(entry, language_of(code))]


TURNS = [(entry, code) for code in OTHERS for entry in instruments_in(code)]
every_edition = pytest.mark.parametrize(
    ("instrument", "code"), TURNS, ids=[f"{entry.code}-{code}" for entry, code in TURNS]
)


def computed(instrument, language=ENGLISH):
    return api.run(
        instrument=instrument,
        table=api.demo_table(instrument=instrument, language=language),
        options=api.demo_options(instrument=instrument, language=language),
    )


def numbers(rows):
    """The rows of a table without its words, in an order that words have no part in."""
    return sorted([cell for cell in row if isinstance(cell, int | float)] for row in rows)


def words(instrument, language=ENGLISH):
    table = api.demo_table(instrument=instrument, language=language)
    kinds = (ValueKind.WORD, ValueKind.FREE_TEXT)
    keys = [column.key for column in instrument.columns if column.kind in kinds]
    return {cell for key in keys for cell in table.columns[key] if cell}


def test_all_demos_of_the_course_are_german():
    assert [entry.code for entry in instruments_in("de")] == list(OF_THE_COURSE)


@pytest.mark.parametrize("code", ["da", "pl", "hu"])
def test_of_the_course_only_the_reviews_are_english_in_other_languages(code):
    assert set(OF_THE_COURSE) - {entry.code for entry in instruments_in(code)} == {"T06"}


@every_edition
def test_verdict_and_figures_are_those_of_the_english_demo(instrument, code):
    english, found = computed(instrument), computed(instrument, language_of(code))
    assert (found.n, found.verdict.key, found.verdict.level) == (english.n, english.verdict.key, english.verdict.level)
    assert found.conditions == english.conditions
    assert [vars(figure) for figure in found.figures] == [vars(figure) for figure in english.figures]
    for one, other in zip(english.tables, found.tables, strict=True):
        if one.key not in WORDS_OF_TEXTS:
            assert numbers(one.rows) == numbers(other.rows)
    answers = [{estimate.key: estimate.answer for estimate in result.estimates} for result in (english, found)]
    assert answers[0] == answers[1]


@every_edition
def test_no_english_word_is_left(instrument, code):
    assert words(instrument, language_of(code)) & words(instrument) == set()
    result = computed(instrument, language_of(code))
    cells = {cell for table in result.tables for row in table.rows for cell in row if isinstance(cell, str)}
    assert cells & words(instrument) == set()


def test_every_german_review_has_the_themes_of_the_english_one():
    instrument, german = api.find_instrument(name="T06"), language_of("de")
    options = api.demo_options(instrument=instrument, language=german)
    tables = [api.demo_table(instrument=instrument, language=language) for language in (ENGLISH, german)]
    texts = tables[1].columns["text"]
    assert len(set(texts)) == len(texts) == 120
    said = dict(zip(*(table.columns["hand"][:30] for table in tables), strict=True))
    for column in ("date", "stars"):
        assert tables[0].columns[column] == tables[1].columns[column]
    # Alone, a text shows which themes the dictionary finds in it.
    for row in range(120):
        found = []
        for table, chosen in zip(tables, (api.demo_options(instrument=instrument), options), strict=True):
            one = type(table)({key: (values[row],) for key, values in table.columns.items()}, 1)
            result = api.run(instrument=instrument, table=one, options=chosen)
            themes = next(entry for entry in result.tables if entry.key == "themes").rows
            names = [str(theme) for theme, texts_with, *_rest in themes if texts_with]
            found.append({said.get(name, name) for name in names})
        assert found[0] == found[1], texts[row]


def test_german_words_are_shown_as_germans_write_them():
    tables = {table.key: table for table in computed(api.find_instrument(name="T06"), language_of("de")).tables}
    assert {"straße", "kasse", "gewartet"} <= set(tables["words"].column("word"))


def test_a_country_has_the_words_of_its_language():
    instrument = api.find_instrument(name="T05")
    of = {code: api.demo_table(instrument=instrument, language=Language(code=code)) for code in ("de", "de-at", "fr")}
    assert of["de"] == of["de-at"] != of["fr"]
    assert of["fr"] == api.demo_table(instrument=instrument)


@pytest.mark.parametrize("name", ["toolbox-instrument", "toolbox-try"])
def test_pages_show_and_compute_german_rows(client, name):
    text = open_page(client, reverse(f"iciinsmes:{name}", args=["netnography"]) + "?show=1", "de").content.decode()
    assert "Lärm in der Nacht" in text
    assert "noise at night" not in text


def test_the_dictionary_stands_in_the_settings_in_german(client):
    page = parsed(open_page(client, reverse("iciinsmes:toolbox-try", args=["review-mining"]), "de").content)
    assert (
        page.get_element_by_id("option-dictionary").value.strip().startswith("Brot: Brot, Brötchen*, Kuchen*, frisch")
    )


def test_the_rows_as_a_file_are_german(client):
    address = reverse("iciinsmes:toolbox-template-csv", args=["complaint-pareto"]) + "?rows=demo"
    lines = io.StringIO(client.get(address, headers={"accept-language": "de"}).content.decode("utf-8-sig")).readlines()
    assert "verspätete Lieferung" in lines[1]


@pytest.mark.parametrize(
    ("key", "code", "foreign"),
    [
        ("review-mining", "da", "en"),
        ("review-mining", "de", ""),
        ("review-mining", "en", ""),
        ("recency-frequency-money", "da", ""),
    ],
)
def test_words_in_another_language_are_marked_and_said(client, key, code, foreign):
    response = open_page(client, reverse("iciinsmes:toolbox-try", args=[key]), code)
    page = parsed(response.content)
    assert response.context["foreign"] == foreign
    marked = page.xpath("//details//td[@lang]")
    assert {cell.get("lang") for cell in marked} == ({foreign} if foreign else set())
