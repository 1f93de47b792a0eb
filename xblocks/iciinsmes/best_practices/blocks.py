"""What authors chose for blocks `best_practice_cases`, and for whom a block is done."""

from __future__ import annotations

from opaque_keys.edx.keys import UsageKey

from iciinsmes.authoring.kept_blocks import KeptBlocks
from iciinsmes.companies import api as companies

from .data import CasesBlockSettings
from .errors import NotAllowedWithCase
from .models import PracticeBlock, PracticeBlockDone

_BLOCKS = KeptBlocks(PracticeBlock, PracticeBlockDone, CasesBlockSettings)

freeze_block = _BLOCKS.freeze
block_settings = _BLOCKS.settings
done_points = _BLOCKS.points
clear_block = _BLOCKS.clear


def mark_read(*, user_id: int, usage_key: UsageKey) -> None:
    """Let a block be done for a learner who says so; a second time changes nothing.

    Raises:
        NotAllowedWithCase: the person is no learner of the run who may know the block, or nobody has published it.
    """
    row = PracticeBlock.objects.filter(usage_key=usage_key).first()
    if row is None or not companies.can_work_on(user_id=user_id, usage_key=usage_key):
        raise NotAllowedWithCase
    _BLOCKS.complete([row], user_id=user_id)
