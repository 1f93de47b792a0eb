"""Answers after a cycle: kept for the learner at once, shown to staff in steps of five people."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.json_data import to_json
from iciinsmes.lib.locks import locked
from iciinsmes.platform import host

from . import rules
from .blocks import standing_of
from .data import MAX_TEXT, STATEMENTS, CycleFigures, ReactionData
from .errors import CycleOver
from .models import Reaction, ReactionBlock
from .serializers import published_data, reaction_data, settings_of


def answer(*, user_id: int, usage_key: UsageKey, reaction: ReactionData) -> None:
    """Keep what a learner answers, in the place of what the person had answered before; the first one is booked.

    Args:
        user_id: a learner who may know the block, as the caller has asked.
        usage_key: the block.
        reaction: a number for each statement; a longer text is cut.

    Raises:
        UnknownReaction: the block was never published or opened.
        CycleOver: the cycle is over.
        ValueError: a number is missing or none of those that there are.
    """
    if set(reaction.ratings) != set(STATEMENTS) or not all(map(rules.is_rating, reaction.ratings.values())):
        raise ValueError(reaction.ratings)
    standing = standing_of(user_id=user_id, usage_key=usage_key)
    if not standing.is_open:
        raise CycleOver
    with transaction.atomic():
        # Who counts new answers must be alone with them, and two tabs of one learner one after the other.
        block = locked(ReactionBlock.objects).get(usage_key=usage_key)
        row = Reaction.objects.filter(block=block, user_id=user_id).first()
        if row is not None and reaction_data(row) == reaction:
            return
        is_first = row is None
        row = row or Reaction(block=block, user_id=user_id)
        for key in STATEMENTS:
            setattr(row, key, reaction.ratings[key])
        row.obstacles = [each.value for each in reaction.obstacles]
        row.text = reaction.text[:MAX_TEXT]
        row.is_new, row.saved_on = True, timezone.localdate()
        row.save()
        _publish(block)
        if is_first:
            host().complete(user_id=user_id, usage_key=usage_key, fraction=1.0)
            if weight := standing.settings.weight:
                host().book_grade(user_id=user_id, usage_key=usage_key, earned=weight, possible=weight)


def clear_block(*, user_id: int, usage_key: UsageKey) -> None:
    """Remove what the learner has answered in the block; what was published of it stays until the next step."""
    Reaction.objects.filter(block__usage_key=usage_key, user_id=user_id).delete()


def cycles_of(*, course_key: CourseKey) -> tuple[CycleFigures, ...]:
    """Return what staff may see of each cycle of the run, in the order in which they came, in two queries.

    Permissions are the caller's to ask.
    """
    texts: dict[int, list[str]] = {}
    rows = Reaction.objects.filter(block__course_key=course_key).exclude(published_text="").order_by("id")
    for block_id, text in rows.values_list("block_id", "published_text"):
        texts.setdefault(block_id, []).append(text)
    return tuple(
        CycleFigures(
            usage_key=row.usage_key,
            title=settings_of(row).title,
            published=published_data(row.published),
            texts=tuple(texts.get(row.pk, [])),
        )
        for row in ReactionBlock.objects.filter(course_key=course_key).order_by("id")
        if row.usage_key is not None
    )


def _publish(block: ReactionBlock) -> None:
    """Show staff all answers that there are, if five people have answered anew or differently since the last time."""
    rows = Reaction.objects.filter(block=block)
    if not rules.is_step(rows.filter(is_new=True).count()):
        return
    block.published = to_json(rules.sums_of_reactions(map(reaction_data, rows)))
    block.save(update_fields=["published"])
    rows.update(published_text=F("text"), is_new=False)
