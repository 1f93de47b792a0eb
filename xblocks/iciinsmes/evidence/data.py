"""What the evidence room takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class EvidenceRules:
    """What an author allows.

    ``kinds`` are keys of `evidence.kinds.KINDS` (``photo``, ``document``, ``table``, ``audio``); sizes are in bytes.
    """

    max_files: int = 10
    max_file_bytes: int = 20 * MEGABYTE
    max_total_bytes: int = 100 * MEGABYTE
    kinds: tuple[str, ...] = ("photo", "document", "table")
    required: bool = False


@dataclass(frozen=True)
class EvidenceData:
    """A stored file; ``kept`` once a round holds it."""

    id: UUID
    owner_id: int
    name: str
    description: str
    size: int
    content_type: str
    kept: bool


@dataclass(frozen=True)
class UploadData:
    """An upload under way: the next chunk starts at byte ``received``."""

    id: UUID
    name: str
    size: int
    received: int
