"""Where evidence stands on a page: at one of the task's questions, or in the section for the whole work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from iciinsmes.evidence.data import EvidenceData, ItemData

from .data import RoundFile, Task


@dataclass(frozen=True)
class EvidencePlace:
    """What is handed in, or is going to be, for one question; ``question`` is its key, empty for the whole work."""

    question: str
    files: tuple[EvidenceData | RoundFile, ...]
    items: tuple[ItemData, ...]


def place_of(
    task: Task, question: str, files: Collection[EvidenceData | RoundFile], items: Collection[ItemData]
) -> EvidencePlace:
    """Return what belongs to one question; pieces of questions that are gone belong to the whole work."""
    keys = {known.key for known in task.questions}

    def belongs(piece: EvidenceData | RoundFile | ItemData) -> bool:
        return (piece.question if piece.question in keys else "") == question

    return EvidencePlace(
        question=question,
        files=tuple(file for file in files if belongs(file)),
        items=tuple(item for item in items if belongs(item)),
    )
