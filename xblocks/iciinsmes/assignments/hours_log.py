"""The log of hours at work: what a form sends, what a table keeps, and what it comes to; pure functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import typed_number
from iciinsmes.lib.untrusted import read_json

from .data import HoursEntry

MAX_HOURS = Decimal(999)
MAX_ENTRIES = 200
MAX_WHAT = 200


def total(log: Iterable[HoursEntry]) -> Decimal | None:
    """Return the sum of the hours, or None where nothing is logged."""
    hours = [entry.hours for entry in log]
    return sum(hours, Decimal(0)) if hours else None


def log_to_json(log: Iterable[HoursEntry]) -> list[dict[str, str]]:
    """Write a log as JSON."""
    return [
        {"date": entry.date.isoformat() if entry.date else "", "hours": str(entry.hours), "what": entry.what}
        for entry in log
    ]


def log_from_json(content: Sequence[Mapping[str, str]], hours: Decimal | None) -> tuple[HoursEntry, ...]:
    """Read what `log_to_json` wrote; a single number from before there were logs becomes an entry without a date."""
    if not content:
        return () if hours is None else (HoursEntry(date=None, hours=hours, what=""),)
    return tuple(
        HoursEntry(date=_day(entry["date"]), hours=Decimal(entry["hours"]), what=entry["what"]) for entry in content
    )


def read_log(text: str) -> tuple[HoursEntry, ...]:
    """Read a log as the page sends it: a JSON list of objects with ``date``, ``hours`` and ``what`` as typed.

    Lines in which nothing but a date stands are left out; hours that are not typed yet count as 0.

    Raises:
        ValueError: with a message for the learner that names the line.
    """
    try:
        lines = read_json(text or "[]")
    except ValueError:
        lines = None
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines) or len(lines) > MAX_ENTRIES:
        raise ValueError(_("The hours could not be read. Reload the page and write them again."))
    log = []
    for number, line in enumerate(lines, start=1):
        what = " ".join(str(line.get("what", "")).replace("\x00", "").split())[:MAX_WHAT]
        typed = str(line.get("hours", "")).strip()
        if not typed and not what:
            continue
        try:
            hours = read_hours(typed) or Decimal(0)
        except ValueError as error:
            raise ValueError(_("Line %(number)d: %(problem)s") % {"number": number, "problem": error}) from error
        log.append(HoursEntry(date=_day(str(line.get("date", ""))), hours=hours, what=what))
    if sum(entry.hours for entry in log) > MAX_HOURS:
        raise ValueError(_("Hours must lie between 0 and %(max)s.") % {"max": MAX_HOURS})
    return tuple(log)


def as_typed(log: Sequence[HoursEntry], write: Callable[[Decimal], str]) -> str:
    """Return a log as the page holds it and `read_log` reads it, with the hours written by ``write``."""
    lines = [
        {**line, "hours": write(entry.hours) if entry.hours else ""}
        for line, entry in zip(log_to_json(log), log, strict=True)
    ]
    return json.dumps(lines, ensure_ascii=False)


def read_hours(text: str) -> Decimal | None:
    """Read hours as people type them: empty, ``4,5`` or ``4.5``.

    Raises:
        ValueError: with a message for the learner.
    """
    text = text.strip().replace(",", ".")
    if not text:
        return None
    hours = typed_number(text)
    if hours is None or not 0 <= hours <= MAX_HOURS:
        raise ValueError(_("Write the hours as a number, for example 4.5."))
    return round(hours, 2)


def problem_of(log: Sequence[HoursEntry]) -> str:
    """Return what is missing in a log before it may be handed in; empty if nothing is."""
    for number, entry in enumerate(log, start=1):
        if entry.what and not entry.hours:
            return _("Line %(number)d: how many hours?") % {"number": number}
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
