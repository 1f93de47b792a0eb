"""What authors chose for blocks `support_directory`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Mapping

from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.kept_blocks import complete_once, keep_settings, points_when_done
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json

from .data import DoneWhen, SupportBlockSettings
from .models import SupportBlock, SupportBlockDone, SupportContact


def freeze_block(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: SupportBlockSettings,
    others: Mapping[str, SupportBlockSettings] | None = None,
) -> None:
    """Make ``settings`` what counts for the block from now on; who has done it has.

    ``others`` is how the settings read in other languages.
    """
    keep_settings(SupportBlock, usage_key=usage_key, course_key=course_key, settings=settings, others=others)


def block_settings(*, usage_key: UsageKey) -> SupportBlockSettings | None:
    """Return what counts for a block; None if nobody has published it since the add-on came."""
    row = SupportBlock.objects.filter(usage_key=usage_key).first()
    return None if row is None else from_json(SupportBlockSettings, row.settings)


def done_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return the points of a block that is done for the person, and how many there are; None before, in one query."""
    return points_when_done(SupportBlockDone, SupportBlockSettings, user_id=user_id, usage_key=usage_key)


def clear_block(*, user_id: int, usage_key: UsageKey) -> None:
    """Let the block be not done for the person; whom the firm has asked stays written down."""
    SupportBlockDone.objects.filter(block__usage_key=usage_key, user_id=user_id).delete()


def settle(*, user_id: int, course_key: CourseKey) -> None:
    """Complete the blocks of a run that are done by what the learner has written down; again changes nothing."""
    if not companies.can_work(user_id=user_id, course_key=course_key):
        return
    mine = SupportContact.objects.filter(user_id=user_id, course_key=course_key)
    outcomes = set(mine.values_list("answered", flat=True))
    done = {DoneWhen.CONTACTED: bool(outcomes), DoneWhen.ANSWERED: bool(outcomes - {None})}
    known = SupportBlockDone.objects.filter(user_id=user_id).values_list("block_id", flat=True)
    for row in SupportBlock.objects.filter(course_key=course_key).exclude(pk__in=list(known)):
        settings = from_json(SupportBlockSettings, row.settings)
        if done[settings.done_when] and row.usage_key is not None:
            complete_once(SupportBlockDone, row, user_id=user_id, usage_key=row.usage_key, weight=settings.weight)
