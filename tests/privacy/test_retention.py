"""What is older than its period goes, what is younger stays, and a dry run changes nothing."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Draft, Round, Work
from iciinsmes.audit_log import api as audit_log
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies import api as companies
from iciinsmes.companies.models import CompanyImport, CompanyMembership
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.exercises.models import Attempt, DataSet, ToolResult
from iciinsmes.privacy import api as privacy
from iciinsmes.review.models import Assessment
from iciinsmes_campus.learning.models import TrackingEvent
from iciinsmes_campus.mail.models import OutboxMail
from tests.desk.conftest import make_task
from tests.people import SME1

from .deeds import W01, begin, save, send
from .traces import objects
from .whole_campus import fill_campus

pytestmark = pytest.mark.django_db

SIGN_INS = (AccessAttempt, AccessFailureLog, AccessLog)


def after(days: float) -> dict[str, int]:
    """Return how much is dropped if it is this many days later."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        return {kind.name: kind.count for kind in privacy.apply_retention()}


def rows() -> tuple[int, ...]:
    every: tuple[Any, ...] = (
        Work,
        Draft,
        Round,
        Assessment,
        EvidenceFile,
        CompanyMembership,
        CompanyImport,
        AuditLogEntry,
    )
    return tuple(table.objects.count() for table in every)


def test_nothing_is_dropped_before_its_time(everything):
    before = rows()
    assert set(after(6).values()) == {0}
    assert rows() == before


def test_imports_go_after_a_week(everything):
    assert after(8)["imports"] == 2
    assert not CompanyImport.objects.exists()


def test_drafts_go_after_a_year_with_their_files(everything, django_capture_on_commit_callbacks):
    assert after(364)["drafts"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert after(366)["drafts"] == 1
    assert not Work.objects.filter(round_count=0).exists()
    # What a teacher has added for a round that waits goes with that.
    assert not EvidenceFile.objects.filter(kept=False).exclude(subject_kind="feedback").exists()
    assert len(list(objects())) == EvidenceFile.objects.count()


def test_a_file_without_words_is_a_draft_too(people):
    assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    send(people["anna"], begin(people["anna"], W01, b"x"), b"x")
    assert after(366)["drafts"] == 1
    assert not EvidenceFile.objects.exists()


def test_a_draft_with_a_younger_file_stays(people):
    assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    save(people["anna"], W01)
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        send(people["anna"], begin(people["anna"], W01, b"x"), b"x")
    assert after(366)["drafts"] == 0
    assert after(666)["drafts"] == 1


def test_work_goes_five_years_after_its_last_change(everything, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert after(5 * 365 - 2)["works"] == 0
        assert after(5 * 365 + 2)["works"] == 2
    assert list(Work.objects.values_list("state", flat=True)) == ["handed_in"]
    assert Round.objects.count() == 1
    assert set(EvidenceFile.objects.values_list("subject_kind", flat=True)) == {"feedback"}
    assert len(list(objects())) == EvidenceFile.objects.count()


def test_rows_of_customers_go_a_year_after_their_use_and_results_later(everything):
    assert after(366)["data"] == 1
    assert not DataSet.objects.exists()
    assert ToolResult.objects.count() == 1
    assert after(5 * 365 + 2)["results"] == 1
    assert not Attempt.objects.exists()


def test_stays_go_five_years_after_their_end(everything):
    companies.leave_company(user_id=everything["anna"].pk, course_key=SME1)
    assert after(5 * 365 + 1)["stays"] == 1
    assert CompanyMembership.objects.count() == 1


def test_the_trail_goes_after_three_years(everything):
    assert after(3 * 365 + 1)["trail"] > 0
    assert audit_log.page_of(course_key=SME1).entries == ()


def test_what_the_campus_keeps_goes_after_days_of_its_own(people, settings):
    settings.EMAIL_BACKEND = "iciinsmes_campus.mail.backend.OutboxBackend"
    fill_campus(people)
    events = TrackingEvent.objects.count()
    mails = OutboxMail.objects.count()
    noted = sum(table.objects.count() for table in SIGN_INS)
    dropped = after(29)
    assert (dropped["sign-ins"], dropped["mails"], dropped["events"]) == (0, 0, 0)
    assert after(31)["sign-ins"] == noted > 0
    assert not any(table.objects.exists() for table in SIGN_INS)
    # Sessions count from their end, two weeks after the sign-in.
    assert after(43)["sign-ins"] == 0
    assert after(46)["sign-ins"] == 2
    assert not Session.objects.exists()
    assert after(89)["mails"] == 0
    assert after(91)["mails"] == mails
    assert after(364)["events"] == 0
    assert after(366)["events"] == events
    assert not OutboxMail.objects.exists()
    assert not TrackingEvent.objects.exists()


def test_none_keeps_for_ever(everything, settings):
    settings.ICIINSMES_KEEP_TRAIL_DAYS = None
    assert after(10_000)["trail"] == 0
    assert AuditLogEntry.objects.exists()


def test_the_command_prints_what_it_would_drop_and_then_drops_it(everything):
    before = rows()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        out = StringIO()
        call_command("ici_retention", "--dry-run", stdout=out)
        assert "imports: 2 would be dropped (older than 7 days)" in out.getvalue()
        assert rows() == before
        call_command("ici_retention", stdout=out)
        assert "imports: 2 dropped (older than 7 days)" in out.getvalue()
    assert not CompanyImport.objects.exists()


def test_the_dry_run_counts_what_the_run_drops(everything):
    with time_machine.travel(timezone.now() + timedelta(days=4000), tick=False):
        counted = privacy.apply_retention(dry_run=True)
        assert counted == privacy.apply_retention()
