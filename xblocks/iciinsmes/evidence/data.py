"""What the evidence room takes and hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import kinds as evidence_kinds
from . import names
from .copied_results import ResultPart, result_part

MEGABYTE = 1024 * 1024

#: The most bytes that one chunk may have; a proxy in front of the site lets at least this much through.
CHUNK_BYTES = MEGABYTE

MAX_DESCRIPTION = 500


@dataclass(frozen=True)
class EvidenceRules:
    """What an author allows.

    ``kinds`` are keys of `evidence.kinds.KINDS` (``photo``, ``document``, ``table``, ``audio``, ``link``, ``note``,
    ``result``); sizes are in bytes. ``max_files`` counts everything that is handed in, also what is no file.
    """

    max_files: int = 10
    max_file_bytes: int = 20 * MEGABYTE
    max_total_bytes: int = 100 * MEGABYTE
    kinds: tuple[str, ...] = ("photo", "document", "table")
    required: bool = False

    @property
    def accept(self) -> str:
        """The value of a file chooser's ``accept`` attribute."""
        return evidence_kinds.accept(self.kinds)

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions that are allowed, without dots."""
        return evidence_kinds.allowed_extensions(self.kinds)

    @property
    def kind_names(self) -> str:
        """The kinds as people call them."""
        return evidence_kinds.kind_names(self.kinds)

    @property
    def too_large_message(self) -> str:
        """The text for a file that is too large."""
        return _("One file may have up to %(size)s.") % {"size": filesizeformat(self.max_file_bytes)}

    @property
    def too_many_message(self) -> str:
        """The text for one file too many."""
        return ngettext(
            "You can add %(count)d file here. Remove the other one first.",
            "You can add up to %(count)d files here. Remove one first.",
            self.max_files,
        ) % {"count": self.max_files}

    @property
    def total_message(self) -> str:
        """The text for files that are too large together."""
        return _("Your files for this task may have %(size)s together.") % {
            "size": filesizeformat(self.max_total_bytes)
        }

    @property
    def kinds_message(self) -> str:
        """The text for a file of a kind that is not allowed."""
        return _("Only these files can be added here: %(kinds)s (%(extensions)s).") % {
            "kinds": evidence_kinds.kind_names(evidence_kinds.file_kinds(self.kinds)),
            "extensions": ", ".join(self.extensions),
        }

    @property
    def unplayable_message(self) -> str:
        """The text for sound that browsers cannot play."""
        return _(
            "Browsers cannot play this kind of sound. Choose M4A or MP3 in the settings of your recorder, or save the "
            "recording as MP3, for example with the free program VLC. Then add it again."
        )

    @property
    def unplayable_extensions(self) -> tuple[str, ...]:
        """The extensions of sound that is refused because browsers cannot play it; none where no sound is allowed."""
        return (
            tuple(name for name in evidence_kinds.UNPLAYABLE if name not in self.extensions) if self.recording else ()
        )

    @property
    def camera(self) -> bool:
        """Whether a photo may be taken on the spot."""
        return "photo" in self.kinds

    @property
    def recording(self) -> bool:
        """Whether sound may be recorded on the spot."""
        return "audio" in self.kinds

    @property
    def has_files(self) -> bool:
        """Whether any kind that is allowed comes as a file."""
        return bool(evidence_kinds.file_kinds(self.kinds))

    @property
    def item_kinds(self) -> tuple[str, ...]:
        """The kinds that may come otherwise than as a file."""
        return tuple(kind for kind in evidence_kinds.ITEM_KINDS if kind in self.kinds)

    @property
    def written_kinds(self) -> tuple[str, ...]:
        """The kinds that may be written or pasted on the page."""
        return tuple(kind for kind in evidence_kinds.WRITTEN_KINDS if kind in self.kinds)

    @property
    def has_results(self) -> bool:
        """Whether a result of an instrument may be attached."""
        return "result" in self.kinds


@dataclass(frozen=True)
class EvidenceData:
    """A stored file; ``kept`` once a round holds it. ``question`` is the key of the one it belongs to, or empty.

    ``is_missing`` while the storage does not show it; it counts, and comes back with the storage.
    """

    id: UUID
    owner_id: int
    name: str
    description: str
    size: int
    content_type: str
    kept: bool
    question: str = ""
    is_missing: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether it can be listened to."""
        return self.content_type.startswith("audio/")

    @property
    def is_hard_to_see(self) -> bool:
        """Whether it is a photo that most browsers cannot show."""
        return self.content_type == evidence_kinds.HIDDEN_PHOTO and not self.has_preview

    @property
    def has_preview(self) -> bool:
        """Whether a small picture of it can be shown."""
        return evidence_kinds.can_show(self.content_type)

    @property
    def extension(self) -> str:
        """The extension of its name, without the dot."""
        return names.extension(self.name)


@dataclass(frozen=True)
class UploadData:
    """An upload under way: the next chunk starts at byte ``received``."""

    id: UUID
    name: str
    size: int
    received: int


@dataclass(frozen=True)
class ItemData:
    """Evidence that is no file; what ``content`` holds depends on ``kind``.

    A ``link`` has ``url``; a ``note`` has ``date`` (ISO), ``place`` and ``text``; a ``table`` has ``rows`` of equal
    length and ``header``, which says that the first of them holds headings; a ``result`` what
    `results.result_content` makes. ``title`` may be empty. ``size`` is in bytes, ``revision`` counts changes from 1,
    ``question`` is the key of the question it belongs to, or empty.
    """

    id: UUID
    kind: str
    title: str
    content: Mapping[str, Any]
    size: int
    question: str
    revision: int

    @property
    def label(self) -> str:
        """What tells it from others of its kind: its title, or host or place; may be empty."""
        return self.title or self.host or str(self.content.get("place", ""))

    @property
    def host(self) -> str:
        """The host a link leads to; empty for everything else."""
        return urlsplit(self.content.get("url", "")).hostname or ""

    @property
    def date(self) -> date | None:
        """The day of a note; None for everything else."""
        return date.fromisoformat(self.content["date"]) if "date" in self.content else None

    @property
    def result(self) -> ResultPart | None:
        """What pages show of a result of an instrument; None for everything else."""
        return result_part(self.content) if self.kind == "result" else None

    @property
    def head(self) -> list[str]:
        """The headings of a table, if it has any."""
        rows: list[list[str]] = self.content.get("rows", [])
        return rows[0] if rows and self.content.get("header") else []

    @property
    def body(self) -> list[list[str]]:
        """The rows of a table without its headings."""
        rows: list[list[str]] = self.content.get("rows", [])
        return rows[1:] if self.head else rows


def item_to_json(item: ItemData) -> dict[str, Any]:
    """Write an item as JSON, whole: a round keeps this copy and needs nothing else."""
    return {
        "id": str(item.id),
        "kind": item.kind,
        "title": item.title,
        "content": dict(item.content),
        "size": item.size,
        "question": item.question,
        "revision": item.revision,
    }


def item_from_json(content: Mapping[str, Any]) -> ItemData:
    """Read what `item_to_json` wrote."""
    return ItemData(**{**content, "id": UUID(content["id"])})
