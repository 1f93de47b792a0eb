"""When the course runs of this campus start: the small file ``runs.json`` among its data, written once for each run.

It stays there, so that a schedule does not move when the campus starts again on another day.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from opaque_keys.edx.keys import CourseKey

from .errors import UnreadableFile, UnreadableRuns
from .schedule import RunStart, zone_named


def starts_path() -> Path:
    """Return where the starts are kept."""
    return Path(settings.HOME) / "runs.json"


def run_starts() -> dict[str, RunStart]:
    """Return the starts that were given, by course key.

    Raises:
        UnreadableRuns: if the file says something else; dates must not vanish silently.
    """
    path = starts_path()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise UnreadableRuns(f"{path} is no JSON: {error}.") from error
    if not isinstance(content, dict):
        raise UnreadableRuns(f"{path} must map course keys to starts.")
    return {key: _start(path, key, entry) for key, entry in content.items()}


def keep_start(course_key: CourseKey, start: RunStart) -> None:
    """Write down the start of a run; one that was given before is replaced.

    Raises:
        UnreadableRuns: if the file that is there cannot be read.
    """
    path = starts_path()
    starts = {**run_starts(), str(course_key): start}
    content = {key: {"start": given.day.isoformat(), "time_zone": given.zone.key} for key, given in starts.items()}
    fresh = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    fresh.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    # Whoever reads meanwhile sees the old file or the new one, never half of it.
    os.replace(fresh, path)


def _start(path: Path, key: str, entry: Any) -> RunStart:
    if not isinstance(entry, Mapping):
        raise UnreadableRuns(f"{path}: {key} needs start and time_zone.")
    try:
        return RunStart(day=date.fromisoformat(str(entry.get("start"))), zone=zone_named(entry.get("time_zone")))
    except (TypeError, ValueError) as error:
        raise UnreadableRuns(f"{path}: {key} needs a start like 2027-02-01, not {entry.get('start')!r}.") from error
    except UnreadableFile as error:
        raise UnreadableRuns(f"{path}: {key}: {error}") from error
