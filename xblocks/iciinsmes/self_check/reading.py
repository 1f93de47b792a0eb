"""Sent self-checks as their readers see them: the own ones, the firm's together, a run's firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import Avg, Count, OuterRef, QuerySet
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies import api as companies

from . import rules
from .data import (
    CheckData,
    CheckLine,
    CheckModel,
    CompanyLine,
    Comparison,
    ItemAnswer,
    PeopleCompared,
    RunMeans,
    StaffPage,
    Text,
)
from .errors import UnknownCheck
from .model_file import from_stored
from .models import Check, CheckBlock
from .serializers import answers_of, check_data, check_line

#: How responsive and how proactive, 0 to 100; None where too little was answered.
Axes = tuple[Decimal | None, Decimal | None]

#: Firms of a page.
PAGE = 25
#: Fewer persons have no mean of a run.
SMALL = 5


def sent_checks(*, owner_id: int, course_key: CourseKey) -> tuple[CheckLine, ...]:
    """Return what the person has sent in the course run, the newest first, in one query."""
    rows = _sent(owner_id, course_key).select_related("block").defer("answers")
    return tuple(map(check_line, rows.order_by("-sent_at", "-number")))


def sent_counts(*, owner_ids: Collection[int], course_key: CourseKey) -> dict[int, int]:
    """Return how many self-checks each of these persons has sent in the course run, in one query; none is left out."""
    rows = Check.objects.filter(owner_id__in=owner_ids, course_key=course_key, sent_at__isnull=False)
    return dict(rows.order_by().values_list("owner_id").annotate(count=Count("id")))


def blocks_of(*, course_key: CourseKey) -> tuple[UsageKey, ...]:
    """Return the self-checks of the course run that a learner has opened, the oldest first, in one query."""
    rows = CheckBlock.objects.filter(course_key=course_key).order_by("id").only("usage_key")
    return tuple(row.usage_key for row in rows)


def own_check(*, check_id: UUID, owner_id: int) -> CheckData:
    """Return a sent self-check of the person, who still takes part in its course run.

    Raises:
        UnknownCheck: there is none.
    """
    row = Check.objects.filter(id=check_id, owner_id=owner_id).exclude(sent_at=None)
    found = row.select_related("block", "version").first()
    may_read = found is not None and (
        companies.can_work(user_id=owner_id, course_key=found.course_key)
        or companies.can_grade(user_id=owner_id, course_key=found.course_key)
    )
    if found is None or not may_read:
        raise UnknownCheck
    return check_data(found)


def latest_id(*, owner_id: int, course_key: CourseKey) -> UUID | None:
    """Return the id of the person's last sent self-check in the course run."""
    return (
        Check.objects.filter(owner_id=owner_id, course_key=course_key, is_latest=True)
        .values_list("id", flat=True)
        .first()
    )


def compare_with_first(*, check: CheckData) -> tuple[CheckData, Comparison] | None:
    """Return the person's first self-check for the same firm in the course run, and the way from there to this one.

    None where this is the first.
    """
    rows = _sent(check.owner_id, check.course_key).filter(company=check.company_id)
    earlier = rows.filter(sent_at__lt=check.sent_at or check.saved_at).exclude(id=check.id)
    first = earlier.select_related("block", "version").order_by("sent_at", "number").first()
    if first is None:
        return None
    before = check_data(first)
    return before, rules.compare(before.model, before.answers, check.model, check.answers)


def company_together(*, check: CheckData) -> PeopleCompared | None:
    """Return how the persons of the firm answered, without names: those who are in it now, with their last answers.

    None where there is nobody else, and for who is not in the firm any more or has not sent this one last.
    """
    company = companies.company_of(user_id=check.owner_id, course_key=check.course_key)
    if company is None or company.id != check.company_id:
        return None
    members = companies.member_ids(company_id=company.id, course_key=check.course_key)
    rows = _latest(check.course_key).filter(company_id=company.id, owner_id__in=members)
    found = list(rows.select_related("version").order_by("id"))
    if len(found) < 2 or check.id not in [row.id for row in found]:
        return None
    return rules.together(check.model, [(from_stored(row.version.content), answers_of(row)) for row in found])


def sent_for(*, company_id: int | OuterRef) -> QuerySet[Check]:
    """Return a query for what was sent for a firm, in whatever course run, also for a condition of another query."""
    return Check.objects.filter(company_id=company_id).exclude(sent_at=None)


def staff_page(*, reader_id: int, course_key: CourseKey, after: int | None = None) -> StaffPage | None:
    """Return a page of the run's firms for its staff, or of the firms that the person coaches; None for others.

    Nobody but the firm sees single answers and proofs. Three queries for any number of firms.

    Args:
        reader_id: who looks.
        course_key: the run.
        after: `StaffPage.next_after` of the page before.
    """
    rows = _for_staff(reader_id, course_key)
    if rows is None:
        return None
    wanted = rows.exclude(company=None)
    if after is not None:
        wanted = wanted.filter(company_id__gt=after)
    ids = list(wanted.order_by("company_id").values_list("company_id", flat=True).distinct()[: PAGE + 1])
    by_company: dict[int, list[tuple[CheckModel, Mapping[str, ItemAnswer]]]] = defaultdict(list)
    models: dict[str, CheckModel] = {}
    for row in rows.filter(company_id__in=ids[:PAGE]).select_related("version").order_by("company_id", "id"):
        version = row.version.content_hash
        if version not in models:
            models[version] = from_stored(row.version.content)
        by_company[row.company_id or 0].append((models[version], answers_of(row)))
    titles: dict[str, Text] = {each.code: each.title for model in models.values() for each in model.dimensions}
    return StaffPage(
        lines=tuple(_line(company_id, checks, titles) for company_id, checks in by_company.items()),
        next_after=ids[PAGE - 1] if len(ids) > PAGE else None,
        titles=titles,
    )


def run_means(*, reader_id: int, course_key: CourseKey) -> RunMeans | None:
    """Return how many persons of the run have sent one, and both axes' means; None for a small group or for others."""
    rows = _for_staff(reader_id, course_key)
    if rows is None:
        return None
    found = RunMeans(**rows.aggregate(persons=Count("id"), responsive=Avg("responsive"), proactive=Avg("proactive")))
    return None if found.persons < SMALL else found


def before_and_after(*, course_key: CourseKey) -> list[tuple[Axes, Axes]]:
    """Return the axes of the first and the last self-check of each person of the run who has sent two, in one query.

    Nobody is named, and nothing is hidden: whoever shows it hides small groups. Permissions are the caller's to ask.
    """
    rows = Check.objects.filter(course_key=course_key, sent_at__isnull=False).order_by("sent_at", "number")
    found: dict[int, list[Axes]] = defaultdict(list)
    for owner_id, responsive, proactive in rows.values_list("owner_id", "responsive", "proactive"):
        found[owner_id].append((responsive, proactive))
    return [(sent[0], sent[-1]) for sent in found.values() if len(sent) > 1]


def _line(
    company_id: int, checks: Iterable[tuple[CheckModel, Mapping[str, ItemAnswer]]], titles: Mapping[str, Text]
) -> CompanyLine:
    found = [rules.outcome(model, answers) for model, answers in checks]
    return CompanyLine(
        company_id=company_id,
        persons=len(found),
        responsive=rules.middle(each.responsive.value for each in found),
        proactive=rules.middle(each.proactive.value for each in found),
        overall=rules.middle(each.overall for each in found),
        dimensions=tuple(
            (code, rules.middle(score.value for each in found for score in each.dimensions if score.code == code))
            for code in titles
        ),
    )


def _for_staff(reader_id: int, course_key: CourseKey) -> QuerySet[Check] | None:
    rows = _latest(course_key)
    if companies.can_grade(user_id=reader_id, course_key=course_key):
        limit = companies.limited_to(user_id=reader_id, course_key=course_key)
        return rows if limit is None else rows.filter(owner__in=limit)
    coached = list(companies.coached_ids(user_id=reader_id, course_key=course_key))
    return rows.filter(company_id__in=coached) if coached else None


def _latest(course_key: CourseKey) -> QuerySet[Check]:
    return Check.objects.filter(course_key=course_key, is_latest=True)


def _sent(owner_id: int, course_key: CourseKey) -> QuerySet[Check]:
    return Check.objects.filter(owner_id=owner_id, course_key=course_key).exclude(sent_at=None)
