"""One row of an instrument as fields of a form, and its values in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .data import Column, Kind, Language, Value, show
from .handouts.cells import shown
from .handouts.columns import holds
from .option_form import written

#: Stands before the column's key in the name of a field.
CELL = "cell-"

_YES_NO = (True, False)


@dataclass(frozen=True)
class RowField:
    """A field for one column; ``kind`` is choice, number, date, text, or words for a sentence or more."""

    key: str
    name: str
    title: str
    kind: str
    value: str
    help: str
    choices: tuple[tuple[str, str, bool], ...]
    required: bool
    error: str


def row_fields(
    columns: Iterable[Column], typed: Mapping[str, str], errors: Mapping[str, str], language: Language
) -> tuple[RowField, ...]:
    """Return the fields of a form for these columns.

    Args:
        columns: of an instrument.
        typed: what stands in the fields, by column key; `written` writes a value so.
        errors: what is wrong, by column key.
        language: of the reader.
    """
    return tuple(
        RowField(
            key=column.key,
            name=CELL + column.key,
            title=show(column.title, language),
            kind=_kind(column),
            value=typed.get(column.key, ""),
            help=holds(column, language) if column.kind in (Kind.KEY, Kind.INTEGER, Kind.NUMBER) else "",
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
    if column.choices or column.kind is Kind.YES_NO:
        return "choice"
    kinds = {Kind.INTEGER: "number", Kind.NUMBER: "number", Kind.DATE: "date", Kind.FREE_TEXT: "words"}
    return kinds.get(column.kind, "text")


def _choices(column: Column, typed: str, language: Language) -> tuple[tuple[str, str, bool], ...]:
    values: list[Value] = [choice.value for choice in column.choices]
    if column.kind is Kind.YES_NO:
        values = [*_YES_NO]
    known = [(written(value, language), value_words(column, value, language)) for value in values]
    return tuple((value, title, value == typed) for value, title in [("", "–"), *known]) if known else ()  # noqa: RUF001 - a dash
