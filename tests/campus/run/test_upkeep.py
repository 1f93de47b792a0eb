"""What a campus that runs for weeks does by itself."""

from __future__ import annotations

import pytest

from iciinsmes.evidence import api as evidence
from iciinsmes_campus import upkeep


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
