"""Opening spreadsheet files, which are ZIP archives of XML, without trusting what they say about themselves."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar
from xml.parsers import expat

from iciinsmes.toolbox.errors import UnreadableTable
from iciinsmes.toolbox.instruments.framework import Text, msg

from .. import pace
from ..cells.days import SERIAL_START
from ..sheet import Raw

_MAX_UNPACKED_BYTES = 150 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_FREE_BYTES = 5 * 1024 * 1024
_MAX_ENTRIES = 2_000
_BLOCK = 32 * 1024
#: Real tables nest a dozen elements; each that is open takes memory, and so does one that does not end.
_DEEPEST = 100
_LONGEST_ELEMENT = 1024 * 1024

#: What damaged files make libraries raise: ValueError where a number should stand, LookupError for letters nobody knows
#: and for what is left out, RuntimeError for an encrypted part.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    expat.ExpatError,
    EOFError,
    OSError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)

#: Some programs write Excel's elements as ``x:row``, most as ``row``; telling once is faster than at each element.
_PREFIXED = re.compile(rb"<\w+:(?:worksheet|sst|workbook|styleSheet|Relationships)\b")
_LOOK_AT_BYTES = 2_000

Found = TypeVar("Found")


class Handler(Protocol[Found]):
    """Hears what stands in a part, and puts what it made of it into ``done``."""

    done: list[Found]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, tag: str) -> None:
        """Hear that an element ends."""

    def text(self, words: str) -> None:
        """Hear the words of an element."""


class Parts:
    """The parts of a spreadsheet file by name. They are streamed: no part is ever in the memory as a whole."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {entry.filename: entry for entry in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str, handler: Handler[Found]) -> Iterator[Found]:
        """Let a handler hear a part, and yield what it made so far after each block; nothing if there is no such part.

        Raises:
            UnreadableTable: the part has a document type, which could name entities and other files, or is made to
                fill the memory.
        """
        if name not in self._names:
            return
        with self._archive.open(self._names[name]) as stream:
            block = stream.read(_BLOCK)
            parser = _parser(handler, prefixed=_PREFIXED.search(block[:_LOOK_AT_BYTES]) is not None)
            heard = 0
            while block:
                parser.Parse(block, False)
                heard += len(block)
                if heard - parser.CurrentByteIndex > _LONGEST_ELEMENT:
                    raise UnreadableTable(too_much())
                pace.step()
                yield from handler.done
                handler.done.clear()
                block = stream.read(_BLOCK)
        parser.Parse(b"", True)
        yield from handler.done


def _parser(handler: Handler[Found], *, prefixed: bool) -> expat.XMLParserType:
    """Return what lets a handler hear XML, without prefixes if the names of its elements have some."""
    depth = 0

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableTable(too_much())
        handler.start(tag.rpartition(":")[2] if prefixed else tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(tag.rpartition(":")[2] if prefixed else tag)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    return parser


@contextmanager
def opened(content: bytes) -> Iterator[Parts]:
    """Open a spreadsheet file.

    Raises:
        UnreadableTable: it is damaged, encrypted, or would unpack to far too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive, len(content))
            yield Parts(archive)
    except _DAMAGE as error:
        raise UnreadableTable(damaged()) from error


def damaged() -> Text:
    """Return the sentence for a file that is not what it claims to be."""
    return msg("This spreadsheet cannot be read. Open it in your spreadsheet program and save it again.")


def too_much() -> Text:
    """Return the sentence for a file that is made to fill the memory, or has no business here."""
    return msg("This spreadsheet would unpack to far too much. Save only the table you need.")


def _check(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse bombs by the archive's own list. What a part really unpacks to is cut off at the size listed there."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = (
        len(entries) > _MAX_ENTRIES
        or unpacked > _MAX_UNPACKED_BYTES
        or unpacked > max(_RATIO_FREE_BYTES, size * _MAX_RATIO)
        # More packed bytes than the file has: entries overlap, a known way to hide a bomb.
        or sum(entry.compress_size for entry in entries) > size
    )
    if is_bomb:
        raise UnreadableTable(too_much())


def _refuse_document_type(*_declared: object) -> None:
    raise UnreadableTable(damaged())


@dataclass(frozen=True)
class NamedTable:
    """A sheet that is not hidden: its rows with their numbers from 1, read when they are asked for.

    ``hidden`` are the numbers of rows that the program does not show, known once the rows were read.
    """

    name: str
    rows: Iterator[tuple[int, Sequence[Raw]]]
    hidden: list[int] = field(default_factory=list)
    start: date = SERIAL_START
