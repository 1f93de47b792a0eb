"""Taking out of a page what its reader may not read."""

from __future__ import annotations

from dataclasses import replace

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import GradingData, RoundData


def is_own(data: GradingData, user_id: int) -> bool:
    """Tell whether it is the grader's own work, alone or in a team: nobody judges that, nor reads it at the desk."""
    return user_id in (data.owner_id, *data.round.member_ids)


def may_read(data: GradingData, user_id: int) -> bool:
    """Tell whether the grader may read the round; the learner may have kept it to the firm's coach."""
    return not is_own(data, user_id) and _may_read(data.round, data, user_id)


def readable(data: GradingData, user_id: int) -> GradingData:
    """Return the same without texts, files and results that the grader may not read; that there is a round stays."""
    own = is_own(data, user_id)
    earlier = () if own else tuple(row for row in data.earlier if _may_read(row, data, user_id))
    shown = data.round if may_read(data, user_id) else _without_content(data.round)
    return replace(data, round=shown, earlier=earlier)


def _may_read(row: RoundData, data: GradingData, user_id: int) -> bool:
    return assignments.can_read_round(
        user_id=user_id, round_data=row, owner_id=data.owner_id, course_key=data.version.course_key
    )


def _without_content(row: RoundData) -> RoundData:
    return replace(row, answers={}, files=(), items=(), hours=None, log=(), assessment=None)
