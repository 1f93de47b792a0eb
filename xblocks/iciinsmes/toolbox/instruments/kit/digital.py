"""How digital a firm is: the dimensions and technologies that official tests ask for, and their bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from .declaration import Choice
from .result import Level
from .texts import Text, msg

#: The dimensions of the Digital Maturity Assessment of the European Digital Innovation Hubs (JRC).
DIMENSIONS = (
    Choice(
        "strategy",
        msg("Strategy"),
        ("digital business strategy", "strategie", "strategi", "stratégia", "strategia"),
    ),
    Choice(
        "readiness",
        msg("Readiness: equipment and tools"),
        ("digital readiness", "ausstattung", "bereitschaft", "parathed", "felkészültség", "gotowość"),
    ),
    Choice(
        "people",
        msg("People and skills"),
        ("human centric digitalisation", "menschen", "mennesker", "emberek", "ludzie"),
    ),
    Choice("data", msg("Data"), ("data management", "daten", "adatok", "dane")),
    Choice(
        "automation",
        msg("Automation and AI"),
        ("automation and intelligence", "automatisierung", "automatisering", "automatizálás", "automatyzacja"),
    ),
    Choice(
        "green",
        msg("Green use of digital tools"),
        ("green digitalisation", "nachhaltigkeit", "grün", "grøn", "zöld", "ekologia"),
    ),
)

#: What Eurostat's Digital Intensity Index counted in 2023; the list changes a little from year to year.
TECHNOLOGIES = (
    Choice("internet", msg("More than half of the staff use the internet at work"), ("staff online",)),
    Choice(
        "broadband",
        msg("Internet by cable with at least 30 Mbit/s"),
        ("breitband", "bredbånd", "szélessáv", "szerokopasmowy internet"),
    ),
    Choice("cloud", msg("Cloud services that you pay for"), ("cloud services", "felhő", "chmura")),
    Choice(
        "advanced-cloud",
        msg("Cloud for accounting, customers, security, databases or own software"),
        ("advanced cloud", "cloud anwendungen", "avanceret cloud", "haladó felhő", "zaawansowana chmura"),
    ),
    Choice(
        "social-media",
        msg("A social medium"),
        ("social media", "soziale medien", "sociale medier", "közösségi média", "media społecznościowe"),
    ),
    Choice(
        "two-social-media",
        msg("Two or more social media"),
        ("two social media", "zwei soziale medien", "to sociale medier", "két közösségi média", "dwa media"),
    ),
    Choice("erp", msg("Software that joins orders, stock and accounts (ERP)"), ("erp software",)),
    Choice("crm", msg("Software about customers (CRM)"), ("crm software",)),
    Choice(
        "analytics",
        msg("Data analysed, by you or for you"),
        ("data analytics", "datenanalyse", "dataanalyse", "adatelemzés", "analiza danych"),
    ),
    Choice(
        "ai",
        msg("Artificial intelligence"),
        ("ki", "künstliche intelligenz", "kunstig intelligens", "mesterséges intelligencia", "sztuczna inteligencja"),
    ),
    Choice(
        "online-sales",
        msg("At least 1 %% of sales ordered online"),
        ("online sales", "e-commerce", "online verkauf", "onlinesalg", "online eladás", "sprzedaż online"),
    ),
    Choice(
        "web-shop",
        msg("Over 1 %% of sales by web, over a tenth of that to consumers"),
        ("webshop", "onlineshop", "netbutik", "webáruház", "sklep internetowy"),
    ),
)


class Band(NamedTuple):
    """A band up to and with ``end``."""

    end: int
    key: str
    level: Level
    title: Text
    advice: Text


#: By the mean of the dimensions, in points of 100.
BANDS = (
    Band(25, "basic", Level.ATTENTION, msg("basic"), msg("Basic: a small step brings a lot here.")),
    Band(50, "average", Level.NEUTRAL, msg("average"), msg("Average: build on what works, and close the largest gap.")),
    Band(
        75,
        "moderately-advanced",
        Level.GOOD,
        msg("moderately advanced"),
        msg("Moderately advanced: use your data for what customers need."),
    ),
    Band(100, "advanced", Level.GOOD, msg("advanced"), msg("Advanced: keep it up, and show others how.")),
)

#: By the number of technologies; from the second on the basic level of the EU is reached.
INTENSITIES = (
    Band(
        3,
        "intensity-very-low",
        Level.ATTENTION,
        msg("very low"),
        msg("Very low digital intensity; four are the basic level."),
    ),
    Band(6, "intensity-low", Level.NEUTRAL, msg("low"), msg("Low digital intensity; the basic level is reached.")),
    Band(9, "intensity-high", Level.GOOD, msg("high"), msg("High digital intensity.")),
    Band(12, "intensity-very-high", Level.GOOD, msg("very high"), msg("Very high digital intensity.")),
)


def band_of(bands: Sequence[Band], reached: float) -> Band:
    """Return the band of points that are not above the last one's end; rounded as people do, a half goes up."""
    points = math.floor(reached + 0.5)
    return next(band for band in bands if points <= band.end)
