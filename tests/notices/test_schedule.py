"""What rooms have done from time to time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from iciinsmes import jobs
from iciinsmes.notices.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_tasks(monkeypatch):
    monkeypatch.setattr(jobs._SCHEDULE, "_entries", {})


def test_a_task_runs_not_more_often_than_it_said():
    runs = []
    jobs.on_schedule(name="test.count", task=lambda: runs.append(1), every=timedelta(hours=6))
    start = timezone.now()
    for hours in (0, 1, 5.9, 6, 7, 12):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            call_command("ici_notices")
    assert len(runs) == 3


def test_a_task_that_fails_stops_nothing_and_is_told(caplog):
    runs = []
    jobs.on_schedule(name="test.fails", task=lambda: 1 / 0, every=timedelta(hours=1))
    jobs.on_schedule(name="test.works", task=lambda: runs.append(1), every=timedelta(hours=1))
    now = timezone.now()
    OutgoingMail.objects.create(to="tom@example.org", subject="x", body="x", created_at=now, next_try=now)
    with pytest.raises(CommandError, match=r"test\.fails"):
        call_command("ici_notices")
    assert runs == [1]
    assert len(mail.outbox) == 1
    assert "ZeroDivisionError" in caplog.text
