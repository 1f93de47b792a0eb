"""Mails leave in a task of Celery, after the commit and outside of the request; the beat knows what is regular."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from celery import current_app
from django.conf import settings
from django.core import mail
from django.test import override_settings
from kombu import Connection
from kombu.exceptions import OperationalError

from iciinsmes import tasks
from iciinsmes.jobs import DO_JOB
from iciinsmes.notices import api as notices
from iciinsmes.notices.models import OutgoingMail

from .course import CourseTestCase

SERVICE = "lms"
CONTEXT = {"headline": "Passed", "step": "Go on.", "address": "https://x.example/"}


class JobsTest(CourseTestCase):
    """With tasks that run as soon as they are sent, as the platform's tests have them."""

    def send(self) -> OutgoingMail:
        with self.captureOnCommitCallbacks(execute=True):
            notices.send_mail(
                to="tom@example.org",
                language="en",
                template="iciinsmes/notices/notice.txt",
                context=CONTEXT,
                course_key=self.course.id,
            )
            assert mail.outbox == []
        return OutgoingMail.objects.get()

    def test_a_mail_leaves_in_a_task_that_is_given_its_number_alone(self) -> None:
        with patch.object(tasks.do_job, "apply_async", wraps=tasks.do_job.apply_async) as sent:
            row = self.send()
        sent.assert_called_once()
        assert sent.call_args.kwargs["args"] == ["notices.deliver", [str(row.id)]]
        assert [message.to for message in mail.outbox] == [["tom@example.org"]]
        assert row.sent_at is not None

    def test_without_a_broker_the_mail_waits_for_the_next_run(self) -> None:
        with patch.object(tasks.do_job, "apply_async", side_effect=OperationalError("no broker")):
            row = self.send()
        assert (mail.outbox, row.attempts, row.sent_at) == ([], 0, None)
        tasks.do_job.delay("regular.notices", [])
        tasks.do_job.delay("regular.notices", [])
        assert len(mail.outbox) == 1

    @override_settings(EXPLICIT_QUEUES={}, ALTERNATE_ENV_TASKS={})
    def test_a_broker_that_is_away_is_asked_once(self) -> None:
        """Celery would try again for seconds by itself, whatever it is told about retries of a task."""
        conf = current_app.conf
        before = {name: conf[name] for name in ("task_always_eager", "broker_url", "broker_connection_timeout")}
        self.addCleanup(conf.update, before)
        conf.update(task_always_eager=False, broker_url="redis://localhost:1/0", broker_connection_timeout=1)
        with patch.object(Connection, "_connection_factory", side_effect=ConnectionRefusedError) as asked:
            row = self.send()
        assert (asked.call_count, row.sent_at) == (1, None)

    def test_a_worker_finds_the_task_and_a_beat_sends_nothing_else(self) -> None:
        current_app.loader.import_default_modules()
        schedule: dict[str, Any] = getattr(settings, "CELERYBEAT_SCHEDULE", {})
        entries = {name: entry for name, entry in schedule.items() if name.startswith("iciinsmes-")}
        assert set(entries) == {"iciinsmes-notices", "iciinsmes-retention", "iciinsmes-repair"}
        assert entries["iciinsmes-notices"]["schedule"] == timedelta(minutes=5)
        for entry in entries.values():
            assert entry["task"] == DO_JOB
            current_app.tasks[DO_JOB].apply(args=entry["args"], throw=True)
