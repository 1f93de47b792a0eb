"""Blocks whose settings a room keeps in a table, and that are done once for a learner.

The tables are each room's own: one of blocks with ``usage_key``, ``course_key`` and ``settings``, one of who is done
with ``block``, ``user`` and ``done_at``. What happens to their rows is the same everywhere, and stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.other_languages import with_words
from iciinsmes.platform import host

from .host_mixins import Points


class _Weighted(Protocol):
    """What an author chose: a frozen data class with the points of the block, 0 for none."""

    @property
    def weight(self) -> Decimal: ...


#: The fields of settings that hold texts for people.
TEXTS = frozenset({"title", "instructions"})


def keep_settings(
    blocks: type[Model],
    *,
    usage_key: UsageKey,
    course_key: CourseKey,
    settings: _Weighted,
    others: Mapping[str, _Weighted] | None = None,
) -> bool:
    """Make ``settings`` what counts for a block from now on; who has done it has.

    Args:
        blocks: the table of blocks.
        usage_key: the block.
        course_key: its course run.
        settings: what the author chose.
        others: how it reads in other languages, by code.

    Returns:
        Whether the block is new to the table.
    """
    words = {language: to_json(each) for language, each in (others or {}).items()}
    content = with_words(to_json(settings), words, texts=TEXTS, name=str(usage_key))
    rows: Any = blocks._default_manager
    row, is_new = rows.get_or_create(usage_key=usage_key, defaults={"course_key": course_key, "settings": content})
    if not is_new and row.settings != content:
        row.settings = content
        row.save(update_fields=["settings"])
    return bool(is_new)


def points_when_done(done: type[Model], kind: type[_Weighted], *, user_id: int, usage_key: UsageKey) -> Points | None:
    """Return the points of a block that is done for a person, and how many there are; None before, in one query.

    Args:
        done: the table of who is done.
        kind: the class of the block's settings.
        user_id: the person.
        usage_key: the block.
    """
    rows: Any = done._default_manager
    found = rows.filter(block__usage_key=usage_key, user_id=user_id).select_related("block").first()
    if found is None:
        return None
    weight = from_json(kind, found.block.settings).weight
    return Points(earned=weight, possible=weight)


def complete_once(done: type[Model], block: Model, *, user_id: int, usage_key: UsageKey, weight: Decimal) -> None:
    """Let a block be done for a learner, and tell the host of it with its points; again changes nothing.

    Args:
        done: the table of who is done.
        block: the row of the block.
        user_id: the learner.
        usage_key: the block.
        weight: its points, 0 for none.
    """
    rows: Any = done._default_manager
    with transaction.atomic():
        _row, is_new = rows.get_or_create(block=block, user_id=user_id, defaults={"done_at": timezone.now()})
        if is_new:
            host().complete(user_id=user_id, usage_key=usage_key, fraction=1.0)
            if weight:
                host().book_grade(user_id=user_id, usage_key=usage_key, earned=weight, possible=weight)
