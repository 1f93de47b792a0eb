"""Pages of which one part is made from the code: it stands between two marks that readers do not see."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_BEGIN, _END = "<!-- made by make drawings -->\n", "<!-- end -->\n"


def with_part(page: Path, lines: Iterable[str]) -> str:
    """Return the page with these lines between its marks."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not (begin and end):
        raise RuntimeError(f"{page} has no place for what is made from the code")
    return before + begin + "\n".join(lines) + "\n" + end + after
