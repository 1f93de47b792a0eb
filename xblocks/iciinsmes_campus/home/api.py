"""The only door to the campus' folder and its database as things on a machine."""

from __future__ import annotations

from .folder import keep_private
from .integrity import check_database
from .locks import only_one
from .marks import forget_mark, owns_storage
from .retention import retain

__all__ = ["check_database", "forget_mark", "keep_private", "only_one", "owns_storage", "retain"]
