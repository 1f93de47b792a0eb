"""What happens to fields that an author saved in a block's editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import transaction
from opaque_keys.edx.keys import UsageKey

from .kinds import load_kind
from .library import lay_over, library, overlaid
from .written import written_block


class Saver(Protocol):
    """Keeps overlays for the next start."""

    def __call__(self, *, usage_key: UsageKey, fields: Mapping[str, Any], author_id: int) -> None:
        """Keep all fields in which the block now differs from the course folder."""


_savers: list[Saver] = []


def on_author_save(saver: Saver) -> None:
    """Name who keeps what authors save; called inside of the request's transaction. A second saver joins the first."""
    if saver not in _savers:
        _savers.append(saver)


def save_edits(usage_key: UsageKey, edited: Mapping[str, Any], author_id: int) -> None:
    """Keep edited fields, and show them to everybody once the transaction is committed.

    A block that freezes what its author publishes does so now: what is saved here is published.
    """
    loaded = library().of(usage_key)
    block = loaded.blocks[usage_key]
    now = {**block.fields, **edited}
    fields = {name: value for name, value in now.items() if block.original.get(name, _NOTHING) != value}
    for saver in _savers:
        saver(usage_key=usage_key, fields=fields, author_id=author_id)
    if hasattr(load_kind(usage_key.block_type), "freeze"):
        written_block(overlaid(loaded, usage_key, fields), usage_key).freeze()
    transaction.on_commit(lambda: lay_over(usage_key, fields))


_NOTHING = object()
