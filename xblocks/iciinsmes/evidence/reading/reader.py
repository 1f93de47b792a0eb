"""What can be read of a stored file in place, by its kind."""

from __future__ import annotations

from itertools import islice
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show
from iciinsmes.toolbox.errors import UnreadableTable

from ..errors import CannotRead
from ..kinds import KINDS
from . import drawing
from .installed import can_draw_pages
from .office import READERS, read_office
from .parts import MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Reading, Rows, Words

_PDF = "application/pdf"
_PLAIN = "text/plain"
#: Larger texts and tables are no reading matter, and reading all of one to show its beginning would take seconds.
_MAX_BYTES = 5 * 1024 * 1024


def can_read(content_type: str) -> bool:
    """Tell whether files of this media type can be read in place on this site."""
    if content_type == _PDF:
        return can_draw_pages()
    return content_type == _PLAIN or content_type in READERS or content_type in KINDS["table"].types


def read(source: File[bytes] | IO[bytes], content_type: str) -> Reading:
    """Return what is shown of a file.

    Args:
        source: the stored file.
        content_type: one of which `can_read` says yes.

    Raises:
        CannotRead: it is damaged, or too large to be shown.
        Busy: others read what takes long.
    """
    if content_type == _PDF:
        pages, count = drawing.pages_of(source)
        return Reading(pages, is_cut=count > len(pages), page_count=count)
    if content_type in READERS:
        return read_office(source, content_type)
    if content_type == _PLAIN:
        return _plain(source)
    return _table(source)


def _plain(source: File[bytes] | IO[bytes]) -> Reading:
    text = toolbox.decoded(_content(source)).replace("\r\n", "\n").replace("\r", "\n")
    return Reading([Words(text[:MAX_CHARACTERS])], is_cut=len(text) > MAX_CHARACTERS)


def _table(source: File[bytes] | IO[bytes]) -> Reading:
    try:
        sheet = toolbox.open_table(content=_content(source), as_written=True)
    except UnreadableTable as error:
        raise CannotRead(show(error.text)) from error
    rows = [list(sheet.names[:MAX_COLUMNS])]
    rows += [[toolbox.cell_words(cell) for cell in row[:MAX_COLUMNS]] for row in islice(sheet.rows, MAX_ROWS)]
    return Reading([Rows(rows, has_head=True)], is_cut=len(sheet.rows) > MAX_ROWS or len(sheet.names) > MAX_COLUMNS)


def _content(source: File[bytes] | IO[bytes]) -> bytes:
    content = source.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise CannotRead(_("This file is too large to be shown here. Save it and open it on your device."))
    return content
