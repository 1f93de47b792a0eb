"""The files of one course folder: read-only, never outside of it, and XML without DTD, entities and network."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from lxml import etree

from .errors import UnreadableFile


class CourseFiles:
    """A course folder; also stands in as the ``resources_fs`` that xblocks-contrib asks its runtime for."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    @property
    def root(self) -> Path:
        """Return the folder itself."""
        return self._root

    def path(self, name: str, *, below: str = "") -> Path | None:
        """Return where the file lies; None if the folder has no such file.

        Args:
            name: the file, from ``below``.
            below: a folder of the course that neither ``..`` nor a link may leave; the course's own by default.
        """
        root = self._root / below
        try:
            path = (root / name).resolve()
            inside = path.is_relative_to(root) and path.is_file()
        except (OSError, ValueError):  # a name too long for the disk, or with a NUL byte
            return None
        return path if inside else None

    def read(self, name: str) -> bytes:
        """Return the file's content.

        Raises:
            UnreadableFile: if it is missing or cannot be read.
        """
        path = self.path(name)
        if path is None:
            raise UnreadableFile(f"{name} is missing.")
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnreadableFile(f"{name} cannot be read: {error.strerror}.") from error

    def text(self, name: str) -> str:
        """Return the file's content as text.

        Raises:
            UnreadableFile: if it is missing, cannot be read, or is no UTF-8.
        """
        try:
            return self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{name} is not text in UTF-8.") from error

    def exists(self, name: str) -> bool:
        """Tell whether the folder holds the file (PyFilesystem's name)."""
        return self.path(name) is not None

    def open(self, name: str, mode: str = "r", encoding: str | None = None) -> IO[str] | IO[bytes]:
        """Open the file for reading (PyFilesystem's name)."""
        if "b" in mode:
            return io.BytesIO(self.read(name))
        if encoding in (None, "utf-8", "utf8"):
            return io.StringIO(self.text(name))
        return io.StringIO(self.read(name).decode(str(encoding)))


# A course file is text that a person wrote; anything larger is a mistake or an attack.
MAX_BYTES = 2 * 1024 * 1024


def parse(content: bytes, *, name: str) -> etree._Element:
    """Return the root element of ``content``, without comments and processing instructions.

    Args:
        content: an XML document.
        name: how the file is called in messages.

    Raises:
        UnreadableFile: if it is too large, not well-formed, or declares a DTD.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    # One parser a document: lxml's parsers must not be shared between threads.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser, base_url=name)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"{name} is not well-formed XML: {error.msg}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(f"{name} declares a DTD or entities. Course files must not.")
    return root
