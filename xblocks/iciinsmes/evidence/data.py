"""What the evidence room takes and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import kinds as evidence_kinds
from . import names

MEGABYTE = 1024 * 1024

#: The most bytes that one chunk may have; a proxy in front of the site lets at least this much through.
CHUNK_BYTES = MEGABYTE

MAX_DESCRIPTION = 500


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
            "kinds": self.kind_names,
            "extensions": ", ".join(self.extensions),
        }

    @property
    def camera(self) -> bool:
        """Whether a photo may be taken on the spot."""
        return "photo" in self.kinds


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

    @property
    def has_preview(self) -> bool:
        """Whether a small picture of it can be shown."""
        return self.content_type in evidence_kinds.SHOWN_TYPES

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
