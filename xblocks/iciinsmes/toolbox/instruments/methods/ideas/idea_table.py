"""Reading ideas and their numbers out of one table."""

from __future__ import annotations

from collections.abc import Collection

from ... import framework as fw
from .scoring import FACTORS, Ideas

#: RICE knows these steps; ICE is given from 1 to 10.
_RICE_STEPS = {"impact": (3, 2, 1, 0.5, 0.25), "confidence": (1, 0.8, 0.5)}


def read_ideas(table: fw.Table, method: str, parts: Collection[str]) -> Ideas:
    """Return the ideas that have every part; if several people gave a number, their mean counts.

    Args:
        table: with the column idea, and with criterion and score, or with the factors of the method.
        method: a key of `FACTORS`.
        parts: criteria or factors that an idea needs.
    """
    given: dict[str, dict[str, list[float]]] = {}
    criterion_of = {row: name for name, rows in fw.grouped(table.texts("criterion")).items() for row in rows}
    columns = ["score"] if method == "weighted" else list(parts)
    numbers = {column: table.maybe_numbers(column) for column in columns}
    for idea, rows in fw.grouped(table.texts("idea")).items():
        found = given.setdefault(idea, {})
        for row in rows:
            for column in columns:
                value = numbers[column][row]
                if value is not None:
                    part = criterion_of[row] if method == "weighted" else column
                    found.setdefault(part, []).append(_read(method, part, value))
    return {
        idea: {part: sum(found[part]) / len(found[part]) for part in parts}
        for idea, found in given.items()
        if parts and all(part in found for part in parts)
    }


def is_on_scale(table: fw.Table, method: str) -> bool:
    """Tell whether all numbers are among those that ICE or RICE knows."""
    if method == "rice":
        return all(
            value is None or _read(method, part, value) in steps
            for part, steps in _RICE_STEPS.items()
            for value in table.maybe_numbers(part)
        )
    return all(value is None or 1 <= value <= 10 for part in FACTORS[method] for value in table.maybe_numbers(part))


def _read(method: str, part: str, value: float) -> float:
    """Return a factor as the method takes it; confidence of RICE may be written in percent."""
    return value / 100 if method == "rice" and part == "confidence" and value > 1 else value
