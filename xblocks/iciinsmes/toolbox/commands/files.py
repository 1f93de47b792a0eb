"""Files of the command line, which nobody else waits for: they may be larger than those of a page."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iciinsmes.toolbox.table_import.files.uploads import check_size
from iciinsmes.toolbox.table_import.pace import telling
from iciinsmes.toolbox.table_import.sheet import MAX_BYTES

MOST_BYTES = 5 * MAX_BYTES
_SECONDS = 1.0


@contextmanager
def read_file(path: Path) -> Iterator[bytes]:
    """Give the content of a file; while a large one is worked on, dots on a terminal show that it goes on.

    Raises:
        UnreadableTable: it is too large.
        OSError: it cannot be opened.
    """
    size = path.stat().st_size
    check_size(size, MOST_BYTES)
    if size <= MAX_BYTES or not sys.stderr.isatty():
        yield path.read_bytes()
        return
    print(f"Reading {size // 1024 // 1024} MB ", end="", file=sys.stderr, flush=True)
    told = time.monotonic()

    def tell() -> None:
        nonlocal told
        if time.monotonic() - told > _SECONDS:
            told = time.monotonic()
            print(".", end="", file=sys.stderr, flush=True)

    with telling(tell):
        yield path.read_bytes()
    print(file=sys.stderr)
