"""The values of a PDF file: as much of its grammar as tells which dictionary says what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

#: A name, a number, a string, a list, a dictionary, a reference to an object, or nothing.
Value: TypeAlias = "bool | int | float | bytes | str | list[Value] | dict[str, Value] | Reference | None"

_SPACE = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*)*")
_REFERENCE = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_WORD = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]+")
_NUMBER = re.compile(rb"[+-]?\d{1,20}(\.\d{0,20})?")
_NAME_SIGN = re.compile(rb"#([0-9a-fA-F]{2})")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\r": b"", b"\n": b""}
_DEEPEST = 20


class NoValue(Exception):
    """Here stands nothing that could be read."""


@dataclass(frozen=True)
class Reference:
    """The number and generation of an object that stands elsewhere in the file."""

    number: int
    generation: int


def read_value(data: bytes, position: int = 0) -> Value:
    """Return the value that starts at ``position``, white space before it skipped.

    Raises:
        NoValue: there is none, or it does not end.
    """
    return _value(data, position, 0)[0]


def _value(data: bytes, position: int, depth: int) -> tuple[Value, int]:
    position = _skip(data, position)
    if depth > _DEEPEST:
        raise NoValue
    if data.startswith(b"<<", position):
        return _dictionary(data, position + 2, depth + 1)
    sign = data[position : position + 1]
    if sign == b"[":
        return _list(data, position + 1, depth + 1)
    if sign == b"(":
        return _string(data, position + 1)
    if sign == b"<":
        return _hex(data, position + 1)
    if sign == b"/":
        return _name(data, position + 1)
    found = _REFERENCE.match(data, position)
    if found:
        return Reference(int(found[1]), int(found[2])), found.end()
    word = _WORD.match(data, position)
    if word is None:
        raise NoValue
    return _plain(word[0]), word.end()


def _skip(data: bytes, position: int) -> int:
    found = _SPACE.match(data, position)
    return found.end() if found else position


def _plain(word: bytes) -> Value:
    if word in (b"true", b"false"):
        return word == b"true"
    number = _NUMBER.fullmatch(word)
    if number is None:
        return None
    return float(word) if number[1] else int(word)


def _dictionary(data: bytes, position: int, depth: int) -> tuple[dict[str, Value], int]:
    found: dict[str, Value] = {}
    while True:
        position = _skip(data, position)
        if data.startswith(b">>", position):
            return found, position + 2
        if data[position : position + 1] != b"/":
            raise NoValue
        key, position = _name(data, position + 1)
        found[key], position = _value(data, position, depth)


def _list(data: bytes, position: int, depth: int) -> tuple[list[Value], int]:
    found: list[Value] = []
    while True:
        position = _skip(data, position)
        if data[position : position + 1] == b"]":
            return found, position + 1
        value, position = _value(data, position, depth)
        found.append(value)


def _name(data: bytes, position: int) -> tuple[str, int]:
    word = _WORD.match(data, position)
    if word is None:
        return "", position
    return _NAME_SIGN.sub(lambda sign: bytes((int(sign[1], 16),)), word[0]).decode("latin-1"), word.end()


def _hex(data: bytes, position: int) -> tuple[bytes, int]:
    end = data.find(b">", position)
    if end < 0:
        raise NoValue
    digits = re.sub(rb"[^0-9a-fA-F]", b"", data[position:end]).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2)), end + 1


def _string(data: bytes, position: int) -> tuple[bytes, int]:
    start, depth = position, 1
    while depth:
        sign = data[position : position + 1]
        if not sign:
            raise NoValue
        position += 2 if sign == b"\\" else 1
        depth += {b"(": 1, b")": -1}.get(sign, 0)
    return _ESCAPE.sub(_unescaped, data[start : position - 1]), position


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign is None:
        return b"\n"
    if sign[:1] in b"01234567":
        return bytes((int(sign, 8) & 255,))
    return _ESCAPED.get(sign, sign)
