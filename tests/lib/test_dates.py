"""Days and times of day, as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import translation

from iciinsmes.lib import dates

DAY = date(2026, 12, 12)
AT = datetime(2027, 1, 16, 14, 30)

#: Without year, short, long, the month, the time of day, and a moment.
WORDS = {
    "en": ("12 Dec", "12 Dec 2026", "12 December 2026", "December 2026", "14:30", "Sat 16 Jan 2027, 14:30"),
    "de": ("12. Dez.", "12. Dez. 2026", "12. Dezember 2026", "Dezember 2026", "14:30", "Sa., 16. Jan. 2027, 14:30"),
    "da": ("12. dec.", "12. dec. 2026", "12. december 2026", "december 2026", "14.30", "lør. 16. jan. 2027, 14.30"),
    "pl": ("12 gru", "12 gru 2026", "12 grudnia 2026", "grudzień 2026", "14:30", "sob., 16 sty 2027, 14:30"),
    "hu": ("dec. 12.", "2026. dec. 12.", "2026. december 12.", "2026. december", "14:30", "2027. jan. 16., Szo, 14:30"),
}
WEEKDAYS = {
    "en": "Sat 16 Jan",
    "de": "Sa., 16. Jan.",
    "da": "lør. 16. jan.",
    "pl": "sob., 16 sty",
    "hu": "jan. 16., Szo",
}


@pytest.mark.parametrize("language", WORDS)
def test_each_language_has_its_forms(language):
    with translation.override(language):
        written = (
            dates.day_and_month(DAY),
            dates.short(DAY),
            dates.long(DAY),
            dates.month(DAY),
            dates.clock(AT),
            dates.moment(AT),
        )
    assert written == WORDS[language]


@pytest.mark.parametrize("language", WEEKDAYS)
def test_a_weekday_stands_where_the_language_has_it(language):
    with translation.override(language):
        assert dates.written(AT, dates.DateForm.WEEKDAY) == WEEKDAYS[language]


@pytest.mark.parametrize("language", WORDS)
def test_every_day_of_a_year_has_its_words(language):
    with translation.override(language):
        words = {dates.short(date(2027, month, day)) for month in range(1, 13) for day in (1, 9, 10, 28)}
    assert len(words) == 48


@pytest.mark.parametrize(
    ("language", "words"),
    [("en-us", "12 Dec 2026"), ("de-at", "12. Dez. 2026"), ("fr", "12 déc. 2026"), ("xx", "12 Dec 2026")],
)
def test_other_languages_of_a_site_are_known_too_and_unknown_ones_are_english(language, words):
    with translation.override(language):
        assert dates.short(DAY) == words


def test_a_time_without_a_day_can_be_written():
    with translation.override("da"):
        assert dates.clock(time(9, 5)) == "09.05"
