"""What authors chose for blocks `reaction`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.authoring.host_mixins import Points
from iciinsmes.authoring.kept_blocks import keep_settings
from iciinsmes.platform import host

from .data import ReactionSettings, ReactionStanding
from .errors import UnknownReaction
from .models import EvaluatedRun, Reaction, ReactionBlock
from .serializers import reaction_data, settings_of


def freeze_block(
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: ReactionSettings,
    others: Mapping[str, ReactionSettings] | None = None,
) -> None:
    """Make ``settings`` what counts for the block from now on; what was answered stays.

    ``others`` is how the settings read in other languages.
    """
    if keep_settings(ReactionBlock, usage_key=usage_key, course_key=course_key, settings=settings, others=others):
        EvaluatedRun.objects.get_or_create(course_key=course_key)


def standing_of(*, user_id: int, usage_key: UsageKey) -> ReactionStanding:
    """Return where the learner stands in the block.

    Raises:
        UnknownReaction: the block was never published or opened.
    """
    block = block_of(usage_key)
    own = Reaction.objects.filter(block=block, user_id=user_id).first()
    # Without a day of its own a cycle is open as long as the run.
    closes_at = host().due_date(user_id, usage_key) or host().ends_at(usage_key.course_key)
    return ReactionStanding(
        user_id=user_id,
        usage_key=usage_key,
        settings=settings_of(block),
        own=reaction_data(own) if own else None,
        closes_at=closes_at,
        is_open=closes_at is None or timezone.now() < closes_at,
    )


def block_of(usage_key: UsageKey) -> ReactionBlock:
    """Return the block.

    Raises:
        UnknownReaction: it was never published or opened.
    """
    row = ReactionBlock.objects.filter(usage_key=usage_key).first()
    if row is None:
        raise UnknownReaction
    return row


def done_points(*, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return the points of who has answered, and how many there are; None before, in one query."""
    found = Reaction.objects.filter(block__usage_key=usage_key, user_id=user_id).select_related("block").first()
    if found is None:
        return None
    weight = settings_of(found.block).weight
    return Points(earned=weight, possible=weight) if weight else None
