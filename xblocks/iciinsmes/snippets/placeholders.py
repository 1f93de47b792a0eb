"""Words in braces that stand for what is different each time: pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: What a snippet may hold, in the order in which pages offer it.
PLACEHOLDERS = ("learner", "company", "task", "round")

_PLACE = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in place of ``{learner}``, ``{company}``, ``{task}`` and ``{round}``.

    Args:
        text: a snippet.
        values: by placeholder; what is not among them, and any other word in braces, stays as it stands. A value is
            put in as it is, even if it looks like a placeholder itself.
    """
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
