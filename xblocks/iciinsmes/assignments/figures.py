"""What reports of the staff are made of: where everybody stands, how long answers took, hours at work."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorVerdict
from iciinsmes.platform import block_title
from iciinsmes.review import api as review

from .data import MentorNeed
from .hours_log import log_from_json
from .models import Round, TaskVersion, Work
from .rules import WorkState
from .serializers import task_from_json

_AT_ONCE = 500


@dataclass(frozen=True)
class StandingCell:
    """Where one learner stands with one assignment; ``round_id`` is the newest round, None before the first."""

    state: str
    is_waived: bool
    round_id: UUID | None
    handed_in_at: datetime | None


@dataclass(frozen=True)
class AnsweredRound:
    """A round that the staff has answered: since when it waited for them, and when the learner had the result."""

    title: str
    asked_at: datetime
    answered_at: datetime


@dataclass(frozen=True)
class WorkedTime:
    """What a learner worked on one assignment, in minutes, so that three times twenty of them are an hour."""

    owner_id: int
    company_id: int | None
    title: str
    minutes: int
    is_confirmed: bool


def cells(*, user_ids: Collection[int], course_key: CourseKey) -> dict[tuple[int, UsageKey], StandingCell]:
    """Return where each of these learners stands with each assignment that was begun, in one query."""
    newest = Round.objects.filter(work=OuterRef("id"), number=OuterRef("round_count"))
    rows = Work.objects.filter(owner_id__in=user_ids, course_key=course_key).annotate(
        newest=Subquery(newest.values("id")[:1]), at=Subquery(newest.values("handed_in_at")[:1])
    )
    columns = ("owner_id", "assignment__usage_key", "state", "waiver__id", "newest", "at")
    return {
        (owner_id, usage_key): StandingCell(state, waiver is not None, round_id, at)
        for owner_id, usage_key, state, waiver, round_id, at in rows.values_list(*columns)
        if usage_key is not None
    }


def not_begun_on(*, learners: QuerySet[Any], usage_key: UsageKey) -> QuerySet[Any]:
    """Return of these accounts those that have no work on the assignment and are not let off it, unevaluated."""
    begun = Work.objects.filter(owner=OuterRef("pk"), assignment__usage_key=usage_key)
    return learners.filter(~Exists(begun))


def counting_results(*, usage_key: UsageKey, owners: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Return a query for the ids of the rounds with each learner's newest result that counts.

    Args:
        usage_key: the block.
        owners: only of these users, unevaluated; None for everybody.
    """
    rows = Round.objects.filter(work__assignment__usage_key=usage_key, cancelled_at=None)
    rows = rows.filter(id__in=review.subjects_with_result())
    if owners is not None:
        rows = rows.filter(work__owner__in=owners)
    newest = Round.objects.filter(
        work=OuterRef("work"), cancelled_at=None, id__in=review.subjects_with_result(), number__gt=OuterRef("number")
    )
    return rows.filter(~Exists(newest)).values("id")


def answers(*, course_key: CourseKey, since: datetime, owners: QuerySet[Any] | None = None) -> Iterator[AnsweredRound]:
    """Yield the rounds handed in since a moment that the staff has answered, some hundred at a time.

    Where a mentor has to confirm first, a round waits for the staff from then on. A result that was changed later was
    answered when it was first released.

    Args:
        course_key: the course run.
        since: the moment.
        owners: only of these users, unevaluated; None for everybody.
    """
    rows = Round.objects.filter(work__course_key=course_key, handed_in_at__gte=since, cancelled_at=None)
    if owners is not None:
        rows = rows.filter(work__owner__in=owners)
    needs = _needs_a_mentor(course_key)
    columns = (
        "id",
        "team",
        "work__assignment__usage_key",
        "work__assignment__title",
        "task_version_id",
        "handed_in_at",
    )
    stream = rows.order_by("handed_in_at", "id").values_list(*columns).iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(stream, _AT_ONCE)):
        answered = review.first_released(subjects=[row[0] for row in batch])
        shared = {row[0]: row[1] or row[0] for row in batch if row[4] in needs and row[0] in answered}
        said = mentors.answers_of(subjects=set(shared.values()))
        for round_id, _team, usage_key, own_title, _version, handed_in_at in batch:
            if round_id in answered:
                word = said.get(shared.get(round_id, round_id)) if round_id in shared else None
                asked_at = max(handed_in_at, word.answered_at) if word else handed_in_at
                title = str(block_title(usage_key, own_title))
                yield AnsweredRound(title, min(asked_at, answered[round_id]), answered[round_id])


def worked_time(*, course_key: CourseKey, owners: QuerySet[Any] | None = None) -> Iterator[WorkedTime]:
    """Yield the hours of each work: those of its newest round that counts, whose log holds what came before.

    Each line of a log is whole minutes, as people mean them: 0.33 h are twenty.

    Args:
        course_key: the course run.
        owners: only of these users, unevaluated; None for everybody.
    """
    rows = Round.objects.filter(work__course_key=course_key, cancelled_at=None)
    newer = Round.objects.filter(work=OuterRef("work"), cancelled_at=None, number__gt=OuterRef("number"))
    rows = rows.filter(~Exists(newer))
    if owners is not None:
        rows = rows.filter(work__owner__in=owners)
    assignment = ("work__assignment__usage_key", "work__assignment__title")
    columns = ("id", "team", "work__owner_id", "company_id", *assignment, "log", "hours")
    stream = rows.order_by("id").values_list(*columns).iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(stream, _AT_ONCE)):
        said = mentors.answers_of(subjects={team or round_id for round_id, team, *_rest in batch})
        for round_id, team, owner_id, company_id, usage_key, own_title, log, hours in batch:
            minutes = sum(round(entry.hours * 60) for entry in log_from_json(log, hours))
            word = said.get(team or round_id)
            if minutes:
                confirmed = word is not None and word.verdict == MentorVerdict.CONFIRMED
                title = str(block_title(usage_key, own_title))
                yield WorkedTime(owner_id, company_id, title, minutes, confirmed)


def done_counts(*, course_key: CourseKey) -> dict[int, int]:
    """Return how many assignments each learner has passed or need not do, in one query; who has none is left out."""
    done = Work.objects.filter(Q(state=WorkState.PASSED.value) | Q(waiver__isnull=False), course_key=course_key)
    return dict(done.order_by().values_list("owner_id").annotate(count=Count("id")))


def _needs_a_mentor(course_key: CourseKey) -> set[int]:
    """Return the ids of the task versions of a run whose rounds wait for a mentor first."""
    rows = TaskVersion.objects.filter(assignment__course_key=course_key).only("id", "content")
    return {row.id for row in rows if task_from_json(row.content).mentor.need is MentorNeed.REQUIRED}
