"""Make the drawings and what belongs to them anew: ``python -m tests.drawings``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.checks import ROOT

from . import check_table, room_table
from .architecture import architecture
from .data_model import data_model
from .data_model_page import data_model_page


def files() -> dict[Path, str]:
    """Return each file that is made from the code, with its text."""
    return {
        ROOT / "docs/images/architecture.svg": architecture(),
        ROOT / "docs/images/data-model.svg": data_model(),
        ROOT / "docs/reference/data-model.md": data_model_page(),
        check_table.PAGE: check_table.check_page(),
        room_table.PAGE: room_table.room_page(),
    }


def main() -> int:
    """Write what differs, and name it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    for path, text in files().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
