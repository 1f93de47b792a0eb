"""The form of a month: each quantity once, whatever indicators ask for it, with numbers as people type them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from iciinsmes.lib.decimals import retyped
from iciinsmes.lib.typed_numbers import read_number

from .data import MonthCell
from .indicators import INDICATORS
from .page import quantities_of, quantity_words


@dataclass(frozen=True)
class MonthField:
    """A quantity as the page shows it: what stands there, what was there when the page was read, and what is wrong."""

    name: str
    label: str
    hint: str
    codes: str
    value: str
    was: str
    error: str = ""


@dataclass(frozen=True)
class MonthTyped:
    """What was typed: cells to be entered, and what is wrong or asked back, by quantity."""

    cells: tuple[MonthCell, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)


def month_fields(
    kept: Sequence[str],
    cells: Sequence[MonthCell],
    typed: MonthTyped | None = None,
    was: Mapping[str, str] | None = None,
) -> list[MonthField]:
    """Return the fields of a month.

    Args:
        kept: indicators that the firm keeps.
        cells: what it has of the month.
        typed: what was sent and is shown again.
        was: what had been there when the page was read, where it is shown again.
    """
    stands = _standing(kept, cells)
    fields = []
    for name, targets in quantities_of(kept).items():
        label, hint = quantity_words(name)
        there = (was or {}).get(name, stands[name])
        wrong = {**typed.doubts, **typed.errors}.get(name, "") if typed else ""
        fields.append(
            MonthField(
                name=name,
                label=label,
                hint=hint,
                codes=" · ".join(dict.fromkeys(f"E{INDICATORS[key].number}" for key, _part in targets)),
                value=typed.raw.get(name, there) if typed else there,
                was=there,
                error=wrong,
            )
        )
    return fields


def read_month(kept: Sequence[str], month: int, cells: Sequence[MonthCell], post: QueryDict) -> MonthTyped:
    """Read what was typed; only what differs from what the person had seen is written.

    So a page that was opened earlier does not take back what a colleague has entered since. A number that others would
    read otherwise is asked back once.

    Args:
        kept: indicators that the firm keeps.
        month: which month.
        cells: what the firm has of it now.
        post: the form.
    """
    wanted = {cell.indicator: cell for cell in cells}
    touched: set[str] = set()
    raw, errors, doubts = {}, {}, {}
    confirmed = set(post.getlist("confirmed"))
    for name, targets in quantities_of(kept).items():
        text = raw[name] = post.get(name, "").strip()
        is_same = text == post.get(f"was-{name}", "").strip()
        value: Decimal | None = None
        if text:
            number = read_number(text)
            if number is None:
                errors[name] = _("Write a number.")
                continue
            if number.doubt and not is_same and token(name, text) not in confirmed:
                doubts[name] = number.doubt
            value = number.value
        for key, part in targets:
            cell = wanted.get(key, MonthCell(key, month))
            if is_same and (value is None or getattr(cell, part) is not None):
                continue
            figures = (value if each == part else getattr(cell, each) for each in ("numerator", "denominator", "extra"))
            wanted[key] = MonthCell(key, month, *figures)
            touched.add(key)
    return MonthTyped(tuple(wanted[key] for key in kept if key in touched), raw, errors, doubts)


def token(name: str, text: str) -> str:
    """Return what says that somebody has confirmed how a number was read."""
    return f"{name}={text.strip()}"


def errors_by_quantity(problems: Mapping[str, str]) -> dict[str, str]:
    """Return problems of figures by the quantity at which the form shows them."""
    found = {}
    for place, words in problems.items():
        key, _dot, part = place.partition(".")
        name = getattr(INDICATORS[key], part, "") if key in INDICATORS else ""
        found[name or "month"] = words
    return found


def _standing(kept: Sequence[str], cells: Sequence[MonthCell]) -> dict[str, str]:
    by_key = {cell.indicator: cell for cell in cells}
    found = {}
    for name, targets in quantities_of(kept).items():
        values = (getattr(by_key[key], part) for key, part in targets if key in by_key)
        value = next((each for each in values if each is not None), None)
        found[name] = "" if value is None else retyped(value)
    return found
