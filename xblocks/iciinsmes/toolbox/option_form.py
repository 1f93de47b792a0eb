"""The options of an instrument as fields of a form, read and shown in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from .data import Instrument, Language, show
from .downloads.columns import holds
from .instruments.framework import Option, Unit, Value, ValueKind, WrongOption, settings, show_value
from .table_import.rows.options import read_option

#: Stands before the key of an option in the name of its field.
OPTION = "option-"

_FIELDS = {
    ValueKind.INTEGER: "number",
    ValueKind.NUMBER: "number",
    ValueKind.DATE: "date",
    ValueKind.FREE_TEXT: "lines",
}


@dataclass(frozen=True)
class OptionField:
    """One field; ``kind`` is number, date, choice, text or lines.

    ``choices`` are what is sent, its title, whether chosen.
    """

    name: str
    title: str
    kind: str
    value: str
    help: str
    choices: tuple[tuple[str, str, bool], ...]
    error: str


@dataclass(frozen=True)
class OptionForm:
    """The fields, and the values of those without an error."""

    fields: tuple[OptionField, ...]
    values: Mapping[str, Value]

    @property
    def is_valid(self) -> bool:
        """Tell whether an instrument can run with the values."""
        return not any(field.error for field in self.fields)


def option_form(instrument: Instrument, sent: QueryDict, start: Mapping[str, Value], language: Language) -> OptionForm:
    """Read the options of a form as `options.html` sends it.

    Args:
        instrument: whose options.
        sent: the form; an option that it has not keeps its value from ``start``, an empty one its default.
        start: option key to value before anybody changed it.
        language: of the reader: says what a comma in a number means.
    """
    fields = []
    values: dict[str, Value] = {}
    for option in instrument.options:
        words = sent.get(OPTION + option.key)
        value, error = start.get(option.key, option.default), ""
        if words is not None:
            try:
                value = _read(instrument, option, words, language)
            except WrongOption as wrong:
                error = show(wrong.text, language)
        values[option.key] = value
        fields.append(_field(option, words if error else written(value, language), error, value, language))
    return OptionForm(tuple(fields), values)


def _read(instrument: Instrument, option: Option, words: str, language: Language) -> Value:
    value = read_option(instrument, option.key, words, language.point == ",")
    given = option.default if value is None else value
    settings(instrument, {option.key: given})
    return given


def _field(option: Option, words: str | None, error: str, value: Value, language: Language) -> OptionField:
    titles: dict[Value, str] = {choice.value: show(choice.title, language) for choice in option.choices}
    if option.kind is ValueKind.YES_NO:
        titles = {flag: show_value(flag, Unit.NONE, 0, language) for flag in (True, False)}
    if titles and option.default is None:
        titles = {None: "–", **titles}  # noqa: RUF001 - a dash
    kind = _FIELDS.get(option.kind, "text")
    return OptionField(
        name=OPTION + option.key,
        title=show(option.title, language),
        kind="choice" if titles else kind,
        value=words or "",
        help=holds(option, language) if kind == "number" else "",
        choices=tuple((written(key, language), title, key == value) for key, title in titles.items()),
        error=error,
    )


def written(value: Value, language: Language) -> str:
    """Return a value as it stands in a field; what stands there is read back as the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    return language.typed(value) if isinstance(value, int | float) else str(value)
