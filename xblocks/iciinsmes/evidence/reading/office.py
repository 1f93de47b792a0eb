"""Office documents as words: what of DOCX, PPTX, ODT and ODP can be read without the program that made them.

What has arrived was looked at before (`documents`): it has no macros, no password, and unpacks to no bomb. Here it is
streamed, so that no part is ever in the memory as a whole, and no more of it is read than is shown.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

from ..errors import CannotRead
from .listener import Listener
from .parts import Reading
from .streaming import MalformedXml, stream
from .vocabularies import OPEN_DOCUMENT, SLIDE, WORD

_MAX_SMALL = 4 * 1024 * 1024
_SLIDE_NAME = re.compile(r"ppt/slides/slide(\d{1,5})\.xml")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    MalformedXml,
)


def read_office(source: File[bytes] | IO[bytes], content_type: str) -> Reading:
    """Return what can be read of an office document.

    Args:
        source: the stored file.
        content_type: one that `READERS` has.

    Raises:
        CannotRead: it is damaged.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return READERS[content_type](archive)
    except _DAMAGE as error:
        raise CannotRead(
            _("This document is damaged and cannot be shown here. Save it and open it on your device.")
        ) from error


def _word(archive: zipfile.ZipFile) -> Reading:
    return _heard(archive, ["word/document.xml"], Listener(WORD, _style_names(archive)))


def _open_document(archive: zipfile.ZipFile) -> Reading:
    return _heard(archive, ["content.xml"], Listener(OPEN_DOCUMENT))


def _slides(archive: zipfile.ZipFile) -> Reading:
    return _heard(archive, _slide_names(archive), Listener(SLIDE), are_slides=True)


def _heard(archive: zipfile.ZipFile, names: Sequence[str], listener: Listener, *, are_slides: bool = False) -> Reading:
    for name in names:
        if listener.is_full:
            break
        if are_slides:
            listener.begin_slide()
        stream(
            archive,
            name,
            start=listener.start,
            end=listener.end,
            text=listener.text,
            is_enough=lambda: listener.is_full,
        )
    return Reading(listener.parts, is_cut=listener.is_full)


def _style_names(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the names of Word's styles by their ids: ids are in the writer's language, names of headings are not."""
    names: dict[str, str] = {}
    current = [""]

    def hear(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_WORD} style":
            current[0] = attributes.get(f"{_WORD} styleId", "")
        elif tag == f"{_WORD} name" and current[0]:
            names[current[0]] = attributes.get(f"{_WORD} val", "")

    _hear(archive, "word/styles.xml", hear)
    return names


def _slide_names(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts of the slides in the order in which they are shown; hidden ones too."""
    targets: dict[str, str] = {}
    order: list[str] = []

    def hear_target(_tag: str, attributes: Mapping[str, str]) -> None:
        if "Id" in attributes and "Target" in attributes:
            targets[attributes["Id"]] = "ppt/" + attributes["Target"].removeprefix("/ppt/")

    def hear_slide(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_SLIDES} sldId":
            order.append(attributes.get(f"{_RELATION} id", ""))

    _hear(archive, "ppt/_rels/presentation.xml.rels", hear_target)
    _hear(archive, "ppt/presentation.xml", hear_slide)
    there = {name: int(found[1]) for name in archive.namelist() if (found := _SLIDE_NAME.fullmatch(name))}
    ordered = [targets[key] for key in order if targets.get(key) in there]
    return ordered or sorted(there, key=lambda name: there[name])


def _hear(archive: zipfile.ZipFile, name: str, start: Callable[[str, Mapping[str, str]], None]) -> None:
    """Hear the beginnings of all elements of a small part; of one that is not there, none."""
    if name in archive.namelist() and archive.getinfo(name).file_size <= _MAX_SMALL:
        stream(archive, name, start=start)


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
READERS: Mapping[str, Callable[[zipfile.ZipFile], Reading]] = {
    f"{_OOXML}.wordprocessingml.document": _word,
    f"{_OOXML}.presentationml.presentation": _slides,
    f"{_ODF}.text": _open_document,
    f"{_ODF}.presentation": _open_document,
}
