"""Cards: nothing is overwritten unseen, nothing of a person gets in, and what was removed comes back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iciinsmes.canvases import api
from iciinsmes.canvases.cards import MAX_CARDS
from iciinsmes.canvases.errors import NoCanvas, StaleCard, TooManyCards, UnknownCard, UnknownVersion, WrongCard
from iciinsmes.canvases.models import CanvasCard
from iciinsmes.canvases.rules import areas, places
from iciinsmes.toolbox import api as toolbox
from tests.examples import examples

from .conftest import JOURNEY, add, canvas, card, words

pytestmark = pytest.mark.django_db
PLACES = ("jobs", "pains", "gains")


def change(found, user, row, text, **more):
    given = {"revision": row.revision, "cells": card(text), **more}
    return api.change_card(canvas_id=found.id, user_id=user.pk, card_id=row.id, **given)


def test_who_saves_a_card_that_somebody_else_has_changed_gets_to_see_that(people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Waits for a date")
    change(found, people.jonas, row, "Waits three weeks for a date")
    with pytest.raises(StaleCard) as refused:
        change(found, people.anna, row, "Nobody calls back")
    assert refused.value.card.values["text"] == "Waits three weeks for a date"
    assert words(found, people.anna) == [("pains", "Waits three weeks for a date")]
    change(found, people.anna, refused.value.card, "Waits three weeks, and nobody calls back")
    assert words(found, people.jonas) == [("pains", "Waits three weeks, and nobody calls back")]


def test_moving_a_card_does_not_stop_who_writes_on_it(people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Waits for a date")
    api.move_card(canvas_id=found.id, user_id=people.jonas.pk, card_id=row.id, place="jobs")
    change(found, people.anna, row, "Waits long")
    assert words(found, people.anna) == [("jobs", "Waits long")]


def test_addresses_and_telephone_numbers_are_masked(people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Ask mette@example.org or +45 20 30 40 50")
    assert row.values["text"] == "Ask … or …"


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"text": ""}, "text"), ({"text": "x", "importance": "7"}, "importance"), ({"text": "x" * 5001}, "text")],
)
def test_what_does_not_fit_is_refused_at_its_column(people, cells, column):
    found = canvas(people.anna)
    with pytest.raises(WrongCard) as refused:
        api.add_card(canvas_id=found.id, user_id=people.anna.pk, place="pains", cells=cells)
    assert set(refused.value.errors) == {column}
    assert words(found, people.anna) == []


def test_a_key_names_nobody(people):
    found = canvas(people.anna, "co-creation-workshop")
    cells = {"participant": "Mette Sørensen", "idea": "A window of two hours"}
    with pytest.raises(WrongCard) as refused:
        api.add_card(canvas_id=found.id, user_id=people.anna.pk, place="customer", cells=cells)
    assert set(refused.value.errors) == {"participant"}


def test_a_place_that_is_none_is_refused(people):
    found = canvas(people.anna)
    row = add(found, people.anna, "Waits")
    with pytest.raises(WrongCard):
        add(found, people.anna, "Waits", place="kitchen")
    with pytest.raises(WrongCard):
        api.move_card(canvas_id=found.id, user_id=people.anna.pk, card_id=row.id, place="kitchen")


def test_a_removed_card_comes_back_for_everybody(people):
    found = canvas(people.anna)
    first = add(found, people.anna, "One")
    add(found, people.anna, "Two")
    api.remove_card(canvas_id=found.id, user_id=people.jonas.pk, card_id=first.id)
    assert words(found, people.anna) == [("pains", "Two")]
    with pytest.raises(UnknownCard):
        change(found, people.anna, first, "One and a half")
    api.bring_back_card(canvas_id=found.id, user_id=people.jonas.pk, card_id=first.id)
    assert words(found, people.anna) == [("pains", "Two"), ("pains", "One")]


def test_a_card_of_another_canvas_is_not_there(people):
    found, other = canvas(people.anna), canvas(people.peer)
    row = add(other, people.peer, "Secret")
    with pytest.raises(UnknownCard):
        change(found, people.anna, row, "Mine")
    with pytest.raises(UnknownCard):
        api.move_card(canvas_id=found.id, user_id=people.anna.pk, card_id=row.id, place="jobs")


def test_a_canvas_does_not_grow_without_end(people):
    found = canvas(people.anna)
    row = add(found, people.anna, "One")
    stored = CanvasCard.objects.get(pk=row.id)
    for position in range(1, MAX_CARDS):
        stored.pk, stored.position = None, position
        stored.save()
    with pytest.raises(TooManyCards):
        add(found, people.anna, "One more")


def test_only_instruments_with_a_canvas_have_one(people):
    with pytest.raises(NoCanvas):
        canvas(people.anna, "net-promoter-score")


TABLES = [instrument for instrument in api.drawn_instruments() if instrument.canvas.is_table]


@pytest.mark.parametrize("instrument", TABLES, ids=lambda instrument: instrument.code)
def test_every_canvas_can_be_filled_with_its_demo_and_is_that_table_again(people, instrument):
    """What is typed into cards is computed as if it had come from a file; and each place has one rectangle."""
    found = canvas(people.anna, instrument.key)
    demo = toolbox.demo_table(instrument=instrument)
    place = instrument.canvas.place
    for row in range(len(demo)):
        cells = {key: "" if values[row] is None else str(values[row]) for key, values in demo.columns.items()}
        api.add_card(canvas_id=found.id, user_id=people.anna.pk, place=cells.pop(place, ""), cells=cells)
    table = api.table_of(canvas_id=found.id, reader_id=people.anna.pk)
    options = dict(instrument.demo.options)
    assert toolbox.run(instrument=instrument, table=table, options=options) == toolbox.run(
        instrument=instrument, table=demo, options=options
    )
    if place:
        grid = areas(instrument)
        assert {area.place for area in grid} == set(places(instrument))
        cells_of_grid = sum((area.row_end - area.row) * (area.column_end - area.column) for area in grid)
        assert cells_of_grid == sum(map(len, instrument.canvas.layout))


def test_a_test_card_is_written_down_before_there_are_data(people):
    found = canvas(people.anna, "prototype-test")
    for place, text in (("belief", "They book on the phone."), ("threshold", "Eight of ten manage it.")):
        cells = {"text": text, "day": "2026-04-01"}
        api.add_card(canvas_id=found.id, user_id=people.anna.pk, place=place, cells=cells)
    table = api.table_of(canvas_id=found.id, reader_id=people.anna.pk)
    assert table.texts("part") == ["belief", "threshold"]
    assert list(table.dates("day")) == [date(2026, 4, 1)] * 2
    assert not api.computes("prototype-test")


def test_a_version_comes_back_and_the_present_is_kept_first(people):
    found = canvas(people.anna)
    add(found, people.anna, "One")
    api.save_version(canvas_id=found.id, user_id=people.anna.pk, note="After the talk")
    add(found, people.jonas, "Two", place="jobs")
    api.restore_version(canvas_id=found.id, user_id=people.jonas.pk, number=1)
    assert words(found, people.anna) == [("pains", "One")]
    newest, oldest = api.versions_of(canvas_id=found.id, reader_id=people.anna.pk)
    assert (oldest.note, oldest.card_count, newest.card_count) == ("After the talk", 1, 2)
    api.restore_version(canvas_id=found.id, user_id=people.anna.pk, number=newest.number)
    assert words(found, people.anna) == [("pains", "One"), ("jobs", "Two")]
    with pytest.raises(UnknownVersion):
        api.restore_version(canvas_id=found.id, user_id=people.anna.pk, number=99)


def test_changes_are_those_since_a_page_has_asked(people, django_assert_num_queries):
    found = canvas(people.anna)
    first = add(found, people.anna, "One")
    second = add(found, people.anna, "Two")
    with django_assert_num_queries(1):  # the person's role is known to the request
        assert api.changes_since(canvas_id=found.id, reader_id=people.anna.pk, change=second.change) is None
    change(found, people.jonas, first, "One and a half")
    told = api.changes_since(canvas_id=found.id, reader_id=people.anna.pk, change=second.change)
    assert told
    assert [each.values["text"] for each in told.cards] == ["One and a half"]
    assert told.order == (first.id, second.id)
    api.remove_card(canvas_id=found.id, user_id=people.jonas.pk, card_id=first.id)
    told = api.changes_since(canvas_id=found.id, reader_id=people.anna.pk, change=told.change)
    assert told
    assert (told.cards, told.order) == ((), (second.id,))


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "read", "save", "move", "step", "remove", "back"]),
        st.integers(0, 1),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from(PLACES),
    ),
    max_size=25,
)


@given(DEEDS)
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_editors_in_any_order_lose_no_word_unseen(people, deeds):
    """Whoever overwrites words has read exactly these; positions stay a permutation."""
    found = canvas(people.anna, JOURNEY if not deeds else "value-proposition-canvas")
    editors = (people.anna, people.jonas)
    seen: tuple[dict, dict] = ({}, {})
    removed: list[int] = []
    for turn, (deed, who, index, other, place) in enumerate(deeds):
        user, known = editors[who], seen[who]
        cards = api.open_canvas(canvas_id=found.id, reader_id=user.pk).cards
        chosen = cards[index % len(cards)] if cards else None
        if deed == "add":
            add(found, user, f"{who} wrote {turn}", place=place)
        elif deed == "back" and removed:
            api.bring_back_card(canvas_id=found.id, user_id=user.pk, card_id=removed.pop())
        elif chosen and deed == "read":
            known[chosen.id] = chosen
        elif chosen and deed == "save" and chosen.id in known:
            read = known[chosen.id]
            if chosen.values == read.values and chosen.revision == read.revision:
                known[chosen.id] = change(found, user, read, f"{who} wrote {turn}")
            else:
                with pytest.raises(StaleCard) as refused:
                    change(found, user, read, f"{who} wrote {turn}")
                assert refused.value.card == chosen
                known[chosen.id] = refused.value.card
        elif chosen and deed == "move":
            before = cards[other % len(cards)].id
            api.move_card(canvas_id=found.id, user_id=user.pk, card_id=chosen.id, place=place, before=before)
        elif chosen and deed == "step":
            by = 1 if other % 2 else -1
            api.step_card(canvas_id=found.id, user_id=user.pk, card_id=chosen.id, by=by)
        elif chosen and deed == "remove":
            api.remove_card(canvas_id=found.id, user_id=user.pk, card_id=chosen.id)
            removed.append(chosen.id)
        positions = CanvasCard.objects.filter(canvas_id=found.id, removed_at=None).values_list("position", flat=True)
        assert sorted(positions) == list(range(len(positions)))
    assert not CanvasCard.objects.filter(canvas_id=found.id, place="").exists()


@given(st.lists(st.sampled_from(PLACES), min_size=2, max_size=6), st.data())
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_card_goes_where_it_is_put(people, where, data):
    found = canvas(people.anna)
    cards = [add(found, people.anna, str(number), place=place) for number, place in enumerate(where)]
    row, mate = data.draw(st.permutations(cards))[:2]
    api.move_card(canvas_id=found.id, user_id=people.anna.pk, card_id=row.id, place=mate.place, before=mate.id)
    there = [text for place, text in words(found, people.anna) if place == mate.place]
    assert there.index(row.values["text"]) == there.index(mate.values["text"]) - 1
    api.move_card(canvas_id=found.id, user_id=people.anna.pk, card_id=row.id, place="jobs")
    assert [text for place, text in words(found, people.anna) if place == "jobs"][-1] == row.values["text"]


@pytest.mark.parametrize("name", ["Pains", "PAINS", " pains "])
def test_a_place_named_by_another_word_for_it_is_the_same_place(people, name):
    found = canvas(people.anna)
    add(found, people.anna, "Waits for a date", place=name)
    assert words(found, people.anna) == [("pains", "Waits for a date")]
