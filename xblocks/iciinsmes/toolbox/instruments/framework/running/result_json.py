"""Results and values as JSON and back: what is stored, and what other programs read. Keys are names of the fields."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..declaration.instrument import ValueKind
from ..declaration.table import Value
from ..result.parts import Result

#: Raised when a field changes its meaning or goes; new fields with a default do not count.
FORMAT = 1


def result_to_json(result: Result) -> dict[str, Any]:
    """Write a result as plain lists, dictionaries, words and finite numbers; ``format`` is the version of the form."""
    return {"format": FORMAT, **_write(result)}


def result_from_json(data: Mapping[str, Any]) -> Result:
    """Read what `result_to_json` wrote.

    Raises:
        ValueError: it is of another format.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"unknown format of a result: {data.get('format')!r}")
    result: Result = _read(Result, {key: value for key, value in data.items() if key != "format"})
    return result


def _write(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _write(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _write(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_write(entry) for entry in value]
    return value.value if isinstance(value, Enum) else value


def _read(kind: Any, value: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = next((entry for entry in arguments if is_dataclass(entry)), None)
        return _read(inner, value) if inner and isinstance(value, dict) else value
    if origin is tuple:
        # tuple[X, ...] and the tuple of tuples of a table
        return tuple(_read(arguments[0], entry) for entry in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], entry) for name, entry in value.items() if name in hints})
    if origin is not None and issubclass(origin, Mapping):
        return {key: _read(arguments[1], entry) for key, entry in value.items()}
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def value_to_json(value: Value) -> str | int | float | bool | None:
    """Write what a cell or an option holds; days as ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


def value_from_json(kind: ValueKind, value: Any) -> Value:
    """Read what `value_to_json` wrote for a column or option of this kind."""
    return date.fromisoformat(value) if kind is ValueKind.DATE and value is not None else value
