"""How pages tell of colleagues who hand in together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes import zones
from iciinsmes.companies.api import colleagues_of
from iciinsmes.platform import labels

from .data import RoundData, WorkData
from .errors import AssignmentError, NoRoundsLeft, NotEditable, TooLate


@dataclass(frozen=True)
class ColleagueField:
    """A colleague who can be ticked in the form."""

    user_id: int
    name: str
    is_ticked: bool


@dataclass(frozen=True)
class Together:
    """Who else handed in the same round; ``by`` is empty where the reader did it."""

    names: str
    by: str


def colleague_fields(work: WorkData, ticked: Collection[int] = ()) -> tuple[ColleagueField, ...]:
    """Return whom the learner can hand in together with; no query where the author does not foresee it."""
    if not work.version.task.team:
        return ()
    colleagues = colleagues_of(user_id=work.owner_id, course_key=work.version.course_key)
    return tuple(
        ColleagueField(member.user_id, member.name or _("Somebody without a name"), member.user_id in ticked)
        for member in colleagues
    )


def names_in(rounds: Sequence[RoundData], course_key: CourseKey) -> Mapping[int, str]:
    """Return the names of everybody who handed in one of the rounds together, in one query or none."""
    ids = {user_id for row in rounds for user_id in (*row.member_ids, row.handed_in_by_id) if row.team and user_id}
    return labels(ids, course_key)


def together_of(row: RoundData, owner_id: int, names: Mapping[int, str]) -> Together | None:
    """Return who else handed in the round, or None for one that a single person handed in."""
    if row.team is None:
        return None
    others = [names[user_id] for user_id in row.member_ids if user_id != owner_id and names.get(user_id)]
    by = "" if row.handed_in_by_id == owner_id else names.get(row.handed_in_by_id or 0, _("a colleague"))
    return Together(names=listed(others), by=by)


def listed(names: Sequence[str]) -> str:
    """Return the names as a sentence lists them."""
    return get_text_list(list(names), _("and"))


def unsent_texts(work: WorkData, typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return answers that were typed while a colleague handed in, and that neither draft nor round holds."""
    if not work.rounds or work.rounds[-1].handed_in_by_id == work.owner_id:
        return ()
    return tuple(
        (question.title, typed[question.key])
        for question in work.version.task.questions
        if typed.get(question.key, "").strip() and typed[question.key] != work.draft.answers.get(question.key, "")
    )


def refusals(reasons: Mapping[int, AssignmentError], course_key: CourseKey) -> str:
    """Say why colleagues cannot be included, a sentence for each."""
    names = labels(list(reasons), course_key)
    sentences = []
    for user_id, error in sorted(reasons.items()):
        name = names.get(user_id) or _("Somebody without a name")
        if isinstance(error, NotEditable):
            text = _("%(name)s has handed this task in already, or has passed it.") % {"name": name}
        elif isinstance(error, NoRoundsLeft):
            text = _("%(name)s has used all rounds of this task.") % {"name": name}
        elif isinstance(error, TooLate):
            deadline = zones.moment(error.deadline)
            text = _("For %(name)s the deadline was %(deadline)s.") % {"name": name, "deadline": deadline}
        else:
            # No name: an id that somebody made up must not tell whose it is.
            text = _("One of those you ticked is no longer a colleague in this course.")
        if text not in sentences:
            sentences.append(text)
    return " ".join(sentences)
