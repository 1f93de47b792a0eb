"""Writing entries: new ones, changes, "checked today", what follows an ended one, and the history of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked
from iciinsmes.platform import host

from .areas import covers
from .checking import problems_of, tidied
from .data import EU, EntryChangeData, EntryValues, Reader, SupportArea, SupportEntryData
from .errors import NotAllowedInDirectory, StaleSupportEntry, UnknownEntry, WrongEntry
from .models import SupportChange, SupportEntry, SupportSuccession
from .rules import makes_ring, today_in
from .serializers import differences, entry_of, fill, for_history, values_of

_MOST_LINES = 100
_LONGEST_NAME = 120


def country_codes() -> frozenset[str]:
    """Return the codes that an entry can have."""
    return companies.country_codes() | {EU}


def wrong_in(values: EntryValues) -> dict[str, str]:
    """Return one sentence for each field of tidy values that cannot be kept."""
    sizes = [size for size, _words in companies.size_choices()]
    return problems_of(values, countries=country_codes(), sizes=sizes)


def make_entry(*, reader: Reader, course_key: CourseKey, values: EntryValues) -> SupportEntryData:
    """Write down an offer.

    Raises:
        NotAllowedInDirectory: it is in no area of the person.
        WrongEntry: it cannot be so.
    """
    values = _right(reader, values)
    with transaction.atomic():
        row = new_row(values, found_on=today_in(values.country, timezone.now()))
        keep_history(row, reader.user_id, "made", [])
        record_entry(row, course_key=course_key, verb="support_entry_made", actor_id=reader.user_id)
    return entry_of(row)


def change_entry(
    *, reader: Reader, course_key: CourseKey, entry_id: UUID, revision: int, values: EntryValues, following: str
) -> SupportEntryData:
    """Change an offer, and say which offers follow it.

    Args:
        reader: who keeps its area, before and after.
        course_key: the run, in whose audit log it stands.
        entry_id: the offer.
        revision: what the person has seen.
        values: as they are from now on.
        following: names of what has come in its place, one a line.

    Raises:
        UnknownEntry: there is none.
        NotAllowedInDirectory: it is, or would be, in no area of the person.
        StaleSupportEntry: somebody has changed it since.
        WrongEntry: it cannot be so.
    """
    with transaction.atomic():
        row = _own_row(reader, entry_id)
        if row.revision != revision:
            raise StaleSupportEntry
        values = _right(reader, values)
        successors = successors_named(row.pk, values.country, following.splitlines())
        changes = list(differences(values_of(row), values))
        changes += follow(row, successors)
        if changes:
            # Who has rewritten an example has looked at it; the box "checked today" is another thing.
            write_row(row, values)
            keep_history(row, reader.user_id, "changed", changes)
            record_entry(row, course_key=course_key, verb="support_entry_changed", actor_id=reader.user_id)
    return entry_of(row)


def check_entry(*, reader: Reader, course_key: CourseKey, entry_id: UUID) -> SupportEntryData:
    """Say that the offer was checked today and holds; twice on one day is once.

    Raises:
        UnknownEntry: there is none.
        NotAllowedInDirectory: it is in no area of the person.
    """
    with transaction.atomic():
        row = _own_row(reader, entry_id)
        today = today_in(row.country, timezone.now())
        if row.last_checked == today and row.checker_id == reader.user_id:
            return entry_of(row)
        row.last_checked = row.seen_on = today
        row.checker_id = reader.user_id
        row.checked_by = host().names([reader.user_id]).get(reader.user_id, "")[:_LONGEST_NAME]
        row.is_example = False
        row.revision += 1
        row.changed_at = timezone.now()
        row.save()
        keep_history(row, reader.user_id, "checked", [])
        record_entry(row, course_key=course_key, verb="support_entry_checked", actor_id=reader.user_id)
    return entry_of(row)


def history_of(*, entry_id: UUID) -> tuple[EntryChangeData, ...]:
    """Return the newest changes of an entry, in one query."""
    rows = SupportChange.objects.filter(entry_id=entry_id).order_by("-at", "-id")[:_MOST_LINES]
    return tuple(EntryChangeData(row.at, row.author_id, row.action, tuple(map(tuple, row.changes))) for row in rows)


def new_row(values: EntryValues, *, found_on: date, entry_id: UUID | None = None, **more: Any) -> SupportEntry:
    """Create a row of an entry; ``more`` are further columns."""
    checked = more.get("last_checked")
    row = SupportEntry(
        pk=entry_id or uuid4(), found_on=found_on, seen_on=checked or found_on, changed_at=timezone.now(), **more
    )
    fill(row, values)
    row.save(force_insert=True)
    return row


def write_row(row: SupportEntry, values: EntryValues) -> None:
    """Write changed values into a row that is locked."""
    fill(row, values)
    row.seen_on = row.last_checked or row.found_on
    row.revision += 1
    row.changed_at = timezone.now()
    row.save()


def keep_history(
    row: SupportEntry, author_id: int | None, action: str, changes: Sequence[tuple[str, str, str]]
) -> None:
    """Add a line to the history of an entry."""
    SupportChange.objects.create(
        entry=row, at=timezone.now(), author_id=author_id, action=action, changes=for_history(changes)
    )


def record_entry(row: SupportEntry, *, course_key: CourseKey, verb: str, actor_id: int) -> None:
    """Add a line about an entry to the audit log."""
    audit_log.record(
        course_key=course_key,
        verb=verb,
        actor_id=actor_id,
        subject=f"support_entry:{row.pk}",
        detail={"title": row.name},
    )


def successors_named(entry_id: UUID, country: str, names: Collection[str]) -> tuple[SupportEntry, ...]:
    """Return the entries of the same country or the Union that are called so.

    Raises:
        WrongEntry: there is none of a name, or several, or the entry would follow itself.
    """
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        return ()
    rows = SupportEntry.objects.filter(name__in=wanted, country__in=(country, EU)).exclude(pk=entry_id)
    found: list[SupportEntry] = []
    by_name: dict[str, list[SupportEntry]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    for name in wanted:
        if len(by_name.get(name, ())) != 1:
            raise WrongEntry({"successors": not_one(name)})
        found += by_name[name]
    links: dict[object, list[object]] = {}
    for ended_id, successor_id in SupportSuccession.objects.values_list("ended_id", "successor_id"):
        links.setdefault(ended_id, []).append(successor_id)
    for row in found:
        if makes_ring(entry_id, row.pk, links):
            raise WrongEntry({"successors": _("“%(name)s” is followed by this entry already.") % {"name": row.name}})
    return tuple(found)


def not_one(name: str) -> str:
    """Say that a name means no entry, or several."""
    return _("There is not exactly one entry with the name “%(name)s”.") % {"name": name}


def follow(row: SupportEntry, successors: Sequence[SupportEntry]) -> list[tuple[str, str, str]]:
    """Keep what follows an entry, and return what has changed."""
    before = dict(
        SupportSuccession.objects.filter(ended=row)
        .order_by("successor__name")
        .values_list("successor_id", "successor__name")
    )
    after = {each.pk: each.name for each in successors}
    if before.keys() == after.keys():
        return []
    SupportSuccession.objects.filter(ended=row).exclude(successor_id__in=after).delete()
    for successor_id in after.keys() - before.keys():
        SupportSuccession.objects.create(ended=row, successor_id=successor_id)
    return [("successors", ", ".join(before.values()), ", ".join(after.values()))]


def _own_row(reader: Reader, entry_id: UUID) -> SupportEntry:
    row = locked(SupportEntry.objects).filter(pk=entry_id).first()
    if row is None:
        raise UnknownEntry
    if not covers(reader.areas, SupportArea(row.country, row.region)):
        raise NotAllowedInDirectory
    return row


def _right(reader: Reader, values: EntryValues) -> EntryValues:
    values = tidied(values)
    problems = wrong_in(values)
    if problems:
        raise WrongEntry(problems)
    if not covers(reader.areas, SupportArea(values.country, values.region)):
        raise WrongEntry({"country": _("This country or region is not yours to edit.")})
    return values
