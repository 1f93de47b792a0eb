"""The campus for people who work on its code: begun anew whenever a file is saved."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from . import server
from .errors import CannotStart

#: What the campus reads once and keeps; Django itself watches modules and templates.
_KEPT = ("**/static/**/*", "**/locale/**/*.mo")
_SOURCES = Path(__file__).resolve().parent.parent


def run_and_reload() -> None:
    """Serve as `server.run` does, in a process that ends and begins again when code, a style or a course changes."""
    from django.utils import autoreload

    autoreload.autoreload_started.connect(_watch_more)
    autoreload.run_with_reloader(_run)


def _watch_more(sender: Any, **_arguments: Any) -> None:
    from django.conf import settings

    for pattern in _KEPT:
        sender.watch_dir(_SOURCES, pattern)
    sender.watch_dir(Path(settings.COURSES_ROOT).resolve(), "**/*")
    sender.watch_dir(Path(settings.COURSE_CATALOGUES).resolve(), "**/*.po")


def _run() -> None:
    try:
        server.run()
    except CannotStart as problem:
        print(problem, file=sys.stderr, flush=True)
        # The watching thread would wait for a change that does not come.
        os._exit(2)
