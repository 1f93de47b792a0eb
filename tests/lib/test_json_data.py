"""Data classes as JSON: one canonical form, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from iciinsmes.lib.json_data import from_json, later, to_json


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Part:
    name: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Thing:
    title: str
    parts: tuple[Part, ...] = ()
    colours: tuple[Colour, ...] = (Colour.RED,)
    shares: Mapping[str, float] = field(default_factory=dict)
    chosen: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    lead: Part = later(Part("lead"))
    loud: bool = later(False)


FULL = Thing(
    title="Counter",
    parts=(Part("a", Decimal("2.50")), Part("b")),
    colours=(Colour.BLUE, Colour.RED),
    shares={"x": 0.5, "y": 1},
    chosen=3,
    raw={"any": [1, {"deep": None}]},
    lead=Part("other"),
    loud=True,
)


@pytest.mark.parametrize("thing", [FULL, Thing("bare")])
def test_what_is_written_is_read_again(thing):
    assert from_json(Thing, to_json(thing)) == thing


def test_it_is_what_json_holds():
    assert to_json(replace(FULL, parts=FULL.parts[:1])) == {
        "title": "Counter",
        "parts": [{"name": "a", "weight": "2.5"}],
        "colours": ["blue", "red"],
        "shares": {"x": 0.5, "y": 1},
        "chosen": 3,
        "raw": {"any": [1, {"deep": None}]},
        "lead": {"name": "other", "weight": "1"},
        "loud": True,
    }


def test_a_field_that_came_later_is_not_written_while_it_is_as_ever():
    assert to_json(Thing("bare")).keys() == {"title", "parts", "colours", "shares", "chosen", "raw"}


def test_fields_that_somebody_else_writes_are_left_to_them():
    content = to_json(FULL, without=["parts"])
    assert "parts" not in content
    assert from_json(Thing, {**content, "parts": "theirs"}, parts=FULL.parts) == FULL


def test_what_a_newer_release_wrote_is_left_out():
    assert from_json(Thing, {**to_json(FULL), "smell": "sweet"}) == FULL


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"title": 3}, TypeError),
        ({"title": None}, TypeError),
        ({"parts": "ab"}, TypeError),
        ({"parts": {"name": "a"}}, TypeError),
        ({"parts": ["a"]}, TypeError),
        ({"parts": [{"weight": "1"}]}, KeyError),
        ({"parts": [{"name": "a", "weight": "NaN"}]}, ValueError),
        ({"parts": [{"name": "a", "weight": None}]}, ValueError),
        ({"colours": ["green"]}, ValueError),
        ({"shares": {"x": "1"}}, TypeError),
        ({"shares": {"x": True}}, TypeError),
        ({"chosen": True}, TypeError),
        ({"chosen": 1.5}, TypeError),
        ({"loud": "yes"}, TypeError),
    ],
)
def test_what_cannot_be_meant_is_refused(change, error):
    with pytest.raises(error):
        from_json(Thing, {**to_json(FULL), **change})


@pytest.mark.parametrize("content", [None, [], "text", 3])
def test_what_is_no_object_is_refused(content):
    with pytest.raises(TypeError):
        from_json(Thing, content)


def test_what_is_needed_must_be_there():
    with pytest.raises(KeyError):
        from_json(Thing, {})
