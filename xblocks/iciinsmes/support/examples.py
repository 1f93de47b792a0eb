"""Offers that are shipped as examples: a file of data, taken over by whoever keeps their area up to date.

Names, amounts and dates change every year, so none of them stands in code; each example says where and when it was
found, and stays an example until an editor has checked it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.json_data import from_json

from .areas import covers
from .checking import tidied
from .data import EntryValues, Reader, SupportArea
from .entries import follow, keep_history, new_row, wrong_in
from .errors import UnknownExamples
from .models import SupportEntry

_FILE = Path(__file__).with_name("examples.json")


@dataclass(frozen=True)
class Example:
    """An offer of the file; ``key`` names it for good, ``followed_by`` are keys of what has come in its place."""

    key: str
    found_on: date
    values: EntryValues
    followed_by: tuple[str, ...] = field(default=())

    @property
    def id(self) -> UUID:
        """The same on every site, so that taking it over again makes no second one."""
        return uuid5(NAMESPACE_URL, f"iciinsmes:support:{self.key}")

    @property
    def area(self) -> SupportArea:
        """Whose it is."""
        return SupportArea(self.values.country, self.values.region)


@cache
def examples() -> tuple[Example, ...]:
    """Return what is shipped.

    Raises:
        UnknownExamples: the file is not what it should be.
    """
    try:
        return tuple(from_json(Example, each) for each in json.loads(_FILE.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownExamples(str(error)) from error


def missing_examples(*, areas: Collection[SupportArea]) -> tuple[Example, ...]:
    """Return the examples of these areas that nobody has taken over yet, in one query."""
    mine = [each for each in examples() if covers(tuple(areas), each.area)]
    there = set(SupportEntry.objects.filter(pk__in=[each.id for each in mine]).values_list("pk", flat=True))
    return tuple(each for each in mine if each.id not in there)


def take_examples(*, reader: Reader, course_key: CourseKey) -> int:
    """Take over the examples of the areas that the person keeps, and return how many came; again brings none."""
    with transaction.atomic():
        found = missing_examples(areas=reader.areas)
        _take(found, reader.user_id)
        if found:
            audit_log.record(
                course_key=course_key,
                verb="support_examples_taken",
                actor_id=reader.user_id,
                subject="support_table:examples",
                detail={"support_new": len(found), "support_changed": 0},
            )
    return len(found)


def take_examples_on_site() -> int:
    """Take over all examples, and return how many came; for whoever runs the site."""
    with transaction.atomic():
        found = missing_examples(areas=[each.area for each in examples()])
        _take(found, None)
    return len(found)


def _take(found: Collection[Example], author_id: int | None) -> None:
    by_key = {each.key: each for each in examples()}
    rows: dict[str, SupportEntry] = {}
    for each in found:
        values = tidied(each.values)
        wrong = wrong_in(values)
        if wrong:
            raise UnknownExamples(f"{each.key}: {wrong}")
        rows[each.key] = new_row(values, found_on=each.found_on, entry_id=each.id, is_example=True)
        keep_history(rows[each.key], author_id, "example", [])
    for key, row in rows.items():
        ids = [by_key[name].id for name in by_key[key].followed_by]
        follow(row, list(SupportEntry.objects.filter(pk__in=ids)))
