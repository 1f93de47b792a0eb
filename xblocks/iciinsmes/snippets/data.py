"""What the room of snippets takes and hands out, and what is put in place of the words in braces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

#: Characters of one snippet.
MAX_TEXT = 5_000
#: What one person keeps, and what one course run shares.
MAX_SNIPPETS = 200
#: What a snippet may hold, in the order in which pages offer it.
PLACEHOLDERS = ("learner", "company", "task", "round")

_PLACE = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


@dataclass(frozen=True)
class SnippetData:
    """One snippet as a reader may use it; ``is_own`` says that the reader wrote it and may change it."""

    id: UUID
    text: str
    is_shared: bool
    is_own: bool


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in place of ``{learner}``, ``{company}``, ``{task}`` and ``{round}``.

    Args:
        text: a snippet.
        values: by placeholder; what is not among them, and any other word in braces, stays as it stands. A value is
            put in as it is, even if it looks like a placeholder itself.
    """
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
