"""What may stand in a column or be chosen for an option, as a text."""

from __future__ import annotations

from collections.abc import Mapping

from ..texts.message import Text, msg
from .instrument import Column, Option, ValueKind

_KINDS: Mapping[ValueKind, Text] = {
    ValueKind.INTEGER: msg("a whole number"),
    ValueKind.NUMBER: msg("a number"),
    ValueKind.DATE: msg("a day, such as 2026-03-04"),
    ValueKind.YES_NO: msg("yes or no"),
    ValueKind.KEY: msg("a number or code, never a name"),
    ValueKind.WORD: msg("a word or a few"),
    ValueKind.FREE_TEXT: msg("sentences"),
}


def allowed(field: Column | Option) -> Text:
    """Return what is allowed, such as “a whole number, 0 to 10”; choices by their titles."""
    if field.choices:
        return joined([choice.title for choice in field.choices])
    limits = _limits(field)
    return joined([_KINDS[field.kind], limits], ", ") if limits else _KINDS[field.kind]


def joined(texts: list[Text], between: str = "; ") -> Text:
    """Return texts one after the other as one."""
    first, *rest = texts
    return Text(f"%(first)s{between}%(rest)s", {"first": first, "rest": joined(rest, between)}) if rest else first


def _limits(field: Column | Option) -> Text | None:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return msg("%(low)s to %(high)s", low=low, high=high)
    if low is not None:
        return msg("at least %(low)s", low=low)
    return msg("at most %(high)s", high=high) if high is not None else None
