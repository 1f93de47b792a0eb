"""What a grader sees besides words: evidence at its question, hours day by day, the statement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from iciinsmes.assignments.data import HoursEntry
from iciinsmes.assignments.hours_log import log_to_json
from iciinsmes.assignments.models import Round, Work
from iciinsmes.evidence.data import ItemData, item_to_json

from .conftest import url, waiting


def item(kind: str, question: str, **content) -> dict[str, object]:
    return item_to_json(
        ItemData(id=uuid4(), kind=kind, title="", content=content, size=9, question=question, revision=1)
    )


def test_evidence_stands_at_its_question(desk, anna, version):
    recording = {
        "id": str(uuid4()),
        "name": "talk.webm",
        "description": "",
        "size": 9,
        "content_type": "audio/webm",
        "question": "channels",
    }
    round_id = waiting(anna, version, files=[recording])
    Round.objects.filter(id=round_id).update(
        items=[
            item("note", "channels", date="2026-11-20", place="Counter", text="Two <b>left</b>."),
            item("link", "", url="https://example.org/reviews"),
            item("table", "gone", rows=[["a", "<i>b</i>"], ["1", "2"]], header=True),
        ],
        log=log_to_json([HoursEntry(date(2026, 11, 19), Decimal("2.5"), "Asked <u>them</u>")]),
        own_work=True,
    )
    html = desk.get(url(round_id)).content.decode()
    at_question, _second, rest = html.partition("Anything else")
    assert "Two &lt;b&gt;left" in at_question
    assert "<audio" in at_question
    assert 'rel="noopener noreferrer nofollow"' in rest
    assert "&lt;i&gt;b" in rest
    assert "Asked &lt;u&gt;them" in rest
    assert "Stated as own work" in rest


def test_links_notes_and_tables_that_are_no_longer_there_are_named(desk, anna, version):
    kept = item("link", "", url="https://kept.example/")
    first = waiting(anna, version)
    Round.objects.filter(id=first).update(
        items=[
            kept,
            item("link", "", url="https://reviews.example/one"),
            item("note", "channels", date="2026-11-20", place="<i>Counter", text="Two left."),
            item("table", "", rows=[["a"]], header=False),
        ]
    )
    Work.objects.filter(owner=anna).update(state="revise")
    again = waiting(anna, version)
    Round.objects.filter(id=again).update(items=[kept])
    _before, _words, gone = desk.get(url(again)).content.decode().partition("No longer there:")
    gone = gone.partition("</p>")[0]
    assert "<del>reviews.example</del>, <del>Observation, &lt;i&gt;Counter</del>, <del>Table</del>" in gone
    assert "kept.example" not in gone
