"""What the room of snippets takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

#: Characters of one snippet.
MAX_TEXT = 5_000
#: What one person keeps, and what one course run shares.
MAX_SNIPPETS = 200


@dataclass(frozen=True)
class SnippetData:
    """One snippet as a reader may use it; ``is_own`` says that the reader wrote it and may change it."""

    id: UUID
    text: str
    is_shared: bool
    is_own: bool
