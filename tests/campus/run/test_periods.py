"""How long the campus keeps things comes from the environment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from iciinsmes_campus.settings import _days


@pytest.mark.parametrize(
    ("given", "days"), [(None, 90), ("", 90), ("7", 7), (" 365 ", 365), ("never", None), ("Never", None)]
)
def test_days_are_read(monkeypatch, given, days):
    if given is not None:
        monkeypatch.setenv("CAMPUS_KEEP_MAILS_DAYS", given)
    assert _days("CAMPUS_KEEP_MAILS_DAYS", 90) == days


@pytest.mark.parametrize("given", ["-1", "1.5", "many", "9" * 9, "²"])
def test_what_is_no_number_of_days_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("CAMPUS_KEEP_MAILS_DAYS", given)
    with pytest.raises(ImproperlyConfigured, match="CAMPUS_KEEP_MAILS_DAYS"):
        _days("CAMPUS_KEEP_MAILS_DAYS", 90)
