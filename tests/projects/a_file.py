"""A project as a file, with a year that makes sense: what browsers bring in to have something to look at."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

_ANNA, _JONAS = "Anna Lindmoor", "Jonas Ahrwald"
_ENTRIES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    (
        "charter",
        {
            "title": "Kitchens on the promised day",
            "trigger": "lost_customer",
            "trigger_words": "The Petersen family went to another joiner: their kitchen came three weeks late.",
            "domains": ["production", "marketing"],
            "sponsor": "Owner",
            "confidentiality": "staff",
            "goal": "By the end of March at most 15 % of our kitchens come later than promised.",
            "goal_on": "2027-03-31",
            "benefit": "Each late kitchen costs us 380 EUR in extra trips: 12,000 EUR a year.",
            "signals": "46 of 100 orders late, 9 complaints about waiting, 3 lost quotes.",
            "offer": "You hear on Monday which day we come, and we come on that day.",
            "business_case": "120 hours once, 12,000 EUR a year less.",
            "routine": "The foreman calls every customer on Monday.",
            "learned": "Customers forgive a late day that they hear of. They do not forgive silence.",
        },
        "2026-09-01",
        _ANNA,
    ),
    (
        "kpi",
        {
            "name": "Late deliveries",
            "unit": "%",
            "direction": "down",
            "baseline": "46",
            "baseline_on": "2026-09-01",
            "target": "15",
            "target_on": "2027-03-31",
            "interval": "month",
            "source": "Order book",
        },
        "2026-09-02",
        _ANNA,
    ),
    (
        "kpi",
        {
            "name": "Quotes that become orders",
            "unit": "%",
            "direction": "up",
            "baseline": "24",
            "baseline_on": "2026-09-01",
            "target": "35",
            "target_on": "2027-03-31",
            "interval": "month",
            "source": "Quotes",
        },
        "2026-09-03",
        _JONAS,
    ),
    *(
        ("reading", {"kpi": 1, "on": on, "value": value}, on, _JONAS)
        for on, value in (("2026-10-01", "44"), ("2026-11-01", "40"), ("2026-11-29", "31"))
    ),
    (
        "reading",
        {"kpi": 2, "on": "2026-11-15", "value": "26", "comment": "Nobody counted in October"},
        "2026-11-15",
        _JONAS,
    ),
    ("measure", {"title": "Board for promised days", "hours_planned": "16:00", "done": 100}, "2026-09-10", _ANNA),
    (
        "measure",
        {"title": "Call on Monday", "hours_planned": "24:00", "done": 40, "due": "2027-01-15"},
        "2026-10-05",
        _ANNA,
    ),
    ("spent", {"on": "2026-10-12", "hours": "0:20", "cost": "150", "what": "Board"}, "2026-10-12", _ANNA),
    ("spent", {"on": "2026-11-02", "hours": "18:40"}, "2026-11-02", _JONAS),
    (
        "milestone",
        {"title": "First kitchen by the new plan", "due": "2026-12-15", "original": "2026-11-15", "moved": 1},
        "2026-09-12",
        _ANNA,
    ),
    (
        "contact",
        {"on": "2026-09-20", "customer": "C014", "method": "phone", "words": "I took a day off for you, twice."},
        "2026-09-20",
        _ANNA,
    ),
    (
        "contact",
        {"on": "2026-09-22", "customer": "C020", "method": "visit", "words": "Nobody told me. I would have waited."},
        "2026-09-22",
        _JONAS,
    ),
    ("insight", {"text": "Silence annoys more than waiting.", "sources": [12, 13]}, "2026-09-30", _ANNA),
    (
        "idea",
        {"title": "The promised day", "origin": "customer", "decision": "chosen", "why": "Cheap and quick."},
        "2026-10-02",
        _JONAS,
    ),
    (
        "diary",
        {"on": "2026-10-03", "text": "We hung up the board. Two colleagues laughed, then used it."},
        "2026-10-03",
        _ANNA,
    ),
)


def a_file() -> bytes:
    """Return the file."""
    entries = [_entry(number, *row) for number, row in enumerate(_ENTRIES)]
    file = {
        "format": "iciinsmes.project",
        "version": 1,
        "project": {
            "title": "Kitchens on the promised day",
            "started_on": "2026-09-01",
            "ended_on": None,
            "stopped": False,
            "begins_on": "2026-09-01",
        },
        "entries": entries,
        "requests": [],
        "passages": [{"gate": 0, "passed_on": "2026-09-07", "back_at": None, "request": None}],
        "pauses": [{"first_on": "2026-10-19", "last_on": "2026-10-25", "reason": "Fair", "declared_by": _ANNA}],
        "talks": [],
    }
    return json.dumps(file).encode()


def _entry(number: int, kind: str, content: dict[str, Any], on: str, author: str) -> dict[str, Any]:
    at = f"{on}T10:00:00+00:00"
    return {
        "id": _id(number),
        "kind": kind,
        "content": {key: _named(key, value) for key, value in content.items()},
        "revision": 1,
        "author": author,
        "created_at": at,
        "changed_by": author,
        "changed_at": at,
        "removed_at": None,
        "versions": [],
    }


def _named(key: str, value: Any) -> Any:
    if key == "kpi":
        return _id(value)
    return [_id(each) for each in value] if key == "sources" else value


def _id(number: int) -> str:
    return str(UUID(int=0x5EED << 64 | number))
