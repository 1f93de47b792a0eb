"""The door of the editions: languages and countries of a course, its folder in each, its catalogues, checks, report."""

from __future__ import annotations

from .catalogues import extract, languages_of, read_translations
from .checks import problems
from .countries import Country, countries_of, read_country
from .errors import EditionError, UnreadableCatalogue, UnreadableCountry, UnreadableSource
from .minutes import KINDS, Minutes, added, html_minutes
from .outline import Outline, read_outline
from .plan import HOURS, CoursePlan, in_language, read_plan
from .report import as_table, report, too_hard
from .sameness import differences, skeletons
from .weaving import SOURCE_LANGUAGE, Woven, translations_into, weave_into

__all__ = [
    "HOURS",
    "KINDS",
    "SOURCE_LANGUAGE",
    "Country",
    "CoursePlan",
    "EditionError",
    "Minutes",
    "Outline",
    "UnreadableCatalogue",
    "UnreadableCountry",
    "UnreadableSource",
    "Woven",
    "added",
    "as_table",
    "countries_of",
    "differences",
    "extract",
    "html_minutes",
    "in_language",
    "languages_of",
    "problems",
    "read_country",
    "read_outline",
    "read_plan",
    "read_translations",
    "report",
    "skeletons",
    "too_hard",
    "translations_into",
    "weave_into",
]
