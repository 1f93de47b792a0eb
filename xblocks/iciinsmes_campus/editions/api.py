"""The door of the editions: languages and countries of a course, its folder in each, its catalogues, checks, report."""

from __future__ import annotations

from .catalogues import extract, languages_of, read_translations
from .checks import problems
from .countries import Country, countries_of, read_country
from .errors import EditionError, UnreadableCatalogue, UnreadableCountry, UnreadableSource
from .minutes import KINDS, MINUTES_A_QUESTION, MINUTES_A_REACTION, WORDS_A_MINUTE
from .outline import Outline, read_outline
from .plan import HOURS, CoursePlan, in_language, read_plan
from .report import as_table, report, too_hard
from .sameness import differences, skeletons
from .segments import parse_html
from .weaving import SOURCE_LANGUAGE, Woven, translations_into, weave_into

__all__ = [
    "HOURS",
    "KINDS",
    "MINUTES_A_QUESTION",
    "MINUTES_A_REACTION",
    "SOURCE_LANGUAGE",
    "WORDS_A_MINUTE",
    "Country",
    "CoursePlan",
    "EditionError",
    "Outline",
    "UnreadableCatalogue",
    "UnreadableCountry",
    "UnreadableSource",
    "Woven",
    "as_table",
    "countries_of",
    "differences",
    "extract",
    "in_language",
    "languages_of",
    "parse_html",
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
