"""What people write or paste as evidence: form fields in, title and content out, and back; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from . import tables
from .data import ItemData
from .errors import ItemRefused, RuleBroken
from .names import clean_text

MAX_LINE = 200
MAX_URL = 2000
MAX_NOTE = 20_000
_FIRST_YEAR = 2000

Fields = Mapping[str, str]
Written = tuple[str, dict[str, Any]]


def read(kind: str, fields: Fields, *, today: date) -> Written:
    """Return title and content of what a form holds.

    Args:
        kind: one of `kinds.WRITTEN_KINDS`.
        fields: what was typed: ``url`` and ``title`` of a link; ``date``, ``place`` and ``text`` of a note; ``title``,
            ``text`` and ``header`` of a table.
        today: the day on the server, in UTC.

    Raises:
        ItemRefused: with a message for each field that is wrong.
        RuleBroken: what it holds is not written by hand.
    """
    _check_written(kind)
    return _READERS[kind](fields, today)


def fields_of(item: ItemData) -> dict[str, str]:
    """Return what a form holds when the item is changed.

    Raises:
        RuleBroken: it is not written by hand.
    """
    _check_written(item.kind)
    content = item.content
    if item.kind == "link":
        return {"url": content["url"], "title": item.title}
    if item.kind == "note":
        return {"date": content["date"], "place": content["place"], "text": content["text"]}
    return {"title": item.title, "text": tables.text_of(content["rows"]), "header": "on" if content["header"] else ""}


def _check_written(kind: str) -> None:
    if kind not in _READERS:
        raise RuleBroken(_("A result stays as it was computed. Take it out and add another one."))


def _link(fields: Fields, _today: date) -> Written:
    problems = _long_lines(fields, "title")
    url = _address(fields.get("url", ""))
    if not url:
        problems["url"] = _("Write the whole address of a page, for example https://example.org/page.")
    _stop_at(problems)
    return clean_text(fields.get("title", "")), {"url": url}


def _address(text: str) -> str:
    """Return a web address that may be shown as a link; empty for everything else."""
    url = clean_text(text)
    if "://" not in url:
        url = f"https://{url}"
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    # A name before the host makes a stranger's address look like a known one.
    return "" if len(url) > MAX_URL or "@" in urlsplit(url).netloc else url


def _note(fields: Fields, today: date) -> Written:
    problems = _long_lines(fields, "place")
    text = fields.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    place = clean_text(fields.get("place", ""))
    if not place:
        problems["place"] = _("Write where you saw it.")
    if not text:
        problems["text"] = _("Write what you saw or heard.")
    elif len(text) > MAX_NOTE:
        problems["text"] = _("Use at most %(count)d characters.") % {"count": MAX_NOTE}
    try:
        day = date.fromisoformat(fields.get("date", ""))
    except ValueError:
        day = date.min
    # Somewhere it is tomorrow already.
    if not day.year >= _FIRST_YEAR or day > today + timedelta(days=1):
        problems["date"] = _("Choose the day on which you saw it.")
    _stop_at(problems)
    return "", {"date": day.isoformat(), "place": place, "text": text}


def _table(fields: Fields, _today: date) -> Written:
    problems = _long_lines(fields, "title")
    try:
        rows = tables.rows_in(fields.get("text", ""))
    except ItemRefused as error:
        raise ItemRefused({**problems, **error.problems}) from error
    _stop_at(problems)
    return clean_text(fields.get("title", "")), {"rows": rows, "header": bool(fields.get("header"))}


def _long_lines(fields: Fields, name: str) -> dict[str, str]:
    if len(clean_text(fields.get(name, ""))) <= MAX_LINE:
        return {}
    return {name: _("Use at most %(count)d characters.") % {"count": MAX_LINE}}


def _stop_at(problems: Mapping[str, str]) -> None:
    if problems:
        raise ItemRefused(problems)


_READERS: Mapping[str, Callable[[Fields, date], Written]] = {"link": _link, "note": _note, "table": _table}
