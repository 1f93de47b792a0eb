"""What a canvas gives: a poster with every word, tables that are read back, the result of its cards, versions."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.canvases.poster import WIDTH, PosterCard, PosterPlace, in_a_row, poster
from iciinsmes.toolbox import api as toolbox

from .conftest import add, canvas, words
from .test_pages import page

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200)


@given(st.lists(st.tuples(st.integers(0, 3), WORDS, WORDS), max_size=12), WORDS)
def test_a_poster_shows_every_word_within_the_sheet_whatever_they_are(cards, title):
    grid = [(1, 1, 3, 2), (1, 2, 2, 3), (2, 2, 3, 3), (1, 3, 3, 4)]
    places = [
        PosterPlace("Place", index, *corners, tuple(PosterCard(text, note) for at, text, note in cards if at == index))
        for index, corners in enumerate(grid)
    ]
    root = ET.fromstring(poster(title, "Today", places))
    shown = "".join("".join(text.text or "" for text in root.iter(f"{SVG}text")).split())
    assert all("".join((text + note).split()) in shown for _place, text, note in cards)
    height = float(root.get("height", "0"))
    for box in list(root.iter(f"{SVG}rect"))[1:]:
        x, y, width, tall = (float(box.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + width <= WIDTH
        assert y + tall <= height


def test_cards_without_places_stand_in_their_order():
    places = in_a_row("Journey", [PosterCard(str(number)) for number in range(7)])
    assert [(place.row, place.column, place.cards[0].words) for place in places[4:]] == [
        (1, 5, "4"),
        (2, 1, "5"),
        (2, 2, "6"),
    ]


@pytest.mark.django_db
def test_tables_are_read_back_as_the_same_cards(client, people):
    found = canvas(people.anna)
    add(found, people.anna, "Waits; for, a “date”", importance="4.5")
    add(found, people.anna, "=cmd", place="jobs")
    browser = page(client, people.anna)
    instrument = toolbox.find_instrument(name=found.instrument)
    for name in ("canvas-csv", "canvas-xlsx"):
        content = browser.get(reverse(f"iciinsmes:{name}", args=[found.id])).content
        sheet = toolbox.open_table(content=content)
        mapping = toolbox.weigh_columns(instrument=instrument, sheet=sheet).mapping
        read = toolbox.read_table(instrument=instrument, sheet=sheet, mapping=mapping).table
        assert list(read.columns["place"]) == ["pains", "jobs"]
        assert list(read.columns["importance"]) == [4.5, None]
        assert read.columns["text"][0] == "Waits; for, a “date”"


@pytest.mark.django_db
def test_a_poster_is_escaped_and_runs_nothing(client, people):
    found = canvas(people.anna, title="<script>alert(1)</script>")
    add(found, people.anna, "<b>bold</b>")
    response = page(client, people.anna).get(reverse("iciinsmes:canvas-svg", args=[found.id]))
    assert response["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    text = response.content.decode()
    assert "<script" not in text
    assert "&lt;b&gt;bold" in text


@pytest.mark.django_db
def test_cards_are_computed_as_they_are_now(client, people):
    found = canvas(people.anna)
    address = reverse("iciinsmes:canvas-result", args=[found.id])
    browser = page(client, people.anna)
    assert "no card yet" in browser.get(address).content.decode()
    add(found, people.anna, "Waits", importance="5")
    text = browser.get(address).content.decode()
    assert "Computed from 1 card" in text
    assert "ici-result" in text


@pytest.mark.django_db
def test_a_test_card_has_a_poster_and_computes_nothing(client, people):
    found = canvas(people.anna, "prototype-test")
    add(found, people.anna, "They book on the phone.", place="belief")
    browser = page(client, people.anna)
    text = browser.get(reverse("iciinsmes:canvas", args=[found.id])).content.decode()
    assert "Test card" in text
    assert reverse("iciinsmes:canvas-result", args=[found.id]) not in text
    assert browser.get(reverse("iciinsmes:canvas-result", args=[found.id])).status_code == 404
    assert "They book on the phone." in browser.get(reverse("iciinsmes:canvas-svg", args=[found.id])).content.decode()


@pytest.mark.django_db
def test_a_version_is_kept_and_brought_back(client, people):
    found = canvas(people.anna)
    add(found, people.anna, "Waits")
    browser = page(client, people.anna)
    address = reverse("iciinsmes:canvas-versions", args=[found.id])
    browser.post(address, {"note": "After the talks"})
    add(found, people.anna, "Calls")
    assert "After the talks" in browser.get(address).content.decode()
    browser.post(reverse("iciinsmes:canvas-restore", args=[found.id, 1]))
    assert words(found, people.anna) == [("pains", "Waits")]
    assert browser.post(reverse("iciinsmes:canvas-restore", args=[found.id, 9])).status_code == 404
