"""Brings authors' changes from the table into the memory of this process, and tells the other processes.

Whoever saves replaces the file ``authoring-revision`` in the campus' folder once the change is committed. Every process
looks at that file at the start of each request: one ``stat`` of some microseconds instead of a query, and nobody
reads an old text after the author has seen the new one. Only if the file is another one are the rows read again.
Processes on several machines would not share the file; more than one machine is Open edX, not the campus.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from opaque_keys.edx.keys import UsageKey

from iciinsmes_campus.courseware import api as courseware

from .models import BlockOverlay

log = logging.getLogger(__name__)

_Revision = tuple[int, int] | None

_lock = threading.Lock()
_seen: _Revision = None
_laid: set[UsageKey] = set()


def load() -> None:
    """Lay all changes over the courses now: when the campus starts, and at once in the process where one was saved."""
    with _lock:
        _lay(_revision())


def catch_up(**_signal: Any) -> None:
    """Lay the changes over the courses if somebody has saved or discarded one since this process last looked."""
    if _revision() != _seen:
        with _lock:
            revision = _revision()
            if revision != _seen:
                _lay(revision)


def announce() -> None:
    """Tell all processes that the table has changed; called after the commit."""
    path = _path()
    fresh = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    fresh.touch()
    # A new file in its place: its number differs even where two saves share one tick of the clock.
    os.replace(fresh, path)


def _lay(revision: _Revision) -> None:
    global _seen
    try:
        found = BlockOverlay.objects.values_list("usage_key", "fields")
        rows = {key: fields for key, fields in found if key is not None}
    except DatabaseError:
        # The next request tries again; pages that need the database report it themselves.
        log.exception("Authors' changes cannot be read")
        return
    # A rolled back or repeated change may already lie there, so the courses are asked, not a list of our own.
    for key in _laid - rows.keys():
        _lay_one(key, {})
    for key, fields in rows.items():
        _lay_one(key, fields)
    _laid.clear()
    _laid.update(rows)
    _seen = revision


def _lay_one(key: UsageKey, fields: dict[str, Any]) -> None:
    try:
        if courseware.overlay_of(key) != fields:
            courseware.set_overlay(key, fields)
    except courseware.UnknownBlock:
        log.warning("An author's change waits for block %s, which no course has", key)


def _revision() -> _Revision:
    try:
        state = _path().stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_mtime_ns


def _path() -> Path:
    return Path(settings.HOME) / "authoring-revision"
