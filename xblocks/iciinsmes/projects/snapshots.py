"""Frozen copies of what is decided on at a gate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from iciinsmes.lib.json_data import to_json

from .data import Gate, Kind
from .facts import ByKind
from .rule_data import CheckItem

#: What is decided on at a gate: another diary line changes nothing there, another goal does.
DECIDED_ON: Mapping[Gate, tuple[Kind, ...]] = {
    Gate.START: (Kind.CHARTER,),
    Gate.GOAL: (Kind.CHARTER, Kind.KPI),
    Gate.INSIGHT: (Kind.CONTACT, Kind.INSIGHT, Kind.RESULT),
    Gate.IDEAS: (Kind.IDEA,),
    Gate.CHOICE: (Kind.CHARTER, Kind.IDEA),
    Gate.CONCEPT: (Kind.CHARTER, Kind.MEASURE, Kind.TEST),
    Gate.TEST: (Kind.TEST,),
    Gate.LAUNCH: (Kind.CHARTER, Kind.MEASURE, Kind.SPENT),
    Gate.RESULTS: (Kind.CHARTER, Kind.KPI, Kind.READING, Kind.MEASURE, Kind.SPENT, Kind.INSIGHT, Kind.TEST),
}


def snapshot_of(gate: Gate, entries: ByKind, checklist: Iterable[CheckItem]) -> dict[str, Any]:
    """Return a copy of what is decided on, with the checklist as it is now, as JSON."""
    return {
        "checklist": [to_json(item) for item in checklist],
        "entries": [
            {
                "id": str(entry.id),
                "kind": kind.value,
                "revision": entry.revision,
                # Whose work it is stays with the entry; a copy would keep people who are forgotten there.
                "content": {key: value for key, value in entry.content.items() if key != "person"},
            }
            for kind in DECIDED_ON[gate]
            for entry in entries[kind]
        ],
    }


def fingerprint_of(gate: Gate, entries: ByKind) -> str:
    """Return the hash of what is decided on: equal as long as nobody has changed any of it."""
    seen = [(str(entry.id), entry.revision) for kind in DECIDED_ON[gate] for entry in entries[kind]]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()
