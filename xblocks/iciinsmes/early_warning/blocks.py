"""What authors chose for blocks `early_warning`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Collection

from opaque_keys.edx.keys import CourseKey

from iciinsmes.authoring.kept_blocks import KeptBlocks
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json

from .data import WarningBlockSettings, WarningDoneWhen
from .models import Alarm, MonthFigure, WarningBlock, WarningBlockDone

_BLOCKS = KeptBlocks(WarningBlock, WarningBlockDone, WarningBlockSettings)

freeze_block = _BLOCKS.freeze
block_settings = _BLOCKS.settings
done_points = _BLOCKS.points
clear_block = _BLOCKS.clear


def settle(*, company_id: int, user_ids: Collection[int] | None = None) -> None:
    """Complete the blocks that are done by what the firm has entered and answered, for its learners in every run.

    Doing it again changes nothing. Called after each change, and when somebody opens a block: who joins the firm later
    finds done what the firm has done.

    Args:
        company_id: the firm.
        user_ids: only these learners; None for all members.
    """
    done = {
        WarningDoneWhen.MONTH: MonthFigure.objects.filter(watch__company_id=company_id).exists(),
        WarningDoneWhen.ALARM: Alarm.objects.filter(watch__company_id=company_id, answered_at__isnull=False).exists(),
    }
    stays, _coaching = companies.people_now(company_id=company_id)
    blocks: dict[CourseKey, list[WarningBlock]] = {}
    for row in WarningBlock.objects.filter(course_key__in={run for _member, run in stays}):
        settings = from_json(WarningBlockSettings, row.settings)
        if row.course_key is not None and done[settings.done_when]:
            blocks.setdefault(row.course_key, []).append(row)
    for user_id, run in stays:
        is_meant = run in blocks and (user_ids is None or user_id in user_ids)
        if is_meant and companies.can_work(user_id=user_id, course_key=run):
            _BLOCKS.complete(blocks[run], user_id=user_id)
