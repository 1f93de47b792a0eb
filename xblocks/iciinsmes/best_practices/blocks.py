"""What authors chose for blocks `best_practice_cases`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Mapping

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.kept_blocks import complete_once, keep_settings, points_when_done
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json

from .data import CasesBlockSettings
from .errors import NotAllowedWithCase
from .models import PracticeBlock, PracticeBlockDone


def freeze_block(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: CasesBlockSettings,
    others: Mapping[str, CasesBlockSettings] | None = None,
) -> None:
    """Make ``settings`` what counts for the block from now on; who has done it has.

    ``others`` is how the settings read in other languages.
    """
    keep_settings(PracticeBlock, usage_key=usage_key, course_key=course_key, settings=settings, others=others)


def block_settings(*, usage_key: UsageKey) -> CasesBlockSettings | None:
    """Return what counts for a block; None if nobody has published it since the add-on came."""
    row = PracticeBlock.objects.filter(usage_key=usage_key).first()
    return None if row is None else from_json(CasesBlockSettings, row.settings)


def done_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return the points of a block that is done for the person, and how many there are; None before, in one query."""
    return points_when_done(PracticeBlockDone, CasesBlockSettings, user_id=user_id, usage_key=usage_key)


def mark_read(*, user_id: int, usage_key: UsageKey) -> None:
    """Let a block be done for a learner who says so; a second time changes nothing.

    Raises:
        NotAllowedWithCase: the person is no learner of the run who may know the block, or nobody has published it.
    """
    row = PracticeBlock.objects.filter(usage_key=usage_key).first()
    if row is None or not companies.can_work_on(user_id=user_id, usage_key=usage_key):
        raise NotAllowedWithCase
    weight = from_json(CasesBlockSettings, row.settings).weight
    complete_once(PracticeBlockDone, row, user_id=user_id, usage_key=usage_key, weight=weight)


def clear_block(*, user_id: int, usage_key: UsageKey) -> None:
    """Let the block be not done for the person."""
    PracticeBlockDone.objects.filter(block__usage_key=usage_key, user_id=user_id).delete()
