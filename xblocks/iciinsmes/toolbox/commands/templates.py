"""Tables to fill in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iciinsmes.toolbox.collection import find_instrument
from iciinsmes.toolbox.downloads.templates import template_csv, template_xlsx
from iciinsmes.toolbox.table_import.names import packaged_languages

_MAKERS = {".csv": template_csv, ".xlsx": template_xlsx}


def template_file(words: str) -> Path:
    """Return the path of a template.

    Raises:
        ArgumentTypeError: it is no kind of file that a template can be.
    """
    path = Path(words)
    if path.suffix.lower() not in _MAKERS:
        raise argparse.ArgumentTypeError(f"“{words}” must end in {' or '.join(_MAKERS)}")
    return path


def template(options: argparse.Namespace) -> int:
    """Write the table of an instrument into a new file, or print it as CSV."""
    instrument = find_instrument(name=options.name)
    make = _MAKERS[options.file.suffix.lower() if options.file else ".csv"]
    content = make(instrument=instrument, language=packaged_languages()[options.language], with_demo=options.demo)
    if options.file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return 0
    # What somebody has filled in is not written over.
    with options.file.open("xb") as file:
        file.write(content)
    print(options.file)
    return 0
