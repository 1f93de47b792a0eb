"""How the campus opens SQLite, on every Django version it supports."""

from __future__ import annotations

from typing import Any

import django

_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"

#: Writers queue for up to 20 seconds; Django 5.1 learned to begin transactions as writers and to run pragmas.
OPTIONS: dict[str, Any] = {"timeout": 20}
if django.VERSION >= (5, 1):
    OPTIONS |= {"transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS}
