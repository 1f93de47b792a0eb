"""The library: cases of firms that are published, the newest first, and behind them those of the files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.folding import words_of
from iciinsmes.lib.json_data import from_json
from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.lib.untrusted import read_uuid

from .case_file import cases_to_read
from .data import Case, CaseChoices, CaseFilter, CasePage, CasesBlockSettings, CaseState, Content
from .errors import UnknownCase
from .models import PracticeCase
from .rules import fits

PAGE = 12
#: What stands before the code of a file's case in a mark.
_FILE = "file:"
#: More trades than that nobody finds anything in.
_MOST_TRADES = 200


def can_read(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may read the library of this course run: its learners, staff and coaches."""
    return (
        companies.can_work(user_id=user_id, course_key=course_key)
        or companies.can_grade(user_id=user_id, course_key=course_key)
        or (user_id is not None and bool(companies.coached_companies(user_id=user_id, course_key=course_key)))
    )


def library(*, narrowed: CaseFilter, after: str = "", limit: int = PAGE) -> CasePage:
    """Return a page of the cases that fit; at most one query for any page, however many there are.

    Args:
        narrowed: to what.
        after: `CasePage.next_after` of the page before; anything else begins at the beginning.
        limit: cases on a page.
    """
    found: list[Case] = []
    is_more = False
    if not after.startswith(_FILE):
        mark = read_moment_mark(after, read_uuid)
        rows, is_more = page_of(_published(narrowed), "-published_at", "-id", after=mark, limit=limit)
        found = [_case(row) for row in rows]
        if is_more:
            return CasePage(tuple(found), moment_mark(rows[-1].published_at or rows[-1].changed_at, rows[-1].pk))
    of_files = [case for case in cases_to_read() if fits(case, narrowed)]
    keys = [case.key for case in of_files]
    last = after.removeprefix(_FILE)
    begin = keys.index(last) + 1 if after.startswith(_FILE) and last in keys else 0
    room = limit - len(found)
    shown = of_files[begin : begin + room]
    if begin + room < len(of_files):
        # A page that firms' cases have filled to the end is followed by the first of the files.
        next_after = f"{_FILE}{shown[-1].key}" if shown else _FILE
        return CasePage((*found, *shown), next_after)
    return CasePage((*found, *shown), "")


def case_of(*, key: str) -> Case:
    """Return a case by its address: the code of one in a file, or the id of one that a firm has published.

    Raises:
        UnknownCase: there is none, or not any more.
    """
    return next(iter(cases_by_keys(keys=[key])), None) or _unknown(key)


def cases_by_keys(*, keys: Collection[str]) -> tuple[Case, ...]:
    """Return the cases of these addresses in their order, without those that are not there any more; one query."""
    of_files = {case.key: case for case in cases_to_read()}
    ids = [found for key in keys if key not in of_files and (found := read_uuid(key))]
    rows = PracticeCase.objects.filter(id__in=ids, state=CaseState.PUBLISHED.value) if ids else ()
    of_firms = {str(row.pk): _case(row) for row in rows}
    found_all = (of_files.get(key) or of_firms.get(_as_id(key)) for key in keys)
    return tuple(case for case in found_all if case is not None)


def cases_for(*, settings: CasesBlockSettings) -> tuple[Case, ...]:
    """Return the cases that a block shows: those that its author has named, or the first that fit."""
    if settings.cases:
        return cases_by_keys(keys=settings.cases)
    return library(narrowed=settings.narrowed, limit=settings.count).cases


def choices() -> CaseChoices:
    """Return the countries and trades of which there are cases, in one query."""
    of_files = [case.content for case in cases_to_read()]
    rows = PracticeCase.objects.filter(state=CaseState.PUBLISHED.value).order_by("trade")
    of_firms = list(rows.values_list("country", "trade").distinct()[:_MOST_TRADES])
    trades = {content.trade.casefold(): content.trade for content in of_files}
    trades = {**{trade: trade.capitalize() for _country, trade in of_firms if trade}, **trades}
    countries = {content.country for content in of_files} | {country for country, _trade in of_firms if country}
    return CaseChoices(tuple(sorted(countries)), tuple(trades[key] for key in sorted(trades)))


def _published(narrowed: CaseFilter) -> QuerySet[PracticeCase]:
    rows = PracticeCase.objects.filter(state=CaseState.PUBLISHED.value)
    for column in ("country", "size", "phase", "trigger"):
        if value := getattr(narrowed, column):
            rows = rows.filter(**{column: value})
    if narrowed.trade:
        rows = rows.filter(trade=narrowed.trade.casefold())
    if narrowed.instrument:
        rows = rows.filter(instruments__contains=f" {narrowed.instrument} ")
    for word in words_of(narrowed.text):
        rows = rows.filter(searched__contains=word)
    return rows


def _case(row: PracticeCase) -> Case:
    content = from_json(Content, row.content)
    shown = content if row.is_named else without_name(content)
    return Case(str(row.pk), shown, is_firms=True, published_at=row.published_at)


def without_name(content: Content) -> Content:
    """Return what readers see where the owner does not want the firm to be named."""
    return replace(content, firm="")


def _as_id(key: str) -> str:
    found: UUID | None = read_uuid(key)
    return str(found) if found else ""


def _unknown(key: str) -> Case:
    raise UnknownCase(key)
