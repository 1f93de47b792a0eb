"""Drawings and what else is made from the code say what the code says now."""

from __future__ import annotations

import pytest

from tests.checks import ROOT
from tests.drawings.__main__ import files
from tests.drawings.rooms import CONTRACTS, House, house, listed, packages

#: Rooms that are cut in another way inside, or are no more than a few modules without layers.
_OTHERWISE = {"authoring", "lib", "platform", "toolbox"}


@pytest.mark.parametrize("path", [path.relative_to(ROOT) for path in files()], ids=str)
def test_what_is_made_from_the_code_is_up_to_date(path):
    assert (ROOT / path).read_text(encoding="utf-8") == files()[ROOT / path], "make it anew: make drawings"


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_room_has_its_floor(name):
    floors = {module for line in listed(CONTRACTS[name]) for module in line}
    assert [room for room in packages(name) if f"{name}.{room}" not in floors] == []


def test_every_room_of_the_add_on_is_cut_in_layers_inside():
    containers = {module for line in listed("within", "containers") for module in line}
    assert {f"iciinsmes.{room}" for room in packages("iciinsmes") if room not in _OTHERWISE} <= containers


def test_every_name_in_the_contracts_is_that_of_a_room():
    names = {module for contract in CONTRACTS.values() for line in listed(contract) for module in line}
    rooms = {f"{name}.{room}" for name in CONTRACTS for room in packages(name)}
    assert names - rooms == {"iciinsmes_campus"}


def test_arrows_that_follow_from_others_are_left_out():
    uses = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()}
    assert House((("a",), ("b",), ("c",)), uses).arrows() == [("a", "b"), ("b", "c")]


def test_what_many_use_is_a_ground():
    uses = {"a": frozenset("cd"), "b": frozenset("d"), "c": frozenset("d"), "d": frozenset()}
    assert House((("a", "b"), ("c",), ("d",)), uses).ground() == (("c",), ("d",))


def test_a_house_has_all_its_rooms():
    found = house("iciinsmes")
    assert sorted(room for floor in found.floors for room in floor) == packages("iciinsmes")
