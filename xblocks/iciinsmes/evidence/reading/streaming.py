"""Streaming the XML parts of an office document, which strangers made, to somebody who listens."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

_BLOCK = 64 * 1024


class MalformedXml(Exception):
    """It is not the XML it should be, or declares types and entities."""


def stream(
    archive: zipfile.ZipFile,
    name: str,
    *,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    is_enough: Callable[[], bool] = lambda: False,
) -> None:
    """Tell what stands in a part; tags and attributes are written as ``namespace name``.

    Args:
        archive: the document.
        name: the part.
        start: hears tag and attributes of an element that begins.
        end: hears the tag of one that ends.
        text: hears the words of an element.
        is_enough: asked now and then whether to stop.

    Raises:
        MalformedXml: it is no XML, or declares a document type, which only those do who mean harm.
        KeyError: there is no such part.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with archive.open(name) as part:
            while block := part.read(_BLOCK):
                parser.Parse(block, False)
                if is_enough():
                    return
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise MalformedXml(str(error)) from error


def _refuse(*_declared: object) -> None:
    raise MalformedXml("an office document declares no types")
