"""What a file really is: found in its bytes, compared with its name, cleaned where it is a picture or a recording."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from . import documents, images, iso_media, pdf, sound
from .data import EvidenceRules
from .errors import ContentRefused
from .kinds import KINDS, UNPLAYABLE, allowed_types, kind_of
from .names import extension, with_extension

_HEAD = 4096


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: the bytes to keep, their media type, and a name whose extension fits."""

    file: IO[bytes]
    content_type: str
    name: str


@contextmanager
def examine(raw: IO[bytes], *, name: str, rules: EvidenceRules) -> Iterator[Examined]:
    """Find out what ``raw`` is and give out what may be kept of it.

    Args:
        raw: a real file on disk; it is read in place, never as a whole.
        name: its clean name.
        rules: what the task allows.

    Raises:
        ContentRefused: it is of no allowed kind, not what its name says, damaged or dangerous.
    """
    with ExitStack() as stack:
        data = stack.enter_context(mmap(raw.fileno(), 0, access=ACCESS_READ))
        content_type = find_type(raw, data, name)
        name = _fitting_name(name, content_type, data, rules)
        kept = raw
        if kind_of(content_type) == "photo":
            kept = stack.enter_context(tempfile.TemporaryFile())
            images.clean(data, raw, content_type, kept)
        elif content_type == "audio/mp4":
            kept = stack.enter_context(tempfile.TemporaryFile())
            sound.clean(data, kept)
        elif content_type == "application/pdf":
            pdf.check(data)
        yield Examined(file=kept, content_type=content_type, name=name)


def find_type(raw: IO[bytes], data: mmap, name: str) -> str:
    """Return the media type among those of `KINDS` that the content has; empty for all other content.

    Raises:
        ContentRefused: it is an office document that must not be kept.
    """
    head = data[:16]
    if head[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if iso_media.is_iso_media(data) and iso_media.is_heic(data):
        return "image/heic"
    if head[:4] == b"PK\x03\x04":
        return documents.office_type(raw, data)
    heard = sound.sound_type(data)
    if heard:
        return heard
    ending = extension(name)
    if ending in ("txt", "csv") and data[:5] != b"%PDF-" and documents.text_is_clean(raw):
        return "text/csv" if ending == "csv" else "text/plain"
    if documents.looks_like_markup(data[:_HEAD]):
        return ""
    return "application/pdf" if pdf.start(data) >= 0 else ""


def _fitting_name(name: str, content_type: str, data: mmap, rules: EvidenceRules) -> str:
    """Refuse content that is not allowed or not what the name says.

    A name without an extension gets the right one, and so does what a device made under another name of its kind.
    """
    ending = extension(name)
    allowed = allowed_types(rules.kinds)
    if content_type in allowed:
        if ending in allowed[content_type]:
            return name
        kind = KINDS[kind_of(content_type)]
        if not ending or (kind.made and any(ending in names for names in kind.types.values())):
            return with_extension(name, allowed[content_type][0])
    if documents.is_locked_office(data):
        raise ContentRefused(documents.password_message())
    if rules.recording and (sound.is_unplayable(data) or (not content_type and ending in UNPLAYABLE)):
        raise ContentRefused(rules.unplayable_message)
    what = _what_it_is(content_type, data)
    if ending:
        message = _("The name ends in .%(extension)s, but this is %(what)s.") % {"extension": ending, "what": what}
    elif what != _unknown():
        message = _("This is %(what)s.") % {"what": what}
    else:
        message = _("We cannot tell what this file is.")
    raise ContentRefused(f"{message} {rules.kinds_message}")


def _what_it_is(content_type: str, data: mmap) -> str:
    """Return in words what the file is, for a person who thought that it is something else."""
    if data[:8] == documents.OLD_OFFICE:
        return _("an old office file, or one with a password")
    kind = kind_of(content_type)
    if not content_type:
        content_type = _magic_type(data[:_HEAD])
    extensions = {media: names for each in KINDS.values() for media, names in each.types.items()}
    if kind:
        return _("a %(extension)s file") % {"extension": extensions[content_type][0].upper()}
    if content_type == "image/svg+xml":
        return _("a drawing (SVG)")
    family = content_type.partition("/")[0]
    families = {
        "image": _("a picture in another format"),
        "video": _("a film"),
        "audio": _("a sound recording"),
        "text": _("text or a web page"),
        "program": _("a program"),
        "archive": _("a packed archive"),
    }
    return families.get(family, _unknown())


def _unknown() -> str:
    return _("something else")


def _magic_type(head: bytes) -> str:
    """Return the most likely media type of any file, or one of our own words ``program/`` and ``archive/``."""
    if head[:2] == b"MZ" or head[:4] == b"\x7fELF" or head[:2] == b"#!":
        return "program/"
    if head[:4] == b"PK\x03\x04":
        return "archive/"
    if b"<svg" in head.lower():
        return "image/svg+xml"
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        matches = []
    found = next((match.mime_type for match in matches if match.mime_type), "")
    if found.rpartition("/")[2].removeprefix("x-") in ("rar-compressed", "7z-compressed", "rar", "gzip", "tar", "zip"):
        return "archive/"
    if iso_media.is_iso_media(head) and not found.startswith("image/"):
        # Sound alone would have been recognised as such.
        return "video/"
    if not found and documents.looks_like_markup(head):
        return "text/html"
    return found
