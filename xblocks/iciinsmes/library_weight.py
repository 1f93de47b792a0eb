"""What a course takes along from a content library of Open edX, besides what the block holds anyway."""

from __future__ import annotations

from xblock.core import XBlockMixin
from xblock.fields import Float, Scope


class LibraryWeight(XBlockMixin):
    """Brings the points of a library's block into the course that takes it.

    The platform leaves every ``weight`` behind, so that a task worth ten points would be worth one (read in
    cms/lib/xblock/upstream_sync.py, which lets blocks say it in another way).
    """

    upstream_weight = Float(default=None, scope=Scope.settings, hidden=True)

    @classmethod
    def get_customizable_fields(cls) -> dict[str, str | None]:
        """Return for Studio which fields a course may change, each with where the library's value is kept.

        None: the library has no say in it. A value that the course has not changed follows the library.
        """
        return {
            "display_name": "upstream_display_name",
            "weight": "upstream_weight",
            "due": None,
            "upstream_weight": None,
        }
