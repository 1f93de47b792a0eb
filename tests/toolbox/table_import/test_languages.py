"""Every language of the product has a pack of words, and every pack has all its parts."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from iciinsmes.platform.languages import offered
from iciinsmes.toolbox import api
from iciinsmes.toolbox.table_import.languages import PACKS, LanguagePack, answer_words
from iciinsmes.toolbox.table_import.languages.pack import OrderWords, PeopleWords
from iciinsmes.toolbox.table_import.names import plain_name

#: What a language may not have: a title behind a name, marks of which 1 is the best.
MAY_BE_EMPTY = {
    "titles",
    "short_titles",
    "degrees",
    "capital_titles",
    "not_after_titles",
    "behind",
    "not_before",
    "other_forms",
    "beside_days",
    "best_is_one",
}


def missing(pack: LanguagePack) -> list[str]:
    """The parts that a pack lacks."""
    parts: list[tuple[LanguagePack | PeopleWords | OrderWords, type]] = [
        *((pack, LanguagePack), (pack.people, PeopleWords), (pack.orders, OrderWords)),
    ]
    found = [
        field.name
        for part, kind in parts
        for field in fields(kind)
        if field.name not in MAY_BE_EMPTY and not getattr(part, field.name)
    ]
    found += [f"month {number}" for number in range(1, 13) if not (len(pack.months) == 12 and pack.months[number - 1])]
    if not (pack.people.titles or pack.people.short_titles or pack.people.behind):
        found.append("titles")
    for part in ("headings", "beside_headings", "answers"):
        found += [
            f"{part}: {key}" for other in PACKS for key in getattr(other, part) if not getattr(pack, part).get(key)
        ]
    return sorted(set(found))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.code)
def test_a_pack_has_every_part(pack):
    assert missing(pack) == []


def test_every_language_of_the_product_has_a_pack():
    assert {code.partition("-")[0] for code, _name in offered()} == {pack.code for pack in PACKS}


@pytest.mark.parametrize(
    "pack",
    [
        replace(PACKS[0], totals=()),
        replace(PACKS[0], months=PACKS[0].months[1:]),
        replace(PACKS[0], answers={}),
        replace(PACKS[0], people=replace(PACKS[0].people, closings=())),
    ],
)
def test_a_missing_part_is_noticed(pack):
    assert missing(pack)


def test_answers_are_those_of_choices():
    titles = {
        choice.title.message
        for instrument in api.all_instruments()
        for column in instrument.columns
        for choice in column.choices
    }
    assert {title for pack in PACKS for title in pack.answers} <= titles


def test_no_answer_means_two_things():
    for instrument in api.all_instruments():
        for column in instrument.columns:
            words = [
                (plain_name(word), choice.value)
                for choice in column.choices
                for word in answer_words(choice.title.message)
            ]
            assert len(set(words)) == len({word for word, _value in words}), f"{instrument.key}, {column.key}"


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ("I like it that way", "I am neutral"),
        ("Das würde mich sehr freuen", "Das ist mir egal"),
        ("Det kan jeg godt lide", "Jeg er ligeglad"),
        ("Tetszik", "Közömbös"),
        ("Podoba mi się to", "Jest mi to obojętne"),
    ],
)
def test_the_answers_of_kano_questionnaires_are_known(there, missing):
    kano = api.find_instrument(name="T12")
    sheet = api.open_pasted(text=f"respondent;feature;functional;dysfunctional\nP1;app;{there};{missing}\n")
    mapping = {"respondent": 0, "feature": 1, "functional": 2, "dysfunctional": 3}
    table = api.read_table(instrument=kano, sheet=sheet, mapping=mapping).table
    assert (table.columns["functional"], table.columns["dysfunctional"]) == ((1,), (3,))
