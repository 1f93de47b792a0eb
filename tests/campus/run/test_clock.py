"""While the campus is open, it does what a cron does elsewhere."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from iciinsmes import jobs
from iciinsmes_campus.clock import ticking


@pytest.mark.django_db(transaction=True)
def test_tasks_run_while_the_campus_is_open_and_go_on_after_a_failure(monkeypatch, caplog):
    monkeypatch.setattr(jobs._SCHEDULE, "_entries", {})
    calls = []
    done = threading.Event()

    def task() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the first time")
        done.set()

    jobs.on_schedule(name="test.task", task=task, every=timedelta(0))
    with ticking(seconds=0.01):
        assert done.wait(30)
    assert "the first time" in caplog.text
    assert not [thread for thread in threading.enumerate() if thread.name == "clock"]
