"""Which programs for reading are installed here: the extra ``reading`` brings them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec


@cache
def can_draw_pages() -> bool:
    """Tell whether what draws PDF is installed."""
    return find_spec("pypdfium2") is not None


@cache
def can_draw_photos() -> bool:
    """Tell whether what reads HEIC is installed."""
    return find_spec("pillow_heif") is not None
