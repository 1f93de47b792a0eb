"""Whether the edition of a country says what is its own, and nothing of another country."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from iciinsmes_campus.editions.countries import countries_of, marked_places, read_country
from iciinsmes_campus.editions.documents import AUTHOR_HTML
from iciinsmes_campus.editions.segments import parse_markup
from iciinsmes_campus.editions.weaving import weave_into
from tests.courses.olx import COURSES, html_trees, parse_xml, pieces, xml_files

EDITIONS = [(course, code) for course in COURSES for code in countries_of(course)]
CURRENCIES = {"DE": "euro", "DK": "kroner", "PL": "zloty", "HU": "forint"}
#: Offices that have a say in one country only, as the course calls them.
AUTHORITIES = {
    "DE": ("Handwerkskammer", "IHK", "Federal Court", "Federal Labour Court"),
    "DK": ("Datatilsynet", "Consumer Ombudsman", "Erhvervshus"),
    "PL": ("UODO", "UOKiK", "PARP", "izba rzemieślnicza"),
    "HU": ("NAIH", "NMHH", "MKIK", "ipartestület"),
}
#: Nobody is due to do anything on a day that comes once in four years.
YEAR = 2027

pytestmark = pytest.mark.parametrize(("course", "code"), EDITIONS, ids=lambda value: getattr(value, "name", value))


@pytest.fixture
def trees(course: Path, code: str, tmp_path: Path) -> list[etree._Element]:
    """All that somebody reads in the edition, in the language of the source."""
    edition = tmp_path / "edition"
    weave_into(course, edition, catalogues=tmp_path, language="en", country=read_country(course, code))
    return [tree for _name, tree in html_trees(edition)] + [
        tree for tree in map(parse_xml, xml_files(edition)) if tree.tag not in AUTHOR_HTML
    ]


def base_texts(course: Path) -> dict[str, list[str]]:
    """What the course says for all countries at each place."""
    found: dict[str, list[str]] = {}
    for _name, tree in html_trees(course):
        for element in tree.iter(etree.Element):
            if key := element.get("data-edition"):
                found.setdefault(key, []).append(" ".join("".join(element.itertext()).split()))
    return found


def currencies_in(text: str) -> set[str]:
    return {code for code, currency in CURRENCIES.items() if re.search(rf"\b{currency}s?\b", text, re.IGNORECASE)}


def test_it_reads_and_fills_only_places_that_are_marked(course, code):
    country = read_country(course, code)
    assert "en" in country.languages
    assert country.texts
    places = marked_places(tree for _name, tree in html_trees(course))
    assert sorted(country.texts.keys() - places) == []


def test_it_says_something_else_than_the_course(course, code):
    base = base_texts(course)
    same = [key for key, text in read_country(course, code).texts.items() if set(base.get(key, [])) == {text}]
    assert same == []


def test_it_shows_no_box_of_another_country(course, code, trees):
    shown = [
        element.get("data-country", "").split()
        for tree in trees
        for element in tree.iter(etree.Element)
        if element.get("data-country") is not None
    ]
    assert shown
    assert [countries for countries in shown if code not in countries] == []


def test_it_names_no_authority_of_another_country(course, code, trees):
    others = [name for other, names in AUTHORITIES.items() if other != code for name in names]
    strange = re.compile(rf"\b({'|'.join(map(re.escape, others))})")
    assert [piece for tree in trees for piece in pieces(tree) if strange.search(piece)] == []


def test_its_money_is_its_own(course, code):
    told = read_country(course, code).texts
    texts = {key: "".join(map(str, parse_markup(text).itertext())) for key, text in told.items()}
    assert {key: text for key, text in texts.items() if currencies_in(text) - {code}} == {}
    in_euros = {key for key, said in base_texts(course).items() if any("DE" in currencies_in(text) for text in said)}
    counts = {key for key, text in texts.items() if currencies_in(text) == {code}}
    assert in_euros == (counts if code != "DE" else in_euros - counts)


def test_what_it_calculates_is_right(course, code):
    for key, text in read_country(course, code).texts.items():
        if calculation := re.search(r"([\d,.]+) \S 0\.8 .* = ([\d,]+) \S 0\.3 = ([\d,]+)", text):
            margin, rest, worth = (float(number.replace(",", "")) for number in calculation.groups())
            assert (key, rest, worth) == (key, margin * 0.8, int(rest / 0.3))


def test_its_peaks_are_days_of_a_year(course, code):
    peaks = read_country(course, code).peaks
    assert peaks
    for first, last in peaks.values():
        days = (date(YEAR, *last) - date(YEAR, *first)).days % 365
        assert 5 <= days <= 80, f"{first} to {last}"


def test_every_country_with_a_box_has_an_edition(course, code):
    boxes = {
        country
        for _name, tree in html_trees(course)
        for element in tree.iter(etree.Element)
        for country in element.get("data-country", "").split()
    }
    assert code in boxes
    assert boxes <= {*countries_of(course)}
