"""The door of this room, for its own pages: nothing stands above it but those.

What a person may take out or bring in is asked here again; who gets onto the pages they ask themselves.
"""

from .archives import archives_of, begin_archive, drop_archive, get_archive, open_part
from .imports import begin_import, confirm_import, drop_import, get_import, imports_of, lines_of, undo_import
from .narrowing import read_narrowed
from .tables import note_taken_out, sheet_name, table_rows

__all__ = [
    "archives_of",
    "begin_archive",
    "begin_import",
    "confirm_import",
    "drop_archive",
    "drop_import",
    "get_archive",
    "get_import",
    "imports_of",
    "lines_of",
    "note_taken_out",
    "open_part",
    "read_narrowed",
    "sheet_name",
    "table_rows",
    "undo_import",
]
