"""Colleagues who hand in together: who may be included, what they leave to each other, and how pages tell of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import can_work, colleagues_of
from iciinsmes.lib.sentences import listed
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import Title, host, labels, zones
from iciinsmes.subjects import Subject

from .data import RoundData, TaskVersionData, WorkData
from .errors import AssignmentError, ColleaguesRefused, NoRoundsLeft, NotAColleague, NotEditable, TooLate
from .models import Round, Work
from .subjects import work_subject
from .transitions import locked

Member = tuple[Work, Round]


def check_colleagues(user_id: int, version: TaskVersionData, colleague_ids: Collection[int]) -> frozenset[int]:
    """Return the colleagues with whom the person may hand in; three queries and one for each, none without colleagues.

    Raises:
        ColleaguesRefused: somebody is no colleague who learns here, or the task is not done together.
    """
    wanted = frozenset(colleague_ids) - {user_id}
    if not wanted:
        return wanted
    known: set[int] = set()
    if version.task.team:
        known = {member.user_id for member in colleagues_of(user_id=user_id, course_key=version.course_key)}
    strangers = {other for other in wanted if other not in known or not _learns(other, version.course_key)}
    if strangers:
        reasons: dict[int, AssignmentError] = {other: NotAColleague(str(other)) for other in strangers}
        raise ColleaguesRefused(reasons)
    return wanted


def check_one_company(user_id: int, owner_ids: Collection[int], held: Mapping[int, int]) -> None:
    """Make sure that nobody has changed the firm since `check_colleagues`: the round would go along to the other one.

    Raises:
        ColleaguesRefused: naming each who has.
    """
    gone = [other for other in owner_ids if held.get(other) != held.get(user_id)]
    if gone:
        raise ColleaguesRefused({other: NotAColleague(str(other)) for other in gone})


def locked_teams(ids: Collection[int]) -> list[list[Member]]:
    """Return, for each round of these works that was handed in together, all rounds of that team with their works.

    The works, also those given, are locked in the order of ids until the end of the transaction.
    """
    teams = list(Round.objects.filter(work_id__in=ids).exclude(team=None).values_list("team", flat=True))
    together = Round.objects.filter(team__in=teams)
    works = {work.id: work for work in locked({*ids, *together.values_list("work_id", flat=True)})}
    found: dict[UUID | None, list[Member]] = {}
    # Read behind the locks: they may have been taken back in between.
    for row in together.filter(work_id__in=works):
        found.setdefault(row.team, []).append((works[row.work_id], row))
    return list(found.values())


def heirs_of(teams: Sequence[Sequence[Member]], user_id: int) -> Mapping[UUID, tuple[int, Subject]]:
    """Return who gets each file that rounds of others hold as well, now that this person's work goes."""
    return {
        UUID(file["id"]): (work.owner_id, work_subject(work))
        for rounds in teams
        for work, row in rounds
        if work.owner_id != user_id
        for file in row.evidence
    }


def tell_colleagues(works: Iterable[Work], kind: NoticeKind, *, by_id: int, title: Title, usage_key: UsageKey) -> None:
    """Tell everybody but the person who did it that work of theirs was handed in, or taken back, together."""
    others = [work.owner_id for work in works if work.owner_id != by_id]
    if others:
        notices.notify_many(
            user_ids=others,
            kind=kind,
            course_key=usage_key.course_key,
            title=title,
            address=host().block_url(usage_key),
            actor_name=host().names([by_id]).get(by_id, ""),
        )


def _learns(user_id: int, course_key: CourseKey) -> bool:
    return can_work(user_id=user_id, course_key=course_key)


@dataclass(frozen=True)
class ColleagueField:
    """A colleague who can be ticked in the form."""

    user_id: int
    name: str
    is_ticked: bool


@dataclass(frozen=True)
class HandedInWith:
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


def together_of(row: RoundData, owner_id: int, names: Mapping[int, str]) -> HandedInWith | None:
    """Return who else handed in the round, or None for one that a single person handed in."""
    if row.team is None:
        return None
    others = [names[user_id] for user_id in row.member_ids if user_id != owner_id and names.get(user_id)]
    by = "" if row.handed_in_by_id == owner_id else names.get(row.handed_in_by_id or 0, _("a colleague"))
    return HandedInWith(names=listed(others), by=by)


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
