"""Days with the name of their month, in the five languages: 3. März 2026, 4 mar 2026, 2026. március 4."""

from __future__ import annotations

import re

from .names import plain_name

#: For each month how its names begin, in all the languages, without accents.
_BEGINNINGS = (
    ("jan", "sty"),
    ("feb", "lut"),
    ("mar", "maer", "mrz"),
    ("apr", "kwi"),
    ("may", "mai", "maj"),
    ("jun", "cze"),
    ("jul", "lip"),
    ("aug", "sie"),
    ("sep", "szep", "wrz"),
    ("oct", "okt", "paz"),
    ("nov", "lis"),
    ("dec", "dez", "gru"),
)
_FORMS = (
    re.compile(r"(?P<day>\d{1,2})\.?[ -]?(?P<month>[^\W\d_]{3,12})\.?,?[ -]?(?P<year>\d{4}|\d{2})\.?"),
    re.compile(r"(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})\. ?(?P<month>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})\.?"),
)


def with_month_name(words: str) -> tuple[int, int, int] | None:
    """Return year (two or four figures as written), month and day of the month; None if it is no such day."""
    for form in _FORMS:
        if found := form.fullmatch(words):
            month = plain_name(found["month"])
            for number, beginnings in enumerate(_BEGINNINGS, 1):
                if month.startswith(beginnings):
                    return int(found["year"]), number, int(found["day"])
    return None
