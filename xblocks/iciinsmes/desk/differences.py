"""What changed between two texts, word by word; pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

#: Longest stretch, in words or lines, that is compared piece by piece; forty milliseconds at worst.
LIMIT = 4000

#: A stretch of this many equal words between two changes is chance, and reads better as part of the change.
CHANCE = 2


class ChangeKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what became of it."""

    kind: ChangeKind
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces that lead from ``old`` to ``new``.

    The pieces that are not removed are exactly ``new``; a change of white space alone is no change. Very long changes
    are compared line by line, and even longer ones shown as removed and added in one piece.
    """
    pieces = _compare(re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new), CHANCE)
    if pieces is None:
        pieces = _compare(old.splitlines(keepends=True), new.splitlines(keepends=True), 0)
    if pieces is None:
        pieces = [Piece(ChangeKind.REMOVED, old), Piece(ChangeKind.ADDED, new)]
    return _joined(pieces)


def _compare(old: Sequence[str], new: Sequence[str], chance: int) -> list[Piece] | None:
    """Compare token by token; None if what lies between the equal beginning and end is too long for that."""
    old_keys, new_keys = [token.strip() for token in old], [token.strip() for token in new]
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old_keys[at] != new_keys[at]), shorter)
    tail = next((at for at in range(shorter - head) if old_keys[-1 - at] != new_keys[-1 - at]), shorter - head)
    old_end, new_end = len(old) - tail, len(new) - tail
    if max(old_end, new_end) - head > LIMIT:
        return None
    # Junk detection keeps texts of few different words from costing minutes; matches still extend over those words.
    matcher = SequenceMatcher(None, old_keys[head:old_end], new_keys[head:new_end], autojunk=True)
    pieces = [Piece(ChangeKind.SAME, "".join(new[:head]))]
    opcodes = matcher.get_opcodes()
    for number, (operation, old_from, old_to, new_from, new_to) in enumerate(opcodes):
        inside = 0 < number < len(opcodes) - 1
        kept = "".join(new[head + new_from : head + new_to])
        if operation == "equal" and not (inside and new_to - new_from <= chance):
            pieces.append(Piece(ChangeKind.SAME, kept))
        else:
            pieces.append(Piece(ChangeKind.REMOVED, _apart(pieces[-1].text, old, head + old_from, head + old_to)))
            pieces.append(Piece(ChangeKind.ADDED, kept))
    pieces.append(Piece(ChangeKind.SAME, "".join(new[new_end:])))
    return pieces


def _apart(before: str, old: Sequence[str], start: int, end: int) -> str:
    """Return removed tokens, with a space in front where the old text had one and what stands before has none."""
    text = "".join(old[start:end])
    glued = text and start and before and not before[-1].isspace() and old[start - 1][-1].isspace()
    return f" {text}" if glued else text


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Gather each run of removed and added pieces into one of each, and drop empty ones."""
    joined = []
    for _is_same, run in groupby(
        (piece for piece in pieces if piece.text), lambda piece: piece.kind is ChangeKind.SAME
    ):
        texts: dict[ChangeKind, str] = {}
        for piece in run:
            texts[piece.kind] = texts.get(piece.kind, "") + piece.text
        joined += [
            Piece(kind, texts[kind])
            for kind in (ChangeKind.SAME, ChangeKind.REMOVED, ChangeKind.ADDED)
            if kind in texts
        ]
    return tuple(joined)
