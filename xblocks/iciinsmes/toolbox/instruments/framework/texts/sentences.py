"""Names and numbers within a sentence: equals are named together, and rounding leaves the sentence true."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from .message import Text, msg

_MOST_DECIMALS = 12


def rounded(value: float, *limits: float, decimals: int = 1) -> float:
    """Return a value rounded to so many decimals, or to more where it would else no longer lie beside a limit.

    Args:
        value: any finite number.
        limits: what the sentence compares it with; on each of them it stays where it was, below, at or above.
        decimals: at least so many.
    """
    for digits in range(decimals, _MOST_DECIMALS + 1):
        short = round(value, digits)
        if all((short < limit, short > limit) == (value < limit, value > limit) for limit in limits):
            return short
    return value


_MOST = 3


def named(names: Sequence[str]) -> Text:
    """Return up to three names in quotation marks, and how many there are besides; at least one name."""
    quoted = [msg("“%(name)s”", name=name) for name in names]
    if len(names) == 1:
        return quoted[0]
    if len(names) <= _MOST:
        return msg("%(names)s and %(last)s", names=with_commas(quoted[:-1]), last=quoted[-1])
    return msg("%(names)s and %(more)s more", names=with_commas(quoted[:_MOST]), more=len(names) - _MOST)


def with_commas(texts: Sequence[Text]) -> Text:
    """Return texts with commas between them; at least one."""
    return reduce(lambda before, text: msg("%(before)s, %(text)s", before=before, text=text), texts)
