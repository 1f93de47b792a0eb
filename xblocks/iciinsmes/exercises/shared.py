"""What others share: with colleagues of their firm, with coach and teachers. Newest first, paged by key."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_grade, can_work, coached_companies, company_of, limited_to
from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark

from .data import DataSetData, ResultLine, SharedPage
from .data_sets import with_newest
from .models import DataSet, ToolResult
from .serializers import result_line

#: Lines on one page.
LIMIT = 25

_Row = TypeVar("_Row", bound=Model)
_Shared = TypeVar("_Shared", ToolResult, DataSet)


def results_for_company(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[ResultLine]:
    """Return results of this course run that colleagues in the person's present firm share with it.

    Args:
        user_id: who reads; nothing is found for people who do not learn here.
        course_key: the course run.
        after: ``next_after`` of the page before; anything else starts at the beginning.
        limit: how many lines at most.
    """
    return _results(_of_company(_results_of(course_key), user_id, course_key), after, limit)


def results_for_staff(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[ResultLine]:
    """Return results that learners of this course run share with its staff; with a coach those of the coached firms.

    Args: see `results_for_company`; nothing is found for people who neither teach nor coach here.
    """
    return _results(_for_staff(_results_of(course_key), user_id, course_key), after, limit)


def data_for_company(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[DataSetData]:
    """Return data sets as `results_for_company` does results."""
    return _data_sets(_of_company(DataSet.objects.filter(course_key=course_key), user_id, course_key), after, limit)


def data_for_staff(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[DataSetData]:
    """Return data sets as `results_for_staff` does results."""
    return _data_sets(_for_staff(DataSet.objects.filter(course_key=course_key), user_id, course_key), after, limit)


def _results_of(course_key: CourseKey) -> QuerySet[ToolResult]:
    return ToolResult.objects.filter(course_key=course_key, revealed_at__isnull=False).defer("content")


def _of_company(rows: QuerySet[_Row], user_id: int, course_key: CourseKey) -> QuerySet[_Row]:
    company = company_of(user_id=user_id, course_key=course_key)
    if company is None or not can_work(user_id=user_id, course_key=course_key):
        return rows.none()
    return rows.filter(for_company=True, company_id=company.id).exclude(owner_id=user_id)


def _for_staff(rows: QuerySet[_Row], user_id: int, course_key: CourseKey) -> QuerySet[_Row]:
    rows = rows.filter(for_staff=True)
    if can_grade(user_id=user_id, course_key=course_key):
        limit = limited_to(user_id=user_id, course_key=course_key)
        return rows if limit is None else rows.filter(owner__in=limit)
    coached = coached_companies(user_id=user_id, course_key=course_key)
    return rows.filter(company_id__in=[each.company.id for each in coached])


def _results(rows: QuerySet[ToolResult], after: str | None, limit: int) -> SharedPage[ResultLine]:
    page, next_after = _page(rows, after, limit)
    return SharedPage(tuple(map(result_line, page)), next_after)


def _data_sets(rows: QuerySet[DataSet], after: str | None, limit: int) -> SharedPage[DataSetData]:
    page, next_after = _page(rows, after, limit)
    return SharedPage(with_newest(page), next_after)


def _page(rows: QuerySet[_Shared], after: str | None, limit: int) -> tuple[list[_Shared], str | None]:
    page, is_more = page_of(rows, "-created_at", "pk", after=read_moment_mark(after, UUID), limit=limit)
    return page, moment_mark(page[-1].created_at, page[-1].pk) if is_more else None
