"""Rows of the directory as data, and data as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from iciinsmes.lib.folding import words_of

from .data import EntryValues, SupportEntryData
from .models import SupportEntry, SupportSuccession

#: Columns that hold several values, each between spaces.
SEVERAL = ("languages", "sizes", "stages", "needs")
#: Of a contact person: kept once, and repeated in no history.
CONTACT = ("contact_name", "contact_phone", "contact_mail")
#: What the search looks through.
_SEARCHED = ("name", "former_names", "provider", "benefit", "region", "trades")


def values_of(row: SupportEntry) -> EntryValues:
    """Return what people have written about an offer."""
    values: dict[str, Any] = {
        each.name: tuple(getattr(row, each.name).split()) if each.name in SEVERAL else getattr(row, each.name)
        for each in fields(EntryValues)
    }
    return EntryValues(**values)


def entry_of(row: SupportEntry, successors: tuple[tuple[UUID, str], ...] = ()) -> SupportEntryData:
    """Return an entry."""
    return SupportEntryData(
        id=row.pk,
        values=values_of(row),
        found_on=row.found_on,
        last_checked=row.last_checked,
        checked_by=row.checked_by,
        is_example=row.is_example,
        revision=row.revision,
        successors=successors,
    )


def entries_of(rows: Iterable[SupportEntry]) -> tuple[SupportEntryData, ...]:
    """Return entries with what follows them, in one query for all of them, or in none where none has ended."""
    found = list(rows)
    ended = [row.pk for row in found if row.status == "ended"]
    following: dict[UUID, list[tuple[UUID, str]]] = {}
    if ended:
        links = SupportSuccession.objects.filter(ended_id__in=ended).order_by("successor__name", "successor_id")
        for ended_id, successor_id, name in links.values_list("ended_id", "successor_id", "successor__name"):
            following.setdefault(ended_id, []).append((successor_id, name))
    return tuple(entry_of(row, tuple(following.get(row.pk, ()))) for row in found)


def fill(row: SupportEntry, values: EntryValues) -> None:
    """Write what people have written into a row, and what the search compares."""
    for each in fields(EntryValues):
        value = getattr(values, each.name)
        setattr(row, each.name, between_spaces(value) if each.name in SEVERAL else value)
    words = words_of(" ".join(getattr(values, name) for name in _SEARCHED))
    row.words = between_spaces(words)


def between_spaces(values: Iterable[str]) -> str:
    """Return several values as their column holds them: empty for none."""
    text = " ".join(values)
    return f" {text} " if text else ""


def differences(before: EntryValues, after: EntryValues) -> tuple[tuple[str, str, str], ...]:
    """Return what has changed, as texts: field, before and after."""
    return tuple(
        (each.name, written(getattr(before, each.name)), written(getattr(after, each.name)))
        for each in fields(EntryValues)
        if getattr(before, each.name) != getattr(after, each.name)
    )


def for_history(changes: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return changes as a history keeps them: of a contact person only that there was one."""
    return [(name, "", "") if name in CONTACT else (name, before, after) for name, before, after in changes]


def written(value: Any) -> str:
    """Return a value as tables have it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
