"""Blocks whose settings a room keeps in a table, and that are done once for a learner.

The tables are each room's own: one of blocks with ``usage_key``, ``course_key`` and ``settings``, one of who is done
with ``block``, ``user`` and ``done_at``. What happens to their rows is the same everywhere, and stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

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


S = TypeVar("S", bound=_Weighted)

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


class KeptBlocks(Generic[S]):
    """The blocks of one room; what it offers of them goes through the room's own door."""

    def __init__(self, blocks: type[Model], done: type[Model], settings: type[S]) -> None:
        """Take the table of blocks, the table of who is done, and the class of the settings."""
        self._blocks = blocks
        self._rows: Any = blocks._default_manager
        self._done: Any = done._default_manager
        self._class = settings

    def freeze(
        self, *, usage_key: UsageKey, course_key: CourseKey, settings: S, others: Mapping[str, S] | None = None
    ) -> None:
        """Make ``settings`` what counts for a block from now on, ``others`` being how they read in other languages."""
        keep_settings(self._blocks, usage_key=usage_key, course_key=course_key, settings=settings, others=others)

    def settings(self, *, usage_key: UsageKey) -> S | None:
        """Return what counts for a block; None if nobody has published it since the add-on came."""
        row = self._rows.filter(usage_key=usage_key).first()
        return None if row is None else from_json(self._class, row.settings)

    def points(self, *, user_id: int, usage_key: UsageKey) -> Points | None:
        """Return the points of a block that is done for a person, and how many there are; None before; one query."""
        found = self._done.filter(block__usage_key=usage_key, user_id=user_id).select_related("block").first()
        if found is None:
            return None
        weight = from_json(self._class, found.block.settings).weight
        return Points(earned=weight, possible=weight)

    def clear(self, *, user_id: int, usage_key: UsageKey) -> None:
        """Let a block be not done for a person; what the person or the firm has written down stays."""
        self._done.filter(block__usage_key=usage_key, user_id=user_id).delete()

    def complete(self, blocks: Iterable[Model], *, user_id: int) -> None:
        """Let blocks be done for a learner, and tell the host of each with its points; again changes nothing.

        Args:
            blocks: rows of the table of blocks.
            user_id: the learner.
        """
        rows: list[Any] = list(blocks)
        known = set(self._done.filter(block__in=rows, user_id=user_id).values_list("block_id", flat=True))
        for row in rows:
            if row.pk not in known and row.usage_key is not None:
                self._complete(row, user_id)

    def _complete(self, row: Any, user_id: int) -> None:
        weight = from_json(self._class, row.settings).weight
        with transaction.atomic():
            _done, is_new = self._done.get_or_create(block=row, user_id=user_id, defaults={"done_at": timezone.now()})
            if is_new:
                host().complete(user_id=user_id, usage_key=row.usage_key, fraction=1.0)
                if weight:
                    host().book_grade(user_id=user_id, usage_key=row.usage_key, earned=weight, possible=weight)
