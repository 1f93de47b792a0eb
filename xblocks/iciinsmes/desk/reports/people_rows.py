"""Learners of a report, a page at a time or all of them, with what lists say of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from iciinsmes.companies.api import companies_of
from iciinsmes.companies.data import CompanyData
from iciinsmes.lib.paging import page_of
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from .data import ReportReader

PAGE_SIZE = 50
_AT_ONCE = 500


@dataclass(frozen=True)
class Person:
    """A learner: ``name`` tells people of one name apart."""

    user_id: int
    name: str
    username: str
    email: str
    company: CompanyData | None


def people_of(reader: ReportReader, rows: QuerySet[Any], asked: QueryDict) -> tuple[list[Person], str]:
    """Return a page of learners, and the mark of the next page; the same number of queries for any page."""
    after = whole_number(asked.get("after"))
    page, more = page_of(rows, "pk", after=None if after is None else [after], limit=PAGE_SIZE)
    return _people(reader, page), str(page[-1].pk) if more else ""


def all_people(reader: ReportReader, rows: QuerySet[Any]) -> Iterator[list[Person]]:
    """Yield all learners, some hundred at a time."""
    after: int | None = None
    while True:
        page, more = page_of(rows, "pk", after=None if after is None else [after], limit=_AT_ONCE)
        if page:
            yield _people(reader, page)
        if not more:
            return
        after = page[-1].pk


def _people(reader: ReportReader, page: list[Any]) -> list[Person]:
    ids = [user.pk for user in page]
    named = host().people(ids, reader.course_key)
    firms = companies_of(user_ids=ids, course_key=reader.course_key)
    return [
        Person(user.pk, named[user.pk].label, user.username, named[user.pk].email, firms.get(user.pk))
        for user in page
        if user.pk in named
    ]
