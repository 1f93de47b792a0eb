"""One row of an instrument as fields of a form, and its values in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .data import Column, Language, Value, ValueKind, show
from .downloads.columns import holds, shown
from .option_form import OptionField, written

#: Stands before the column's key in the name of a field.
CELL = "cell-"

_YES_NO = (True, False)


@dataclass(frozen=True)
class RowField(OptionField):
    """A field for one column; ``kind`` is choice, number, date, text, or words for a sentence or more."""

    key: str
    required: bool


def typed_row(columns: Iterable[Column], sent: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return what a form with `row_fields` brings, by column key."""
    return {column.key: sent.get(prefix + CELL + column.key, "").strip() for column in columns}


def row_fields(
    columns: Iterable[Column], typed: Mapping[str, str], errors: Mapping[str, str], language: Language, prefix: str = ""
) -> tuple[RowField, ...]:
    """Return the fields of a form for these columns.

    Args:
        columns: of an instrument.
        typed: what stands in the fields, by column key; `written` writes a value so.
        errors: what is wrong, by column key.
        language: of the reader.
        prefix: stands before the names of the fields, where a form has several rows.
    """
    return tuple(
        RowField(
            key=prefix + column.key,
            name=prefix + CELL + column.key,
            title=show(column.title, language),
            kind=_kind(column),
            value=typed.get(column.key, ""),
            help=holds(column, language) if column.kind in (ValueKind.KEY, ValueKind.INTEGER, ValueKind.NUMBER) else "",
            choices=_choices(column, typed.get(column.key, ""), language),
            required=column.required,
            error=errors.get(column.key, ""),
        )
        for column in columns
    )


def value_words(column: Column, value: Value, language: Language) -> str:
    """Return a value as a reader of the language writes it."""
    words = shown(column, value, language)
    return words if isinstance(words, str) else written(words, language)


def _kind(column: Column) -> str:
    if column.choices or column.kind is ValueKind.YES_NO:
        return "choice"
    kinds = {
        ValueKind.INTEGER: "number",
        ValueKind.NUMBER: "number",
        ValueKind.DATE: "date",
        ValueKind.FREE_TEXT: "words",
    }
    return kinds.get(column.kind, "text")


def _choices(column: Column, typed: str, language: Language) -> tuple[tuple[str, str, bool], ...]:
    values: list[Value] = [choice.value for choice in column.choices]
    if column.kind is ValueKind.YES_NO:
        values = [*_YES_NO]
    known = [(written(value, language), value_words(column, value, language)) for value in values]
    return tuple((value, title, value == typed) for value, title in [("", "–"), *known]) if known else ()  # noqa: RUF001 - a dash
