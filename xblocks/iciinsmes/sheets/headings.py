"""Names of the columns of results, in the language of whoever takes them out, and found again in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from iciinsmes.platform.languages import offered

#: More criteria a rubric cannot have.
MOST_CRITERIA = 20

ROUND_ID, VERSION, FEEDBACK = "round_id", "version", "feedback"
CRITERION, POINTS, LEVEL, COMMENT = "criterion", "points", "level", "comment"
#: What of a criterion has a column.
_OF_CRITERION = (CRITERION, POINTS, LEVEL, COMMENT)


def result_columns(criteria: int) -> list[tuple[str, str]]:
    """Return key and name of each column of a table of results in the active language and zone.

    Args:
        criteria: how many criteria have columns.
    """
    zone = timezone.get_current_timezone_name()
    columns = [
        ("learner", _("Learner")),
        ("email", _("Mail address")),
        ("firm", _("Firm")),
        ("assignment", _("Assignment")),
        ("round", _("Round")),
        ("state", _("State")),
        ("handed_in", _("Handed in (%(zone)s)") % {"zone": zone}),
        ("due", _("Due (%(zone)s)") % {"zone": zone}),
        ("late", _("Late")),
        ("hours", _("Hours")),
        ("mentor", _("Mentor")),
        ("result", _("Result")),
        ("outcome", _("Outcome")),
        ("earned", _("Sum of points")),
        ("possible", _("Possible points")),
        ("assessed_at", _("Assessed (%(zone)s)") % {"zone": zone}),
        ("assessor", _("Assessed by")),
    ]
    for number in range(1, criteria + 1):
        columns += [(f"{part}.{number}", _criterion_name(part, number)) for part in _OF_CRITERION]
    return [
        *columns,
        (FEEDBACK, _("Feedback")),
        (ROUND_ID, _("Key of the round (do not change)")),
        (VERSION, _("Version (do not change)")),
    ]


def keys_of(names: Sequence[str]) -> list[str]:
    """Return the key of each column by its name in any language of the site; empty for a name that means nothing."""
    known = _known()
    return [known.get(_plain(name), "") for name in names]


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in ("en", *(code for code, _name in offered())):
        with translation.override(code):
            found.update({_plain(name): key for key, name in result_columns(MOST_CRITERIA)})
    return found


def _plain(name: str) -> str:
    """Return a name as it is compared: without the zone, which is the reader's own."""
    return " ".join(re.sub(r"\([^)]*\)", " ", name).casefold().split())


def _criterion_name(part: str, number: int) -> str:
    names = {
        CRITERION: _("Criterion %(number)s"),
        POINTS: _("Points %(number)s"),
        LEVEL: _("Level %(number)s"),
        COMMENT: _("Comment %(number)s"),
    }
    return names[part] % {"number": number}
