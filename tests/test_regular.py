"""Jobs that a beat has done regularly, by the names that the platform's schedule holds."""

from __future__ import annotations

import sys
from datetime import timedelta
from types import ModuleType, SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from iciinsmes import jobs
from iciinsmes.evidence import api as evidence
from iciinsmes.jobs import DO_JOB, on_job, run_job
from iciinsmes.lib.registry import UnknownKey
from iciinsmes.notices.models import OutgoingMail
from iciinsmes.privacy import api as privacy
from iciinsmes.settings import common


@pytest.fixture
def beat(monkeypatch):
    """Return a function that gives what a site's beat has to do, without Celery."""
    celery = ModuleType("celery.schedules")
    celery.crontab = lambda **at: at  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "celery", ModuleType("celery"))
    monkeypatch.setitem(sys.modules, "celery.schedules", celery)

    def of(urls="lms.urls", **site):
        settings = SimpleNamespace(INSTALLED_APPS=[], MIDDLEWARE=[], ROOT_URLCONF=urls, **site)
        common.plugin_settings(settings)
        return getattr(settings, "CELERYBEAT_SCHEDULE", None)

    return of


def test_the_lms_has_three_entries_beside_its_own(beat):
    entries = beat(CELERYBEAT_SCHEDULE={"theirs": {"task": "x"}})
    assert set(entries) == {"theirs", "iciinsmes-notices", "iciinsmes-retention", "iciinsmes-repair"}
    assert entries["iciinsmes-notices"]["schedule"] == timedelta(minutes=5)


def test_a_site_that_wants_another_time_keeps_its_entry(beat):
    own = {"task": DO_JOB, "args": ["regular.repair", []], "schedule": timedelta(days=7)}
    assert beat(CELERYBEAT_SCHEDULE={"iciinsmes-repair": own})["iciinsmes-repair"] == own


def test_studio_and_hosts_without_a_beat_have_none(beat):
    assert beat(urls="cms.urls", CELERYBEAT_SCHEDULE={}) == {}
    assert beat(urls="iciinsmes_campus.urls") is None


@pytest.mark.django_db
def test_every_entry_is_a_job_that_is_known(beat, monkeypatch):
    monkeypatch.setattr(jobs._SCHEDULE, "_entries", {})
    for entry in beat(CELERYBEAT_SCHEDULE={}).values():
        assert entry["task"] == DO_JOB
        name, ids = entry["args"]
        run_job(name, *ids)


@pytest.mark.django_db
def test_mails_that_nobody_sent_leave_with_the_next_run(monkeypatch):
    monkeypatch.setattr(jobs._SCHEDULE, "_entries", {})
    now = timezone.now()
    OutgoingMail.objects.create(to="tom@example.org", subject="x", body="x", created_at=now, next_try=now)
    run_job("regular.notices")
    run_job("regular.notices")
    assert [message.to for message in mail.outbox] == [["tom@example.org"]]


@pytest.mark.django_db
def test_two_beats_do_the_nightly_work_once_and_the_next_night_again(monkeypatch):
    done = []
    monkeypatch.setattr(privacy, "apply_retention", lambda: done.append("retention"))

    def repair():
        done.append("repair")
        return SimpleNamespace(lost=0)

    monkeypatch.setattr(evidence, "repair", repair)
    for _beat in range(2):
        run_job("regular.retention")
        run_job("regular.repair")
    assert done == ["retention", "repair"]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        run_job("regular.retention")
    assert done == ["retention", "repair", "retention"]


@pytest.mark.django_db
def test_what_could_not_be_done_is_an_error_of_the_job(monkeypatch):
    monkeypatch.setattr(jobs._SCHEDULE, "_entries", {})
    jobs.on_schedule(name="test.fails", task=lambda: 1 / 0, every=timedelta(0))
    with pytest.raises(Exception, match=r"test\.fails"):
        run_job("regular.notices")
    monkeypatch.setattr(evidence, "repair", lambda: SimpleNamespace(lost=2))
    with pytest.raises(Exception, match="2 files that were handed in are gone"):
        run_job("regular.repair")


def test_a_job_of_another_release_is_an_error(monkeypatch):
    monkeypatch.setattr(jobs._JOBS, "_entries", {})
    with pytest.raises(UnknownKey, match=r"nobody\.knows"):
        run_job("nobody.knows")
    on_job(name="test.known", job=lambda number: number)
    run_job("test.known", 3)
