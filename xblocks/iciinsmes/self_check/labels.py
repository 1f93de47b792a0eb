"""What is said about self-checks, in the active language."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from .data import Axis, Level, Quadrant, Text
from .rules import rounded

#: Stands for nothing, and between two numbers.
DASH = "\u2013"

AXES: Mapping[Axis, str | Promise] = {
    Axis.RESPONSIVE: gettext_lazy("Responding"),
    Axis.PROACTIVE: gettext_lazy("Looking ahead"),
}
QUADRANTS: Mapping[Quadrant, str | Promise] = {
    Quadrant.WAITING: gettext_lazy("waiting"),
    Quadrant.RESPONDING: gettext_lazy("responding"),
    Quadrant.EXPLORING: gettext_lazy("exploring without a safety net"),
    Quadrant.PROACTIVE: gettext_lazy("proactive"),
}
QUADRANTS_MEAN: Mapping[Quadrant, str | Promise] = {
    Quadrant.WAITING: gettext_lazy(
        "Signals of customers come late, and what they will want next is not looked for yet."
    ),
    Quadrant.RESPONDING: gettext_lazy(
        "You see and mend what customers tell you. What they do not say yet is the next step."
    ),
    Quadrant.EXPLORING: gettext_lazy("You look for what customers will want. Everyday signals can still slip through."),
    Quadrant.PROACTIVE: gettext_lazy("You serve what customers say, and look for what they do not say yet."),
}
LEVELS: Mapping[Level, str | Promise] = {
    Level.START: gettext_lazy("start"),
    Level.BUILDING: gettext_lazy("building"),
    Level.STEADY: gettext_lazy("steady"),
    Level.LEADING: gettext_lazy("leading"),
}


def show(text: Text) -> str:
    """Return a model's text in the active language; a college's that lacks it in English, or in its first one."""
    language = get_language() or ""
    for code in (language, language.partition("-")[0]):
        if text.get(code):
            return text[code]
    if text.get(""):
        return gettext(text[""])
    return text.get("en") or next(iter(text.values()), "")


def number_words(value: Fraction | None) -> str:
    """Return a score as a whole number; empty for none."""
    return "" if value is None else str(rounded(value))


def signed(value: Fraction) -> str:
    """Return a difference of scores with its sign."""
    whole = rounded(value)
    return f"+{whole}" if whole > 0 else f"\u2212{-whole}" if whole < 0 else "0"
