"""What a campus that runs for weeks does by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from iciinsmes import jobs
from iciinsmes.assignments import notice_kinds
from iciinsmes.evidence import api as evidence
from iciinsmes.notices import api as notices
from iciinsmes.notices.models import Notice, ScheduledRun
from iciinsmes.platform import Role
from iciinsmes_campus import upkeep
from iciinsmes_campus.accounts.models import Count
from iciinsmes_campus.home.models import RetentionRun
from tests.people import SME1, person


class _EndOfTheWorld(Exception):
    """Ends what never ends."""


def test_the_daily_repair_leaves_alone_what_is_under_way(monkeypatch):
    given = []
    monkeypatch.setattr(evidence, "repair", lambda **options: given.append(options))
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr("time.sleep", lambda _seconds: None if not given else pytest.fail("a second day"))
    with pytest.raises(pytest.fail.Exception):
        upkeep.repair_for_ever()
    assert given == [{"owns_storage": True}]


def test_a_failure_is_told_and_the_next_day_comes(monkeypatch, caplog):
    days = iter(range(3))

    def fail(**_options):
        raise OSError("the disk is gone")

    def wait(_seconds):
        if next(days, None) is None:
            raise _EndOfTheWorld

    monkeypatch.setattr(evidence, "repair", fail)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr("time.sleep", wait)
    with pytest.raises(_EndOfTheWorld):
        upkeep.repair_for_ever()
    assert caplog.text.count("The daily repair of evidence has failed") == 3


class TestRetention:
    @pytest.fixture(autouse=True)
    def _only_this(self, monkeypatch):
        monkeypatch.setattr(jobs._SCHEDULE, "_entries", {"campus.retention": jobs.scheduled()["campus.retention"]})

    @pytest.fixture
    def notice(self, db):
        ann = person("ann", Role.LEARNER)
        notices.notify(user_id=ann.pk, kind=notice_kinds.PASSED, course_key=SME1, title="W01", address="/w01/")
        return notices.inbox(user_id=ann.pk).notices[0].id

    def run_after(self, **time: int) -> None:
        with time_machine.travel(timezone.now() + timedelta(**time)):
            notices.run_schedule()

    def test_the_campus_drops_what_is_old_and_keeps_when_it_did(self, notice):
        for days in range(0, 365, 30):
            self.run_after(days=days)
        assert Notice.objects.filter(id=notice).exists()
        self.run_after(days=366)
        assert not Notice.objects.filter(id=notice).exists()
        assert RetentionRun.objects.latest("id").dropped == {"notices": 1}
        assert RetentionRun.objects.latest("id").at > timezone.now() + timedelta(days=365)

    @pytest.mark.parametrize("before", [[], [0], [0, 1]], ids=["first start", "once", "twice"])
    def test_a_clock_that_leaps_drops_nothing_until_it_has_gone_on_for_a_day(self, notice, before, caplog):
        for days in before:
            self.run_after(days=days)
        self.run_after(days=3650)
        self.run_after(days=3650, hours=23)
        assert Notice.objects.filter(id=notice).exists()
        assert "Retention waits for a day" in caplog.text
        self.run_after(days=0)
        assert Notice.objects.filter(id=notice).exists()
        self.run_after(days=3650)
        self.run_after(days=3651, hours=1)
        assert not Notice.objects.filter(id=notice).exists()

    def test_it_runs_once_a_day_however_often_the_campus_starts(self, notice, monkeypatch):
        calls = []
        task = jobs.ScheduledTask(lambda: calls.append(1), timedelta(days=1))
        monkeypatch.setattr(jobs._SCHEDULE, "_entries", {"campus.retention": task})
        for hours in (0, 1, 5, 23, 25, 26, 50):
            with time_machine.travel(timezone.now() + timedelta(hours=hours)):
                notices.run_schedule()
        assert len(calls) == 3

    def test_a_clock_that_was_wrong_does_not_put_it_off(self, notice):
        with time_machine.travel(timezone.now() + timedelta(days=3650)):
            notices.run_schedule()
        notices.run_schedule()
        assert ScheduledRun.objects.get(name="campus.retention").last_at < timezone.now() + timedelta(minutes=1)

    @pytest.mark.django_db
    def test_sessions_and_counts_that_are_over_go(self):
        Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
        Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))
        Count.objects.create(key="old", number=3, since=timezone.now() - timedelta(days=2))
        Count.objects.create(key="new", number=3, since=timezone.now())
        notices.run_schedule()
        assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
        assert list(Count.objects.values_list("key", flat=True)) == ["new"]
