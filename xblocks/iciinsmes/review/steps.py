"""What somebody may know and do of a subject's judgements, by how its results are made; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .data import AssessmentData, Marking


class StaffStep(StrEnum):
    """What a person of the staff can do now.

    Judge alone; wait, because the own judgement is done and somebody else's turn has come; release what another has
    proposed, as it is or changed; agree with another who has judged too; or none of these.
    """

    MARK = "mark"
    WAIT = "wait"
    SECOND = "second"
    AGREE = "agree"
    NONE = "none"


@dataclass(frozen=True)
class Marks:
    """What one person may know: the step, the own judgement of it, and what others have proposed.

    ``joint`` tells that what the person writes now has others' in view; ``alone`` is what the person wrote before that,
    and ``ready`` what can go out as it is.
    """

    step: StaffStep
    joint: bool
    own: AssessmentData | None
    alone: AssessmentData | None
    others: tuple[AssessmentData, ...]
    ready: AssessmentData | None


def marks_of(marking: Marking, proposals: Sequence[AssessmentData], *, reader_id: int, decides: bool = False) -> Marks:
    """Return what the person may know and do.

    Args:
        marking: how results of the subject are made.
        proposals: everybody's unreleased ones.
        reader_id: the person.
        decides: whether the person may decide between two others.
    """
    alone = next((each for each in proposals if each.assessor_id == reader_id and not each.joint), None)
    shared = next((each for each in proposals if each.assessor_id == reader_id and each.joint), None)
    done = tuple(each for each in proposals if each.proposed_at is not None and not each.joint)
    settled = next((each for each in proposals if each.proposed_at is not None and each.joint), None)
    theirs = tuple(each for each in done if each.assessor_id != reader_id)
    if marking is Marking.BLIND:
        if len(done) < 2:
            step = StaffStep.WAIT if alone in done else StaffStep.MARK
            return Marks(step=step, joint=False, own=alone, alone=None, others=(), ready=None)
        takes_part = decides or alone in done
        if settled is not None:
            step = StaffStep.WAIT if settled is shared else StaffStep.SECOND if takes_part else StaffStep.NONE
            return Marks(step=step, joint=True, own=shared, alone=alone, others=done, ready=settled)
        step = StaffStep.AGREE if takes_part else StaffStep.NONE
        return Marks(step=step, joint=True, own=shared, alone=alone, others=done, ready=None)
    if marking is Marking.PROPOSE and theirs:
        step = StaffStep.WAIT if settled is not None and settled is shared else StaffStep.SECOND
        return Marks(step=step, joint=True, own=shared, alone=alone, others=theirs, ready=settled or theirs[0])
    if alone in done and alone is not None:
        return Marks(step=StaffStep.WAIT, joint=False, own=alone, alone=None, others=theirs, ready=settled or alone)
    ready = settled or next(iter(theirs), None)
    return Marks(step=StaffStep.MARK, joint=False, own=alone, alone=None, others=tuple(proposals), ready=ready)
