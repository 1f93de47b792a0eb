"""How digital a firm is: the dimensions and technologies that official tests ask for, and their bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .. import framework as fw
from ..framework import msg

#: The dimensions of the Digital Maturity Assessment of the European Digital Innovation Hubs (JRC).
DIMENSIONS = {
    "strategy": msg("Strategy"),
    "readiness": msg("Readiness: equipment and tools"),
    "people": msg("People and skills"),
    "data": msg("Data"),
    "automation": msg("Automation and AI"),
    "green": msg("Green use of digital tools"),
}

#: What Eurostat's Digital Intensity Index counted in 2023; the list changes a little from year to year.
TECHNOLOGIES = {
    "internet": msg("More than half of the staff use the internet at work"),
    "broadband": msg("Internet by cable with at least 30 Mbit/s"),
    "cloud": msg("Cloud services that you pay for"),
    "advanced-cloud": msg("Cloud for accounting, customers, security, databases or own software"),
    "social-media": msg("A social medium"),
    "two-social-media": msg("Two or more social media"),
    "erp": msg("Software that joins orders, stock and accounts (ERP)"),
    "crm": msg("Software about customers (CRM)"),
    "analytics": msg("Data analysed, by you or for you"),
    "ai": msg("Artificial intelligence"),
    "online-sales": msg("At least 1 %% of sales ordered online"),
    "web-shop": msg("Over 1 %% of sales by web, over a tenth of that to consumers"),
}


class Band(NamedTuple):
    """A band up to and with ``end``."""

    end: int
    key: str
    level: fw.Level
    title: fw.Text
    advice: fw.Text


#: By the mean of the dimensions, in points of 100.
BANDS = (
    Band(25, "basic", fw.Level.ATTENTION, msg("basic"), msg("Basic: a small step brings a lot here.")),
    Band(
        50, "average", fw.Level.NEUTRAL, msg("average"), msg("Average: build on what works, and close the largest gap.")
    ),
    Band(
        75,
        "moderately-advanced",
        fw.Level.GOOD,
        msg("moderately advanced"),
        msg("Moderately advanced: use your data for what customers need."),
    ),
    Band(100, "advanced", fw.Level.GOOD, msg("advanced"), msg("Advanced: keep it up, and show others how.")),
)

#: By the number of technologies; from the second on the basic level of the EU is reached.
INTENSITIES = (
    Band(
        3,
        "intensity-very-low",
        fw.Level.ATTENTION,
        msg("very low"),
        msg("Very low digital intensity; four are the basic level."),
    ),
    Band(6, "intensity-low", fw.Level.NEUTRAL, msg("low"), msg("Low digital intensity; the basic level is reached.")),
    Band(9, "intensity-high", fw.Level.GOOD, msg("high"), msg("High digital intensity.")),
    Band(12, "intensity-very-high", fw.Level.GOOD, msg("very high"), msg("Very high digital intensity.")),
)


def band_of(bands: Sequence[Band], reached: float) -> Band:
    """Return the band of points that are not above the last one's end; rounded as people do, a half goes up."""
    points = math.floor(reached + 0.5)
    return next(band for band in bands if points <= band.end)
