"""What a grader narrows the queue to, as it stands in an address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.projects.data import Gate, place_of_gate
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import NOBODY_ID, MentorWord, Narrowing, Progress, WaitingFor

#: Firms of one coach, or with a text in their name: each is a range of its own.
_MOST_FIRMS = 100
_LONGEST = 100
_TURNS = {WaitingFor.MENTOR.value, WaitingFor.COACH.value}
_GATES = {place_of_gate(gate) for gate in Gate}
_YES = "1"
#: Who may stand for a user id where the queue is narrowed to what is allocated to one person.
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class QueueFilter:
    """One value a condition, empty for none, named as in the address.

    ``assignment`` is the key of a block or the place of a gate, ``turn`` whose turn it is (the staff's for none),
    ``word`` where a mentor's word stands, ``late`` and ``overdue`` are "1" or empty, ``coach`` is a user id,
    ``allocated`` one of the staff, "me" or "nobody", ``firm`` and ``q`` are parts of the names of
    a firm and of its people.
    """

    turn: str = ""
    kind: str = ""
    assignment: str = ""
    state: str = ""
    word: str = ""
    language: str = ""
    late: str = ""
    overdue: str = ""
    firm: str = ""
    coach: str = ""
    q: str = ""
    allocated: str = ""

    @property
    def values(self) -> dict[str, str]:
        """What is chosen, by the name of the condition."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed, whosever turn it is."""
        return not replace(self, turn="").values

    @property
    def query(self) -> str:
        """The part of an address behind the question mark."""
        return urlencode(self.values)

    @property
    def turns_to(self) -> WaitingFor:
        """Whose turn it is."""
        return WaitingFor(self.turn) if self.turn else WaitingFor.STAFF

    @property
    def block(self) -> UsageKey | None:
        """The assignment, if it is one and no gate."""
        return None if not self.assignment or self.assignment in _GATES else UsageKey.from_string(self.assignment)

    def without(self, name: str) -> QueueFilter:
        """Return the same with one condition less."""
        return replace(self, **{name: ""})


def read_filter(given: Mapping[str, str], course_key: CourseKey | None) -> QueueFilter:
    """Read what an address narrows the queue to; whatever means nothing narrows to nothing.

    Args:
        given: the address's values.
        course_key: the course run; None for all, where coaches and assignments of one cannot be chosen.
    """
    language, coach = given.get("language", ""), given.get("coach", "")
    allocated = given.get("allocated", "")
    return QueueFilter(
        turn=_one_of(_TURNS, given.get("turn", "")),
        kind=_one_of(waiting.kinds(), given.get("kind", "")),
        assignment=_place(given.get("assignment", ""), course_key),
        state=_one_of(set(Progress), given.get("state", "")),
        word=_one_of(set(MentorWord), given.get("word", "")),
        language=language if language in dict(settings.LANGUAGES) else "",
        late=_one_of({_YES}, given.get("late", "")),
        overdue=_one_of({_YES}, given.get("overdue", "")),
        allocated=allocated if allocated in (ME, NOBODY) or (course_key and whole_number(allocated)) else "",
        firm=_text(given.get("firm", "")),
        coach=coach if course_key is not None and whole_number(coach) else "",
        q=_text(given.get("q", "")),
    )


def narrowing(
    chosen: QueueFilter,
    course_keys: Collection[CourseKey],
    overdue_before: Mapping[CourseKey, datetime],
    *,
    reader_id: int,
) -> Narrowing:
    """Return what the queue is narrowed to; one query where firms are meant by a part of their name or a coach.

    Args:
        chosen: the filter.
        course_keys: the course runs that are listed.
        overdue_before: for each of them the moment before which what waits is overdue.
        reader_id: whose is what is allocated to "me".
    """
    return Narrowing(
        waiting_for=chosen.turns_to,
        place=chosen.assignment,
        kind=chosen.kind,
        progress=Progress(chosen.state) if chosen.state else None,
        word=MentorWord(chosen.word) if chosen.word else None,
        language=chosen.language,
        late=bool(chosen.late),
        since_before=overdue_before if chosen.overdue else None,
        company_ids=_firms(chosen, course_keys),
        allocated_to=_allocated(chosen.allocated, reader_id),
        text=chosen.q,
    )


def _firms(chosen: QueueFilter, course_keys: Collection[CourseKey]) -> list[int] | None:
    """Return the only firms whose work is listed, None for all."""
    if not chosen.firm and not chosen.coach:
        return None
    coach_id = int(chosen.coach) if chosen.coach else None
    return companies.ids_meant(course_keys=course_keys, text=chosen.firm, coach_id=coach_id, limit=_MOST_FIRMS)


def _allocated(text: str, reader_id: int) -> int | None:
    """Return whose work alone is listed, None for everybody's."""
    if not text:
        return None
    if text == NOBODY:
        return NOBODY_ID
    return reader_id if text == ME else int(text)


def _place(text: str, course_key: CourseKey | None) -> str:
    if text in _GATES:
        return text
    try:
        key = UsageKey.from_string(text)
    except InvalidKeyError:
        return ""
    return text if key.course_key == course_key else ""


def _one_of(allowed: Collection[str], text: str) -> str:
    return text if text in allowed else ""


def _text(text: str) -> str:
    return text[:_LONGEST].replace("\0", "").strip()
