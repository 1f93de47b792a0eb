"""What may be handed in, as pure questions: numbers and names in, a message for the learner out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .data import EvidenceData, EvidenceRules, ItemData
from .errors import ContentRefused, RuleBroken, TooLarge
from .kinds import allowed_types, kind_names
from .names import extension

#: A file comes in a hundred pieces, or in pieces of this size: each is an object of its own in the storage.
_PIECES, _PIECE_BYTES = 100, 16 * 1024


@dataclass(frozen=True)
class Taken:
    """What a person has already, files and other evidence: in the draft of this block, and in the whole course run."""

    files: int
    bytes: int
    course_bytes: int


def check_announced(*, name: str, size: int, rules: EvidenceRules) -> None:
    """Refuse a file that cannot become evidence, before its first byte is sent.

    Raises:
        RuleBroken: it is empty.
        TooLarge: it has more bytes than one file may have.
        ContentRefused: its extension belongs to no kind that is allowed; a name without one is judged by its content.
    """
    if size <= 0:
        raise RuleBroken(_("This file is empty."))
    if size > rules.max_file_bytes:
        raise TooLarge(rules.too_large_message)
    ending = extension(name)
    if ending in rules.unplayable_extensions:
        raise ContentRefused(rules.unplayable_message)
    if ending and ending not in rules.extensions:
        raise ContentRefused(rules.kinds_message)


def smallest_piece(size: int) -> int:
    """Return the fewest bytes that one piece of a file may have, but for its last one."""
    return max(2, min(_PIECE_BYTES, size // _PIECES))


def check_room(*, size: int, taken: Taken, rules: EvidenceRules, quota: int) -> None:
    """Refuse a file for which there is no room beside those that are there.

    Raises:
        RuleBroken: too many files, too many bytes in this task, or too many in the course.
    """
    if taken.files + 1 > rules.max_files:
        raise RuleBroken(rules.too_many_message)
    if taken.bytes + size > rules.max_total_bytes:
        raise RuleBroken(rules.total_message)
    if taken.course_bytes + size > quota:
        raise RuleBroken(
            _("Your files in this course may have %(size)s together. There is no room left for this one.")
            % {"size": filesizeformat(quota)}
        )


def check_rules(files: Collection[EvidenceData], rules: EvidenceRules, items: Collection[ItemData] = ()) -> list[str]:
    """Return what stands against handing in this evidence: one message for each broken rule, none if all is well.

    Args:
        files: the files that are attached to the draft.
        rules: what the task allows now; an author may have changed it since the evidence came.
        items: what was written or pasted for the draft.
    """
    messages = []
    if rules.required and not files and not items:
        messages.append(_("Add at least one file as evidence."))
    if len(files) + len(items) > rules.max_files:
        messages.append(rules.too_many_message)
    if any(file.size > rules.max_file_bytes for file in files):
        messages.append(rules.too_large_message)
    if sum(file.size for file in files) + sum(item.size for item in items) > rules.max_total_bytes:
        messages.append(rules.total_message)
    allowed = allowed_types(rules.kinds)
    if any(file.content_type not in allowed for file in files):
        messages.append(rules.kinds_message)
    unwanted = {item.kind for item in items} - set(rules.item_kinds)
    if unwanted:
        messages.append(_("Take these out, the task does not allow them: %(kinds)s.") % {"kinds": kind_names(unwanted)})
    return messages
