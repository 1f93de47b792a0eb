"""Moving what has just happened to the day on which the demo says it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Manager, Model
from django.utils import timezone

from iciinsmes.assignments.models import Draft, Round, Work
from iciinsmes.companies.models import CompanyMembership
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.exercises.models import Attempt, DataSet, DataVersion, ToolResult
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.mentors.models import MentorAnswer, MentorRequest
from iciinsmes.notices.models import Notice, OutgoingMail
from iciinsmes.review.models import Assessment
from iciinsmes.trail.models import TrailEntry
from iciinsmes_campus.learning.models import Completion, Grade
from iciinsmes_campus.mail.models import OutboxMail

Row = TypeVar("Row", bound=Model)

#: Where a step writes down when it happened. What lies ahead, such as the end of a mentor's link, stays there.
_MOMENTS: tuple[tuple[type[Model], str], ...] = (
    (CompanyMembership, "since"),
    (Completion, "updated_at"),
    (Grade, "updated_at"),
    (Draft, "saved_at"),
    (EvidenceFile, "created_at"),
    (Work, "waiting_since"),
    (Round, "handed_in_at"),
    (Round, "opened_at"),
    (MentorRequest, "created_at"),
    (MentorRequest, "opened_at"),
    (MentorAnswer, "answered_at"),
    (Assessment, "created_at"),
    (Assessment, "updated_at"),
    (Assessment, "released_at"),
    (GalleryEntry, "created_at"),
    (DataSet, "created_at"),
    (DataSet, "used_at"),
    (DataVersion, "created_at"),
    (ToolResult, "created_at"),
    (ToolResult, "revealed_at"),
    (Attempt, "started_at"),
    (Attempt, "finished_at"),
    (TrailEntry, "at"),
    (Notice, "created_at"),
    (Notice, "read_at"),
    (OutgoingMail, "created_at"),
)


@contextmanager
def on_day(days: int, *, later: int = 0) -> Iterator[None]:
    """Move all that is done inside to a moment in the past; nobody else may be at work meanwhile.

    Args:
        days: relative to today, 0 or less; the moment is at least so many whole days ago.
        later: minutes after other steps of that day, 0 to 4.
    """
    began = timezone.now()
    yield
    # Not always at the same minute.
    moment = began - timedelta(days=-days, minutes=5 + 7 * -days % 50 - later)
    for model, field in _MOMENTS:
        model._default_manager.filter(**{f"{field}__gte": began}).update(**{field: moment})


def read_notice(*, user: User, subject: UUID) -> None:
    """Let somebody have read what the inbox says about a thing."""
    Notice.objects.filter(user=user, subject=str(subject)).update(read_at=timezone.now())


def sort_lines() -> None:
    """Bring notices and trail, which were made learner by learner, into the order of their days: pages go by key."""
    _sort(Notice.objects, "created_at")
    _sort(TrailEntry.objects, "at")


def date_mails(*, sent_since: datetime) -> None:
    """Move the mails, which leave when the history is committed, to the days of what they tell, in their order.

    Args:
        sent_since: mails that left before are none of the demo's.
    """
    days: dict[tuple[str, str], list[datetime]] = {}
    for told in OutgoingMail.objects.filter(sent_at__gte=sent_since).order_by("created_at"):
        days.setdefault((told.to, told.subject), []).append(told.created_at)
    sent = OutboxMail.objects.filter(sent_at__gte=sent_since)
    mails = [(days[mail.receiver, mail.subject].pop(0), mail) for mail in sent.order_by("id")]
    sent.delete()
    for moment, mail in sorted(mails, key=lambda pair: pair[0]):
        mail.pk = None
        mail.save()
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=moment)


def _sort(table: Manager[Row], field: str) -> None:
    rows = list(table.order_by(field, "id"))
    table.all().delete()
    for row in rows:
        row.pk = None
    table.bulk_create(rows)
