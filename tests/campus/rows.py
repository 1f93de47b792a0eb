"""Everything that a campus holds, to see that reading has changed nothing."""

from __future__ import annotations

from typing import Any

from django.apps import apps

#: What reading may leave behind, and why.
LEFT = {
    # Who looked at what: the trail is there for it.
    "iciinsmes.AuditLogEntry": None,
    # That a round was opened for the first time is an event, as it is in the trail.
    "iciinsmes_campus.TrackingEvent": None,
    # Opening a notice of the inbox, or a round that waits, says that it was seen, and who has it in hand for a while.
    "iciinsmes.Notice": {"read_at"},
    "iciinsmes.Round": {"opened_at"},
    "iciinsmes.WaitingItem": {"progress", "claimed_by_id", "claimed_until"},
    # Who signed in when, and a session's own time.
    "sessions.Session": None,
    "auth.User": {"last_login"},
    # The first look at a block makes its place: a task as it was seen, capa's numbers.
    "iciinsmes_campus.BlockState": None,
}


def everything() -> dict[tuple[str, object], list[str]]:
    """Return every row by table and key, without what reading may leave."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        ignored: Any = LEFT.get(model._meta.label, set())
        if ignored is None or not model._meta.managed:
            continue
        for row in model._base_manager.values():
            kept = [f"{name}: {value}" for name, value in row.items() if name not in ignored]
            found[model._meta.label, row[model._meta.pk.attname]] = kept
    return found
