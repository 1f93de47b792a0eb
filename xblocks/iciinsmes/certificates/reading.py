"""Where learners stand, for the own page and for the staff's overview of a run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyData
from iciinsmes.lib.paging import page_of
from iciinsmes.platform import host, labels

from .choosing import criteria_of
from .data import CertificateOverview, CertificateStandingData, Criteria, OverviewLine
from .facts import standings
from .issuing import current_certificates
from .models import Certificate, CertificateStanding

PAGE = 25


class Filter(StrEnum):
    """Which learners the overview shows."""

    ALL = ""
    COMPLETE = "complete"
    ONE_MISSING = "one"
    ISSUED = "issued"


def standing_of(*, learner_id: int, course_key: CourseKey) -> CertificateStandingData | None:
    """Return where a learner stands now, None where nobody has chosen what the run asks for."""
    criteria = criteria_of(course_key=course_key)
    if criteria is None:
        return None
    return standings(learner_ids=[learner_id], course_key=course_key, criteria=criteria)[learner_id]


def complete_among(
    *, learner_ids: Collection[int], course_key: CourseKey, criteria: Criteria, firms: Mapping[int, CompanyData]
) -> frozenset[int]:
    """Return who of these learners has everything that the criteria ask for; about ten queries for any number.

    Args:
        learner_ids: the learners.
        course_key: the run.
        criteria: what it asks for.
        firms: of the learners.
    """
    found = standings(learner_ids=learner_ids, course_key=course_key, criteria=criteria, firms=firms)
    return frozenset(learner_id for learner_id, standing in found.items() if standing.is_complete)


def learners_for(*, reader_id: int, course_key: CourseKey) -> QuerySet[Any]:
    """Return the accounts of the learners of a run whom a teacher may see, unevaluated."""
    rows = host().learners(course_key)
    limit = companies.limited_to(user_id=reader_id, course_key=course_key)
    return rows if limit is None else rows.filter(pk__in=limit)


def overview(
    *,
    reader_id: int,
    course_key: CourseKey,
    criteria: Criteria,
    chosen: Filter = Filter.ALL,
    text: str = "",
    after: int | None = None,
) -> CertificateOverview:
    """Return a page of a run's learners; the same number of queries for any page and any number of learners.

    Filters find by the last look, which is an hour old at most; what a line says is true now.

    Args:
        reader_id: who of the staff looks.
        course_key: the run.
        criteria: what it asks for.
        chosen: which learners.
        text: words of a name.
        after: ``next_after`` of the page before.
    """
    rows = learners_for(reader_id=reader_id, course_key=course_key)
    if text.strip():
        rows = rows.filter(pk__in=host().learners(course_key, text=text).values("pk"))
    rows = rows.filter(pk__in=_chosen(course_key, chosen)) if chosen is not Filter.ALL else rows
    page, is_more = page_of(rows, "pk", after=None if after is None else [after], limit=PAGE)
    ids = [user.pk for user in page]
    if not ids:
        return CertificateOverview((), None)
    names = labels(ids, course_key)
    firms = companies.companies_of(user_ids=ids, course_key=course_key)
    found = standings(learner_ids=ids, course_key=course_key, criteria=criteria, firms=firms)
    issued = current_certificates(learner_ids=ids, course_key=course_key)
    lines = tuple(
        OverviewLine(
            learner_id=learner_id,
            label=names.get(learner_id, ""),
            firm=firms[learner_id].name if learner_id in firms else "",
            standing=found[learner_id],
            certificate=issued.get(learner_id),
        )
        for learner_id in ids
    )
    return CertificateOverview(lines, ids[-1] if is_more else None)


def _chosen(course_key: CourseKey, chosen: Filter) -> QuerySet[Any]:
    if chosen is Filter.ISSUED:
        return Certificate.objects.filter(course_key=course_key, is_current=True).values("learner_id")
    open_count = 0 if chosen is Filter.COMPLETE else 1
    return CertificateStanding.objects.filter(course_key=course_key, open_count=open_count).values("learner_id")
