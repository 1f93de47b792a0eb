"""Doors of rooms look alike: arguments by name, frozen data, errors of their own."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import sys
from ast import ClassDef, parse
from collections import defaultdict
from pathlib import Path

import pytest

import iciinsmes
import iciinsmes_campus

ROOMS = [
    f"{house.__name__}.{room.name}"
    for house in (iciinsmes, iciinsmes_campus)
    for room in pkgutil.iter_modules(house.__path__)
    if room.ispkg
]


def modules(part: str, house: str = ""):
    names = [
        f"{room}.{part}" for room in ROOMS if room.startswith(house) and importlib.util.find_spec(f"{room}.{part}")
    ]
    return pytest.mark.parametrize("module", [importlib.import_module(name) for name in names], ids=names)


@modules("api", house="iciinsmes.")
def test_arguments_of_a_door_are_given_by_name(module):
    positional = [
        f"{name}({argument.name})"
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        for argument in inspect.signature(function).parameters.values()
        if argument.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    assert positional == []


@modules("api")
def test_a_door_lists_what_it_offers(module):
    offered = {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert offered <= set(module.__all__)


@modules("data")
def test_data_is_frozen(module):
    thawed = [
        name
        for name, found in inspect.getmembers(module, inspect.isclass)
        if found.__module__ == module.__name__
        and dataclasses.is_dataclass(found)
        and not getattr(found, "__dataclass_params__").frozen  # noqa: B009 - typeshed does not know it
    ]
    assert thawed == []


@modules("errors")
def test_errors_of_a_room_have_one_root(module):
    own = [found for _name, found in inspect.getmembers(module, inspect.isclass) if found.__module__ == module.__name__]
    roots = [found for found in own if not any(base in own for base in found.__mro__[1:])]
    assert len(roots) == 1


#: Made by their instruments, which share a vocabulary of their own; Django finds commands by one name.
_OWN_WORDS = ("/toolbox/", "/management/commands/", "/migrations/")
#: The add-on's platform is the field's word for it; Django asks for folders of the other two names.
_ALLOWED = {"platform", "locale", "sqlite3"}


def _sources():
    return [path for house in (iciinsmes, iciinsmes_campus) for path in Path(house.__path__[0]).rglob("*.py")]


def test_a_class_of_the_rooms_has_a_name_of_its_own():
    places = defaultdict(list)
    for path in _sources():
        if not any(part in path.as_posix() for part in _OWN_WORDS):
            for node in parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(path.as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_module_is_called_like_one_of_the_standard_library():
    names = {path.stem if path.stem != "__init__" else path.parent.name for path in _sources()}
    assert names & sys.stdlib_module_names - _ALLOWED == set()
