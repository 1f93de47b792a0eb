"""The timeline shows when something was planned first, when it is planned now and when it was reached."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from lxml import etree

from iciinsmes.projects.data import Gate
from iciinsmes.projects.rule_data import Facts, MilestoneFacts, PauseFacts
from iciinsmes.projects.timeline import stations_of, timeline_chart

_FACTS = Facts(
    started=date(2026, 9, 1),
    planned={Gate.START: date(2026, 9, 7), Gate.GOAL: date(2026, 9, 21)},
    passed={Gate.START: date(2026, 9, 5)},
    milestones=(MilestoneFacts(uuid4(), "First <kitchen>", date(2026, 12, 1), date(2026, 11, 1), moved=1),),
    pauses=(PauseFacts(date(2026, 10, 1), date(2026, 10, 10)),),
)


def test_stations_come_by_the_day_that_counts_and_milestones_keep_their_first_day():
    found = stations_of(_FACTS)
    assert [station.name for station in found] == ["G0 Start", "G1 Goal", "Pause", "First <kitchen>"]
    assert (found[3].first, found[3].planned, found[3].moved_days) == (date(2026, 11, 1), date(2026, 12, 1), 30)


def test_the_picture_says_everything_in_words_too():
    svg = etree.fromstring(str(timeline_chart(stations_of(_FACTS), date(2026, 10, 15))))
    words = svg.get("aria-label")
    for said in ("planned at first for 1 Nov 2026", "planned for 1 Dec 2026", "reached on 5 Sep 2026", "Today: 15 Oct"):
        assert said in words
    assert timeline_chart((), date(2026, 10, 15)) == ""
