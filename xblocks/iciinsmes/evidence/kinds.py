"""Which kinds of evidence an author can allow, and what belongs to each.

A kind with media types comes as a file. Links and notes are written on the page, and tables may be either: see
`writing`. A result of an instrument is copied by the server and never sent by a browser: see `results`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .reading.installed import can_draw_photos


@dataclass(frozen=True)
class FileKind:
    """A kind of evidence.

    ``types`` maps each allowed media type to its extensions, the usual one first; none for what is no file. ``accept``
    is what a file chooser offers, nothing that would be refused. It leaves out HEIC, because only then phones convert
    their own format to one that every computer shows, and endings that mostly stand for films. In a kind that is
    ``made`` by a device, endings are often wrong: there the content counts.
    """

    name: str | Promise
    types: dict[str, tuple[str, ...]]
    accept: tuple[str, ...]
    made: bool = False


def _kind(
    name: str | Promise, types: dict[str, tuple[str, ...]], *, made: bool = False, hidden: tuple[str, ...] = ()
) -> FileKind:
    """Return a kind whose chooser offers all of it but what is ``hidden``."""
    dotted = tuple(f".{extension}" for extensions in types.values() for extension in extensions)
    return FileKind(
        name=name, types=types, accept=tuple(part for part in (*types, *dotted) if part not in hidden), made=made
    )


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

KINDS: dict[str, FileKind] = {
    "photo": _kind(
        _("photos"),
        {
            "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
            "image/png": ("png",),
            "image/webp": ("webp",),
            "image/heic": ("heic", "heif"),
        },
        made=True,
        hidden=("image/heic", ".heic", ".heif"),
    ),
    "document": _kind(
        _("documents"),
        {
            "application/pdf": ("pdf",),
            f"{_OOXML}.wordprocessingml.document": ("docx",),
            f"{_OOXML}.presentationml.presentation": ("pptx",),
            f"{_ODF}.text": ("odt",),
            f"{_ODF}.presentation": ("odp",),
            "text/plain": ("txt",),
        },
    ),
    "table": _kind(
        _("tables"),
        {
            f"{_OOXML}.spreadsheetml.sheet": ("xlsx",),
            f"{_ODF}.spreadsheet": ("ods",),
            "text/csv": ("csv",),
        },
    ),
    "audio": _kind(
        _("sound recordings"),
        {
            "audio/mpeg": ("mp3",),
            "audio/mp4": ("m4a", "m4b", "mp4", "3gp"),
            "audio/aac": ("aac",),
            "audio/ogg": ("ogg", "oga", "opus"),
            "audio/wav": ("wav",),
            "audio/webm": ("weba", "webm"),
        },
        made=True,
        hidden=(".mp4", ".3gp", ".webm"),
    ),
    "link": _kind(_("links"), {}),
    "note": _kind(_("observation notes"), {}),
    "result": _kind(_("results of instruments"), {}),
}

#: Kinds that are written or pasted on the page instead of sent as a file.
WRITTEN_KINDS = ("link", "note", "table")

#: All kinds that may come otherwise than as a file.
ITEM_KINDS = (*WRITTEN_KINDS, "result")

#: Images that every browser shows.
SHOWN_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})

#: Endings of sound that browsers cannot play.
UNPLAYABLE = ("amr", "awb", "3gp", "3gpp", "wma", "qta", "caf", "aif", "aiff", "aac", "m4p")

#: Photos that most browsers cannot show.
HIDDEN_PHOTO = "image/heic"

#: What has pages that can be looked at one by one.
PAGED = "application/pdf"


def can_show(content_type: str) -> bool:
    """Tell whether a picture of this media type can be shown, as it is or as a JPEG made of it."""
    return content_type in SHOWN_TYPES or (content_type == HIDDEN_PHOTO and can_draw_photos())


def allowed_types(kinds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return media type to extensions of all the kinds; names of kinds that do not exist any more count for nothing."""
    return {media: names for kind in kinds if kind in KINDS for media, names in KINDS[kind].types.items()}


def allowed_extensions(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the extensions of all the kinds, without dots."""
    return tuple(dict.fromkeys(name for names in allowed_types(kinds).values() for name in names))


def kind_of(content_type: str) -> str:
    """Return the kind a media type belongs to, or an empty string."""
    return next((key for key, kind in KINDS.items() if content_type in kind.types), "")


def accept(kinds: Collection[str]) -> str:
    """Return the value of a file chooser's ``accept`` attribute."""
    return ",".join(part for kind in kinds if kind in KINDS for part in KINDS[kind].accept)


def file_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return those of the kinds that come as files."""
    return tuple(kind for kind in kinds if kind in KINDS and KINDS[kind].types)


def kind_names(kinds: Collection[str]) -> str:
    """Return the kinds as people call them, as a list in one line."""
    return ", ".join(str(KINDS[kind].name) for kind in kinds if kind in KINDS)
