"""What authors chose for blocks `support_directory`, and for whom a block is done."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from iciinsmes.authoring.kept_blocks import KeptBlocks
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json

from .data import DoneWhen, SupportBlockSettings
from .models import SupportBlock, SupportBlockDone, SupportContact

_BLOCKS = KeptBlocks(SupportBlock, SupportBlockDone, SupportBlockSettings)

freeze_block = _BLOCKS.freeze
block_settings = _BLOCKS.settings
done_points = _BLOCKS.points
clear_block = _BLOCKS.clear


def settle(*, user_id: int, course_key: CourseKey) -> None:
    """Complete the blocks of a run that are done by what the learner has written down; again changes nothing."""
    if not companies.can_work(user_id=user_id, course_key=course_key):
        return
    mine = SupportContact.objects.filter(user_id=user_id, course_key=course_key)
    outcomes = set(mine.values_list("answered", flat=True))
    done = {DoneWhen.CONTACTED: bool(outcomes), DoneWhen.ANSWERED: bool(outcomes - {None})}
    rows = SupportBlock.objects.filter(course_key=course_key)
    blocks = [row for row in rows if done[from_json(SupportBlockSettings, row.settings).done_when]]
    _BLOCKS.complete(blocks, user_id=user_id)
