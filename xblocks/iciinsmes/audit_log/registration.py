"""What the trail brings to other rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .labels import register_details


def connect() -> None:
    """Say what is kept here about people, and the words that every room may use in a line."""
    register_source(
        name="trail",
        words=_("The trail: what was seen and changed, by this person or about this person."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="trail",
        words=_("Who saw and changed what"),
        setting="ICIINSMES_KEEP_TRAIL_DAYS",
        expire=retirement.expire,
    )
    register_details({"title": _title, "note": _note})


def _title(detail: Mapping[str, Any]) -> str:
    return str(detail["title"])


def _note(detail: Mapping[str, Any]) -> str:
    return str(detail["note"])
