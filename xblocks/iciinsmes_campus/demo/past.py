"""Moving what has just happened to the day on which the demo says it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Manager, Model
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments.models import Draft, Extension, Round
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.best_practices.models import PracticeCase
from iciinsmes.certificates.models import Attendance, Certificate, CertificateRun
from iciinsmes.companies.models import CompanyCoach, CompanyMembership
from iciinsmes.evaluation import api as evaluation
from iciinsmes.evaluation.models import KeptQuestion
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.exercises.models import Attempt, DataSet, DataVersion, ToolResult
from iciinsmes.gallery.models import GalleryEntry
from iciinsmes.lib.json_data import from_json
from iciinsmes.mentors.models import MentorAnswer, MentorRequest
from iciinsmes.notices import api as notices
from iciinsmes.notices.models import Notice, OutgoingMail, Reminder
from iciinsmes.projects.days import day_of_site
from iciinsmes.projects.days import today as today_of_site
from iciinsmes.projects.evaluation import look_again
from iciinsmes.projects.labels import reason_of
from iciinsmes.projects.models import (
    BlockDone,
    CoachTalk,
    Entry,
    EntryVersion,
    GateDecision,
    GatePassage,
    GateRequest,
    LightOverride,
    Project,
    ProjectPause,
    ProjectRun,
)
from iciinsmes.projects.notice_kinds import LIGHT
from iciinsmes.projects.reminding import SUBJECT
from iciinsmes.projects.rule_data import Finding
from iciinsmes.projects.signals import light_changed, project_changed
from iciinsmes.review.models import Assessment
from iciinsmes.self_check.models import Check
from iciinsmes.support.models import SupportChange, SupportContact
from iciinsmes.threads.models import Message
from iciinsmes.waiting.models import WaitingItem
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
    (WaitingItem, "since"),
    (Round, "handed_in_at"),
    (Round, "opened_at"),
    (Extension, "granted_at"),
    (Message, "written_at"),
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
    (Check, "saved_at"),
    (Check, "sent_at"),
    (KeptQuestion, "asked_at"),
    (CertificateRun, "changed_at"),
    (Attendance, "marked_at"),
    (Certificate, "issued_at"),
    (SupportContact, "contacted_at"),
    (SupportChange, "at"),
    (AuditLogEntry, "at"),
    (Notice, "created_at"),
    (Notice, "read_at"),
    (OutgoingMail, "created_at"),
    (Reminder, "last_at"),
)

#: The same for what becomes of a project; here the order of one day is kept too.
_MOMENTS_OF_PROJECTS: tuple[tuple[type[Model], str], ...] = (
    (CompanyCoach, "assigned_at"),
    (Project, "created_at"),
    (Project, "changed_at"),
    (Entry, "created_at"),
    (Entry, "changed_at"),
    (EntryVersion, "changed_at"),
    (ProjectPause, "declared_at"),
    (LightOverride, "set_at"),
    (GateRequest, "asked_at"),
    (GateRequest, "ended_at"),
    (GateDecision, "decided_at"),
    (CoachTalk, "written_at"),
    (PracticeCase, "changed_at"),
    (PracticeCase, "agreed_at"),
    (PracticeCase, "published_at"),
    (BlockDone, "done_at"),
    (Completion, "updated_at"),
    (Grade, "updated_at"),
    (EvidenceFile, "created_at"),
    (WaitingItem, "since"),
    (MentorRequest, "created_at"),
    (MentorRequest, "opened_at"),
    (MentorAnswer, "answered_at"),
    (AuditLogEntry, "at"),
    (Notice, "created_at"),
    (OutgoingMail, "created_at"),
    (Reminder, "last_at"),
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
    moment = began - _back(days) + timedelta(minutes=later)
    for model, field in _MOMENTS:
        model._default_manager.filter(**{f"{field}__gte": began}).update(**{field: moment})


class DaysOfProjects:
    """Remembers on which day each step of the projects happened, and moves them all there at the end.

    At the end, because there are many days, and moving each by itself takes longer than all that happened on it.
    """

    def __init__(self) -> None:
        self.today = today_of_site()
        self._began = timezone.now()
        #: Moments between which something was done, and how far back it belongs; inner ones stand first.
        self._own: dict[UUID, timedelta] = {}
        self._spans: list[tuple[datetime, datetime, timedelta]] = []

    def put(self, entry_id: UUID, days: int) -> None:
        """Let an entry be made on a day of its own, whatever day it is entered on."""
        self._own[entry_id] = _back(days)

    @contextmanager
    def on(self, days: int) -> Iterator[None]:
        """Let what is done inside happen on a day relative to today, below 0, and all that hears of it do its part."""
        began, heard = timezone.now(), len(connection.run_on_commit)
        yield
        _hear(heard)
        self._spans.append((began, timezone.now(), _back(days)))

    def move(self) -> None:
        """Move everything to its day; within a day the order stays."""
        made = Project.objects.filter(created_at__gte=self._began).values_list("id", "created_at")
        # Shares of time depend on the first day, so it is exact also shortly after midnight.
        first_days = {project: self.today - timedelta(days=self.back(at).days) for project, at in made}
        letters = list(MentorRequest.objects.filter(created_at__gte=self._began).values_list("id", flat=True))
        self._move_lengths()
        self._move_moments()
        for asked in MentorRequest.objects.filter(id__in=letters):
            # The page of the link tells when it was asked.
            asked.matter["handed_in_at"] = asked.created_at.isoformat()
            asked.save(update_fields=["matter"])
        passages = GatePassage.objects.filter(project__in=first_days)
        for passage, at in [(each.pk, each.request and each.request.ended_at) for each in passages]:
            if at:
                GatePassage.objects.filter(pk=passage).update(passed_on=day_of_site(at))
        for project, day in first_days.items():
            Project.objects.filter(id=project).update(started_on=day)
            ProjectRun.objects.filter(project=project).update(begins_on=day)

    def _move_lengths(self) -> None:
        """Move what reaches from a day to another; it stays as long as it was."""
        for pause in ProjectPause.objects.filter(declared_at__gte=self._began):
            whole = timedelta(days=self.back(pause.declared_at).days)
            pause.first_on, pause.last_on = pause.first_on - whole, pause.last_on - whole
            pause.save(update_fields=["first_on", "last_on"])
        for override in LightOverride.objects.filter(set_at__gte=self._began):
            override.until -= timedelta(days=self.back(override.set_at).days)
            override.save(update_fields=["until"])

    def _move_moments(self) -> None:
        made = Entry.objects.filter(id__in=self._own).values_list("created_at", "id")
        own = {at: self._own[entry_id] for at, entry_id in made}
        for model, field in _MOMENTS_OF_PROJECTS:
            rows = list(model._default_manager.filter(**{f"{field}__gte": self._began}).only("pk", field))
            for row in rows:
                at = getattr(row, field)
                setattr(row, field, at - (own.get(at) or self.back(at)))
            model._default_manager.bulk_update(rows, [field], batch_size=100)

    def back(self, at: datetime) -> timedelta:
        """Return how far back belongs what happened at a moment; nowhere if that was on none of the days."""
        return next((back for began, ended, back in self._spans if began <= at <= ended), timedelta(0))


def look_anew(project_id: UUID) -> None:
    """Look at a light as if nobody had while the history was told, when everything seemed to happen today."""
    row = Project.objects.get(id=project_id)
    row.facts, row.held, row.findings, row.looked_on = {}, {}, [], today_of_site()
    look_again(row, row.changed_at)


def remind(project_id: UUID, *, course_key: CourseKey, user_ids: Iterable[int]) -> None:
    """Tell people why a light is not green, as the schedule would have; when that is depends on hours and holidays."""
    row = Project.objects.get(id=project_id)
    for user_id in user_ids:
        notices.remind(
            user_id=user_id,
            kind=LIGHT,
            course_key=course_key,
            title=row.title,
            address=reverse("iciinsmes:project", args=[course_key, row.pk]),
            subject=SUBJECT,
            detail=reason_of(from_json(Finding, row.findings[0])),
        )


def _back(days: int) -> timedelta:
    """Return how far back a day lies, not always at the same minute."""
    return timedelta(days=-days, minutes=5 + 7 * -days % 50)


def _hear(since: int) -> None:
    """Do now what waits for the commit, but for what is done once at the end: looks at blocks and reminders."""
    waiting = connection.run_on_commit[since:]
    del connection.run_on_commit[since:]
    for function in (entry[1] for entry in waiting):
        if getattr(function, "func", None) not in (light_changed.send, project_changed.send):
            function()


def kept_secrets(course_key: CourseKey) -> list[str]:
    """Return what the links of a run's mails about what has stayed hold, in the order of the mails."""
    rows = KeptQuestion.objects.filter(course_key=course_key).order_by("asked_at", "user")
    return [evaluation.SECRETS.secret(row.id, row.nonce) for row in rows]


def read_notice(*, user: User, subject: UUID) -> None:
    """Let somebody have read what the inbox says about a thing."""
    Notice.objects.filter(user=user, subject=str(subject)).update(read_at=timezone.now())


def sort_lines() -> None:
    """Bring notices and trail, which were made learner by learner, into the order of their days: pages go by key."""
    _sort(Notice.objects, "created_at")
    _sort(AuditLogEntry.objects, "at")


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
