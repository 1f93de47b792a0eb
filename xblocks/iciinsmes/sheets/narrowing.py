"""What a table or an archive is narrowed to, read from an address and asked of other rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ListedRound
from iciinsmes.companies import api as companies
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from .data import SheetNarrowing

#: Firms of one coach, or with a text in their name.
_MOST_FIRMS = 1_000
_LONGEST = 100


def read_narrowed(given: Mapping[str, str], course_key: CourseKey) -> SheetNarrowing:
    """Read what an address narrows to; whatever means nothing narrows to nothing."""
    coach = given.get("coach", "")
    return SheetNarrowing(
        assignment=_assignment(given.get("assignment", ""), course_key),
        firm=_text(given.get("firm", "")),
        coach=coach if whole_number(coach) else "",
        q=_text(given.get("q", "")),
        open="1" if given.get("open") == "1" else "",
    )


def rounds_for(
    narrowed: SheetNarrowing, *, user_id: int, course_key: CourseKey, newest_only: bool
) -> Iterator[tuple[ListedRound, ...]]:
    """Yield in parts the rounds that a grader may see, without the own ones, narrowed to what was chosen.

    Args:
        narrowed: what was chosen.
        user_id: the grader.
        course_key: the course run.
        newest_only: only the newest round of each work.
    """
    owners = companies.limited_to(user_id=user_id, course_key=course_key)
    if narrowed.q:
        named = host().learners(course_key, text=narrowed.q)
        owners = named if owners is None else named.filter(pk__in=owners)
    firms = None
    if narrowed.firm or narrowed.coach:
        coach_id = int(narrowed.coach) if narrowed.coach else None
        firms = companies.ids_meant(course_keys=[course_key], text=narrowed.firm, coach_id=coach_id, limit=_MOST_FIRMS)
    for part in assignments.listed_rounds(
        course_key=course_key,
        usage_key=UsageKey.from_string(narrowed.assignment) if narrowed.assignment else None,
        owners=owners,
        company_ids=firms,
        newest_only=newest_only or bool(narrowed.open),
    ):
        found = tuple(
            each for each in part if user_id not in each.people_ids and (each.can_be_assessed or not narrowed.open)
        )
        if found:
            yield found


def _assignment(text: str, course_key: CourseKey) -> str:
    try:
        key = UsageKey.from_string(text)
    except InvalidKeyError:
        return ""
    return text if key.course_key == course_key else ""


def _text(text: str) -> str:
    return text[:_LONGEST].replace("\0", "").strip()
