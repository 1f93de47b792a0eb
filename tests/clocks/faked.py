"""The clocks, and the environment in which a process believes one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment on the wall at which a process begins, and where that wall is.

    ``zone`` is the machine's, ``campus`` the campus' own one; by default the same.
    """

    name: str
    moment: datetime
    zone: str = "Europe/Berlin"
    campus: str = ""

    @property
    def campus_zone(self) -> str:
        """The time zone of the campus."""
        return self.campus or self.zone

    @property
    def today(self) -> date:
        """The date on the campus at that moment."""
        return self.moment.replace(tzinfo=ZoneInfo(self.zone)).astimezone(ZoneInfo(self.campus_zone)).date()


def clocks() -> tuple[Clock, ...]:
    """Return the clocks: some move with today, the others are days on which calendars are hard."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    leap = next(year for year in range(now.year + 1, now.year + 9) if _is_leap(year))
    spring, autumn = _changes(now.year + 1)
    return (
        Clock("today", now, "UTC", "Europe/Berlin"),
        Clock("in a month", now + timedelta(days=31), "UTC", "Europe/Berlin"),
        Clock("in a year", now + timedelta(days=365)),
        Clock("in ten years", now + timedelta(days=3653), "Europe/Warsaw"),
        Clock("29 February", datetime(leap, 2, 29, 9, 0)),
        Clock("31 December 23:30", datetime(now.year + 1, 12, 31, 23, 30)),
        Clock("clocks go forward", datetime.combine(spring, datetime.min.time()).replace(hour=1, minute=55)),
        Clock("clocks go back", datetime.combine(autumn, datetime.min.time()).replace(hour=2, minute=30)),
        Clock("far east", datetime(now.year + 2, 1, 1, 0, 15), "Pacific/Kiritimati"),
        Clock("far west", datetime(now.year + 2, 6, 30, 22, 45), "Pacific/Pago_Pago", "America/Los_Angeles"),
    )


def environment(clock: Clock, library: Path) -> dict[str, str]:
    """Return what a process needs to believe in the clock; what it waits for and what files say stays real."""
    path = [str(Path(__file__).parent / "site"), os.environ.get("PYTHONPATH", "")]
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
        "LD_PRELOAD": str(library),
        "FAKETIME": f"@{clock.moment:%Y-%m-%d %H:%M:%S}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "TZ": clock.zone,
        "CAMPUS_TIME_ZONE": clock.campus_zone,
    }


def find_library() -> Path | None:
    """Return the library that tells a process another time, or None."""
    return next(_libraries(), None)


def _libraries() -> Iterator[Path]:
    for folder in (Path("/usr/lib"), Path("/usr/local/lib"), Path("/usr/lib64")):
        yield from sorted(folder.glob("**/faketime/libfaketimeMT.so.1"))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _changes(year: int) -> tuple[date, date]:
    """Return the days on which Europe changes its clocks: the last Sundays of March and October."""
    march, october = date(year, 3, 31), date(year, 10, 31)
    return march - timedelta(days=(march.weekday() + 1) % 7), october - timedelta(days=(october.weekday() + 1) % 7)
