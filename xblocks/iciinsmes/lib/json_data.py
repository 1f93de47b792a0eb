"""Data classes as JSON, as tables keep them and browsers send them: one canonical form, read strictly.

What a class declares is what its JSON has. Equal data give equal JSON, because content is found by its hash.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import MISSING, Field, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from .decimals import typed_number
from .other_languages import as_read

_Data = TypeVar("_Data")
_Value = TypeVar("_Value")
_LATER = "iciinsmes.later"
#: Types that JSON has itself. What says yes or no is no number, as Python would have it.
_OWN_TYPES = (str, int, bool)


def later(default: _Value) -> _Value:
    """Declare a field that came after JSON of its class was kept: it is written only where it differs from the default.

    So what was kept before has the hash that it had.
    """
    found: _Value = field(default=default, metadata={_LATER: True})
    return found


def to_json(value: Any, *, without: Collection[str] = ()) -> Any:
    """Return data of data classes, enumerations, decimals, days, UUIDs, mappings and tuples as what JSON holds.

    Args:
        value: the data.
        without: fields that are left out, because somebody else writes them.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: to_json(getattr(value, each.name))
            for each in fields(value)
            if each.name not in without and not _is_as_ever(each, getattr(value, each.name))
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        # Keys of JSON are texts; numbers are read back by what the class declares.
        return {key if isinstance(key, str) else str(int(key)): to_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    return value


def from_json(kind: type[_Data], content: Mapping[str, Any], **given: Any) -> _Data:
    """Read what `to_json` wrote of a data class, before some of its fields existed or after there were more of them.

    What was frozen with words in other languages is read in the active one.

    Args:
        kind: the data class.
        content: its JSON; what has a default may be missing.
        given: values of fields that somebody else has read; what ``content`` says about them is not looked at.

    Raises:
        KeyError: something is missing.
        TypeError: something has a type that it cannot have.
        ValueError: a value is none of those that it can be.
    """
    if not isinstance(content, Mapping):
        raise TypeError(f"{kind.__name__} is an object")
    content = as_read(content)
    readers = _readers(kind)  # type: ignore[arg-type] # mypy takes a class of some type for unhashable
    values = dict(given)
    for name, (read, is_needed) in readers.items():
        if name in content and name not in given:
            values[name] = read(content[name])
        elif is_needed and name not in given:
            raise KeyError(name)
    return kind(**values)


def decimal_from_json(text: object) -> Decimal:
    """Read a number as JSON of this add-on holds it.

    Raises:
        ValueError: not a number, or one without a size (NaN, infinity), which JSON from a browser may hold.
    """
    number = typed_number(str(text))
    if number is None:
        raise ValueError(text)
    return number


def _is_as_ever(each: Field[Any], value: Any) -> bool:
    return _LATER in each.metadata and bool(value == each.default)


@cache
def _readers(kind: Hashable) -> dict[str, tuple[Callable[[Any], Any], bool]]:
    """Return for each field what reads it, and whether it must be there."""
    hints, declared = get_type_hints(kind), fields(cast(Any, kind))
    return {
        each.name: (_reader(hints[each.name]), each.default is MISSING and each.default_factory is MISSING)
        for each in declared
    }


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_of(_reader(inner[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_of(int if inner[0] is int else str, _reader(inner[1]))
    if origin in (Union, UnionType):
        read = _reader(next(each for each in inner if each is not type(None)))
        return lambda value: None if value is None else read(value)
    if hint is Decimal:
        return decimal_from_json
    if hint is float:
        return _number
    if hint is date:
        return date.fromisoformat
    if hint is UUID:
        return UUID
    if hint in _OWN_TYPES:
        return _own(hint)
    if is_dataclass(hint):
        return lambda value: from_json(hint, value)  # type: ignore[arg-type]
    # An enumeration refuses what is none of its values; whatever else a field may hold stays as it is.
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else lambda value: value


def _own(kind: type[Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return read


def _number(value: Any) -> float | int:
    if type(value) not in (int, float):
        raise TypeError(f"{value!r} is no number")
    number: float | int = value
    return number


def _tuple_of(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise TypeError(f"{value!r} is no list")
        return tuple(map(read, value))

    return read_all


def _mapping_of(read_key: Callable[[str], Any], read: Callable[[Any], Any]) -> Callable[[Any], dict[Any, Any]]:
    return lambda value: {read_key(key): read(each) for key, each in value.items()}
