"""What an entry may hold: checked field by field, masked, and the same for pages, devices, imports and other rooms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import plain, typed_number
from iciinsmes.toolbox import api as toolbox

from .data import Kind
from .errors import WrongContent
from .fields import EntryField, FieldKind
from .hours import kept as kept_minutes
from .hours import minutes_typed
from .kinds import KINDS

#: More references than anybody makes.
_MOST_REFERENCES = 50
#: Years in which a firm's days lie; typing errors do not.
_YEARS = range(1990, 2100)

Content = dict[str, Any]


def checked(kind: Kind, content: Mapping[str, Any], entries: Mapping[UUID, Kind], members: Collection[int]) -> Content:
    """Return content as it is kept: without empty fields, numbers and days in one form, contacts of people masked.

    Args:
        kind: of the entry.
        content: field key to value; numbers as numbers or text with a point, days as ISO 8601, ids as text. Keys that
            the kind has not are dropped.
        entries: of the project, with their kinds, which references may name.
        members: user ids of whom a field may name.

    Raises:
        WrongContent: something does not fit; the message is for the person, in the active language.
    """
    kept: Content = {}
    errors: dict[str, str] = {}
    for field in KINDS[kind].fields:
        value = content.get(field.key)
        if value is None or value in ("", [], ()):
            if field.required:
                errors[field.key] = _("Please fill this in.")
            continue
        try:
            found: Any = _READERS[field.kind](field, value)
            if field.kind in (FieldKind.ENTRY, FieldKind.ENTRIES):
                _must_be_there(field, found, entries)
            if field.kind is FieldKind.PERSON and found not in members:
                raise ValueError(_("This person is not in the firm."))
        except ValueError as error:
            errors[field.key] = str(error)
        else:
            kept[field.key] = found
    errors.update(_together(kind, kept))
    if errors:
        raise WrongContent(errors)
    return kept


def day_of(content: Mapping[str, Any], key: str) -> date | None:
    """Return a day of kept content."""
    text = content.get(key)
    return date.fromisoformat(text) if text else None


def number_of(content: Mapping[str, Any], key: str) -> Decimal | None:
    """Return a number of kept content; of working time the hours."""
    text = content.get(key)
    if text is None:
        return None
    text = str(text)
    return Decimal(minutes_typed(text) or 0) / 60 if ":" in text else Decimal(text)


def minutes_of(content: Mapping[str, Any], key: str) -> int:
    """Return working time of kept content in whole minutes, 0 for none: add these up, and divide only the sum."""
    return minutes_typed(content.get(key, "0")) or 0


def _together(kind: Kind, kept: Content) -> dict[str, str]:
    """Return what is wrong with fields that fit by themselves."""
    if kind is Kind.KPI and kept.get("baseline") is not None and kept.get("baseline") == kept.get("target"):
        return {"target": _("The goal is the value at the start: there would be no way to measure.")}
    if kind is Kind.KPI and "baseline" in kept and "target" in kept and "direction" in kept:
        rises = Decimal(kept["target"]) > Decimal(kept["baseline"])
        if rises != (kept["direction"] == "up"):
            return {"target": _("The goal lies on the wrong side of the value at the start.")}
    if kind is Kind.MEASURE and kept.get("start", "") > kept.get("due", "9"):
        return {"due": _("It would be due before it begins.")}
    if kind is Kind.SPENT and "hours" not in kept and "cost" not in kept:
        return {"hours": _("Write hours or a cost.")}
    return {}


def _line(field: EntryField, value: Any) -> str:
    text = " ".join(_text_only(value).split())
    _must_fit(field, text)
    if field.pseudonym:
        if toolbox.looks_like_people([text]) or toolbox.hide_people(text) != text:
            raise ValueError(_("Use a number or a made-up name: real names do not belong here."))
        return text
    return toolbox.hide_people(text)


def _text(field: EntryField, value: Any) -> str:
    text = _text_only(value).replace("\r\n", "\n").strip()
    _must_fit(field, text)
    return toolbox.hide_people(text)


def _text_only(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("Write a text."))
    return value.replace("\x00", "")


def _must_fit(field: EntryField, text: str) -> None:
    most = field.length if field.kind is FieldKind.LINE else max(field.length, 2_000)
    if len(text) > most:
        raise ValueError(
            _("%(count)d characters are too many; %(most)d are possible.") % {"count": len(text), "most": most}
        )


def _number(field: EntryField, value: Any) -> str:
    number = None if isinstance(value, bool) else typed_number(str(value))
    if number is None:
        raise ValueError(_("Write a number."))
    _must_lie_between(field, number)
    return plain(round(number, 6))


def _hours(field: EntryField, value: Any) -> str:
    minutes = None if isinstance(value, bool) else minutes_typed(str(value))
    if minutes is None:
        raise ValueError(_("Write hours such as 1:30, 1.5 or 90 min."))
    _must_lie_between(field, Decimal(minutes) / 60)
    return kept_minutes(minutes)


def _count(field: EntryField, value: Any) -> int:
    number = Decimal(_number(field, value))
    if number != int(number):
        raise ValueError(_("Write a whole number."))
    return int(number)


def _must_lie_between(field: EntryField, number: Decimal) -> None:
    if (field.least is not None and number < field.least) or (field.most is not None and number > field.most):
        raise ValueError(
            _("Write a number from %(least)s to %(most)s.") % {"least": field.least or 0, "most": field.most}
        )


def _day(_field: EntryField, value: Any) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(_("Write a day, such as 2026-03-31.")) from None
    if day.year not in _YEARS:
        raise ValueError(_("The year cannot be right."))
    return day.isoformat()


def _choice(field: EntryField, value: Any) -> str:
    if value not in dict(field.choices):
        raise ValueError(_("Choose one of the answers."))
    return str(value)


def _choices(field: EntryField, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not set(value) <= set(dict(field.choices)):
        raise ValueError(_("Choose from the answers."))
    return [key for key, _words in field.choices if key in value]


def _yes_no(_field: EntryField, value: Any) -> bool:
    return value in (True, "true", "yes", "1", "on")


def _person(_field: EntryField, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValueError(_("Choose one of the answers.")) from None


def _id(_field: EntryField, value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise ValueError(_("Choose one of the answers.")) from None


def _ids(field: EntryField, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > _MOST_REFERENCES:
        raise ValueError(_("Choose from the answers."))
    return list(dict.fromkeys(_id(field, each) for each in value))


def _must_be_there(field: EntryField, found: str | list[str], entries: Mapping[UUID, Kind]) -> None:
    for each in [found] if isinstance(found, str) else found:
        if entries.get(UUID(each)) not in field.of:
            raise ValueError(_("What you chose is gone. Choose again."))


_READERS = {
    FieldKind.LINE: _line,
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.COUNT: _count,
    FieldKind.HOURS: _hours,
    FieldKind.DAY: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.PERSON: _person,
    FieldKind.ENTRY: _id,
    FieldKind.ENTRIES: _ids,
    FieldKind.FILES: _ids,
}
