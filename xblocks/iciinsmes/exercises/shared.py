"""What others share: with colleagues of their firm, with coach and teachers. Newest first, paged by key."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.api import can_grade, can_work, coached_companies, company_of
from iciinsmes.platform import host

from .data import DataSetData, ResultLine, SharedPage
from .models import DataSet, DataVersion, ToolResult
from .paging import LIMIT, page_of
from .rows import data_set_data, result_line

_Row = TypeVar("_Row", bound=Model)


def results_for_firm(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[ResultLine]:
    """Return results of this course run that colleagues in the person's present firm share with it.

    Args:
        user_id: who reads; nothing is found for people who do not learn here.
        course_key: the course run.
        after: ``next_after`` of the page before; anything else starts at the beginning.
        limit: how many lines at most.
    """
    return _results(_of_firm(_results_of(course_key), user_id, course_key), after, limit)


def results_for_staff(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[ResultLine]:
    """Return results that learners of this course run share with its staff; with a coach those of the coached firms.

    Args: see `results_for_firm`; nothing is found for people who neither teach nor coach here.
    """
    return _results(_for_staff(_results_of(course_key), user_id, course_key), after, limit)


def data_for_firm(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[DataSetData]:
    """Return data sets as `results_for_firm` does results."""
    return _data_sets(_of_firm(DataSet.objects.filter(course_key=course_key), user_id, course_key), after, limit)


def data_for_staff(
    *, user_id: int, course_key: CourseKey, after: str | None = None, limit: int = LIMIT
) -> SharedPage[DataSetData]:
    """Return data sets as `results_for_staff` does results."""
    return _data_sets(_for_staff(DataSet.objects.filter(course_key=course_key), user_id, course_key), after, limit)


def _results_of(course_key: CourseKey) -> QuerySet[ToolResult]:
    return ToolResult.objects.filter(course_key=course_key, revealed_at__isnull=False).defer("content")


def _of_firm(rows: QuerySet[_Row], user_id: int, course_key: CourseKey) -> QuerySet[_Row]:
    company = company_of(user_id=user_id, course_key=course_key)
    if company is None or not can_work(user_id=user_id, course_key=course_key):
        return rows.none()
    return rows.filter(for_firm=True, company_id=company.id).exclude(owner_id=user_id)


def _for_staff(rows: QuerySet[_Row], user_id: int, course_key: CourseKey) -> QuerySet[_Row]:
    rows = rows.filter(for_staff=True)
    if can_grade(user_id=user_id, course_key=course_key):
        limit = host().limited_to(user_id, course_key)
        return rows if limit is None else rows.filter(owner__in=limit)
    coached = coached_companies(user_id=user_id, course_key=course_key)
    return rows.filter(company_id__in=[each.company.id for each in coached])


def _results(rows: QuerySet[ToolResult], after: str | None, limit: int) -> SharedPage[ResultLine]:
    page, next_after = page_of(rows, after, limit, "created_at")
    return SharedPage(tuple(map(result_line, page)), next_after)


def _data_sets(rows: QuerySet[DataSet], after: str | None, limit: int) -> SharedPage[DataSetData]:
    page, next_after = page_of(rows, after, limit, "created_at")
    versions = DataVersion.objects.filter(data_set__in=page).defer("rows").order_by("number")
    newest = {version.data_set_id: version for version in versions}
    return SharedPage(tuple(data_set_data(row, newest[row.id]) for row in page), next_after)
