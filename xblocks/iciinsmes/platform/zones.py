"""In which zone moments are shown to whom, and how a moment is written so that nobody takes it for another one.

Moments are UTC inside. What is shown is in the zone of the reader: the one chosen in the account where the host has
such a choice, else that of the browser, which the app's own script puts into a cookie, else the site's. What is read
later, such as a mail, knows the browser's only where the host has noted it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from iciinsmes.lib import dates
from iciinsmes.platform import host

#: The browser's zone, as ``zone.js`` writes it.
COOKIE = "ici_zone"

_browsers: ContextVar[str] = ContextVar("zone of the browser", default="")


def moment(at: datetime) -> str:
    """Write a moment in the active zone and language, with weekday and zone, as in "Sat 12 Dec 2026, 23:59 CET"."""
    local = timezone.localtime(at)
    return f"{dates.moment(local)} {zone_name(local)}"


def clock(at: datetime) -> str:
    """Write the time of day in the active zone, with its name, as in "23:59 CET"."""
    local = timezone.localtime(at)
    return f"{dates.clock(local)} {zone_name(local)}"


def zone_name(local: datetime) -> str:
    """Return the short name of an aware moment's zone; of zones that have only numbers, the distance from UTC."""
    name = local.tzname() or ""
    if name.isalpha():
        return name
    minutes = round((local.utcoffset() or timedelta(0)).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone with this name, None for whatever is none: names come from browsers."""
    return ZoneInfo(name) if name in _known() else None


def of_site() -> tzinfo:
    """Return the zone for whoever has none; Open edX' own is always UTC, and it names another one for deadlines."""
    return zone_named(getattr(settings, "TIME_ZONE_DISPLAYED_FOR_DEADLINES", "")) or timezone.get_default_timezone()


@contextmanager
def reading(*, chosen: str = "") -> Iterator[None]:
    """Show moments as the reader of the current request sees them; where nothing is known, as the site does.

    Args:
        chosen: name of the zone that is chosen in the reader's account, empty for none.
    """
    with timezone.override(_readers(chosen)):
        yield


@contextmanager
def as_read_by(user_id: int) -> Iterator[None]:
    """Write in language and zone of somebody who reads it later, for example in a mail."""
    zone = zone_named(host().zone(user_id)) or zone_named(host().zone_seen(user_id)) or of_site()
    with translation.override(host().language(user_id)), timezone.override(zone):
        yield


class ReadersZone:
    """Show every page of the app and of the campus in its reader's zone; pages of others stay as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and leave the zone as it was found."""
        before = _browsers.set(request.COOKIES.get(COOKIE, ""))
        try:
            with timezone.override(timezone.get_current_timezone()):
                return self.get_response(request)
        finally:
            _browsers.reset(before)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        """Find out the zone as soon as it is known that the page is ours."""
        if getattr(view, "__module__", "").startswith("iciinsmes"):
            timezone.activate(_ZoneOfReader(request))


class _ZoneOfReader(tzinfo):
    """The zone of who reads the answer, asked from the host when a moment is written: most answers hold none."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _zone(self) -> tzinfo:
        user_id = self._request.user.pk
        return _readers(host().zone(user_id) if user_id else "")

    def fromutc(self, at: datetime) -> datetime:
        """Return the moment in the zone itself."""
        return self._zone.fromutc(at.replace(tzinfo=self._zone))

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """Return the zone's."""
        return self._zone.utcoffset(at)

    def dst(self, at: datetime | None) -> timedelta | None:
        """Return the zone's."""
        return self._zone.dst(at)

    def tzname(self, at: datetime | None) -> str | None:
        """Return the zone's."""
        return self._zone.tzname(at)

    def __str__(self) -> str:
        return str(self._zone)


def _readers(chosen: str) -> tzinfo:
    return zone_named(chosen) or zone_named(_browsers.get()) or of_site()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
