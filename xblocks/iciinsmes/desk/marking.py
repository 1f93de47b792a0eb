"""Results that more than one person makes: what the page of a work shows of it, by whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData
from iciinsmes.platform import zones
from iciinsmes.review.api import Marks, StaffStep
from iciinsmes.review.data import AssessmentData, CriterionKind, Marking, Rubric

from .people import People
from .rubric_column import Version, level_words, version_of


@dataclass(frozen=True)
class ShownProposal:
    """What somebody has proposed, in words; ``outcome`` is what the person would decide."""

    name: str
    outcome: str
    points: str
    version: Version
    is_own: bool
    planned: str


@dataclass(frozen=True)
class Difference:
    """One criterion as two have judged it; ``apart`` says how far, in words."""

    title: str
    levels: tuple[str, ...]
    comments: tuple[str, ...]
    apart: str
    is_same: bool


@dataclass(frozen=True)
class MarkingBox:
    """What stands above or in place of the form.

    ``proposals`` are those that the reader may know, ``differences`` between two of them by criterion, ``names`` of
    whose they are. ``alone`` tells that there is nobody else who could be the second person; ``may_release_alone`` that
    the reader may do without. ``earlier`` is what the reader had written before the others' came into view.
    """

    step: StaffStep
    marking: Marking
    proposals: tuple[ShownProposal, ...]
    differences: tuple[Difference, ...]
    names: tuple[str, ...]
    alone: bool
    may_release_alone: bool
    can_take_back: bool
    earlier: Version | None
    has_form: bool
    later: bool


def marking_box(data: GradingData, found: Marks, people: People, user_id: int) -> MarkingBox:
    """Return it; three queries at most where the author wants a second person, none elsewhere.

    Args:
        data: the round, without a result.
        found: what the reader may know and do.
        people: names of those who have proposed.
        user_id: the reader.
    """
    marking = data.round.task.marking
    team = {data.owner_id, *data.round.member_ids}
    alone = marking is not Marking.ONE and not assignments.others_who_judge(
        user_id=user_id, people=team, course_key=data.course_key
    )
    shown = [each for each in found.others if each.proposed_at is not None]
    if found.step is StaffStep.WAIT and found.own is not None and found.own not in shown:
        shown = [found.own, *shown]
    if found.ready is not None and found.ready.joint and found.ready not in shown:
        shown = [found.ready, *shown]
    both = [each for each in found.others if not each.joint] if marking is Marking.BLIND else []
    is_wait = found.step is StaffStep.WAIT
    return MarkingBox(
        step=found.step,
        marking=marking,
        proposals=tuple(_proposal(each, people, user_id) for each in shown),
        differences=_differences(both[0], both[1]) if len(both) > 1 else (),
        names=tuple(people.name(each.assessor_id) for each in both[:2]),
        alone=alone,
        may_release_alone=is_wait
        and marking is not Marking.ONE
        and not found.joint
        and assignments.may_release_alone(user_id=user_id, people=team, course_key=data.course_key),
        can_take_back=is_wait,
        earlier=_earlier(found),
        has_form=found.step in (StaffStep.MARK, StaffStep.SECOND, StaffStep.AGREE),
        later=found.step in (StaffStep.SECOND, StaffStep.AGREE) or marking is Marking.ONE,
    )


def start_of(found: Marks) -> AssessmentData | None:
    """Return what the form begins with: what the person has kept, else what is proposed, or what two agree on."""
    if found.own is not None or not found.joint:
        return found.own
    if found.step is StaffStep.SECOND:
        return found.ready
    if len(found.others) < 2:
        return None
    first, second = found.others[:2]
    same = {key: points for key, points in first.points.items() if second.points.get(key) == points}
    base = found.alone or first
    return AssessmentData(
        id=base.id,
        subject=base.subject,
        rubric=base.rubric,
        assessor_id=base.assessor_id,
        points=same,
        comments=base.comments,
        feedback=base.feedback,
        outcome="",
        earned=base.earned,
        possible=base.possible,
        revision=base.revision,
        updated_at=base.updated_at,
    )


def _earlier(found: Marks) -> Version | None:
    """Return what the person has written alone and not handed over, so that it is not lost from sight."""
    alone = found.alone
    return version_of(alone) if alone is not None and alone.proposed_at is None else None


def _proposal(each: AssessmentData, people: People, user_id: int) -> ShownProposal:
    return ShownProposal(
        name=people.name(each.assessor_id),
        outcome=_("Pass") if each.outcome == "passed" else _("Another round"),
        points=assignments.points_text(each.earned, each.possible),
        version=version_of(each),
        is_own=each.assessor_id == user_id,
        planned=zones.moment(each.release_at) if each.release_at else "",
    )


def _differences(first: AssessmentData, second: AssessmentData) -> tuple[Difference, ...]:
    rubric = first.rubric
    found = []
    for criterion in rubric.criteria:
        given = first.points.get(criterion.key), second.points.get(criterion.key)
        apart = _apart(rubric, criterion.key, first, second)
        found.append(
            Difference(
                title=criterion.title,
                levels=tuple(level_words(criterion, points) for points in given),
                comments=tuple(each.comments.get(criterion.key, "") for each in (first, second)),
                apart=apart,
                is_same=given[0] == given[1],
            )
        )
    return tuple(found)


def _apart(rubric: Rubric, key: str, first: AssessmentData, second: AssessmentData) -> str:
    """Say how far two are apart: in levels where there are some."""
    criterion = next(each for each in rubric.criteria if each.key == key)
    one, other = first.points.get(key), second.points.get(key)
    if not criterion.takes_points:
        return _("words only")
    if one == other:
        return _("the same")
    if one is None or other is None:
        return _("only one has given points")
    if criterion.kind is CriterionKind.LEVELS:
        scale = [level.points for level in criterion.levels]
        if one in scale and other in scale and abs(scale.index(one) - scale.index(other)) == 1:
            return _("one level apart")
    return _("further apart")
