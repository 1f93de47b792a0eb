"""Forms for the phone: a line for the diary, a customer's words, a value of a KPI, with few fields each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from . import api
from .data import Kind, Light
from .forms import FieldView, FormView, form_for
from .shown_parts import (
    new_url,
)

TONES: Mapping[Light, str] = {Light.GREEN: "good", Light.BLUE: "calm", Light.AMBER: "warn", Light.RED: "bad"}
#: What is written without network, and which of its fields: first what people have in mind, then what is known.
QUICK = (Kind.DIARY, Kind.CONTACT, Kind.READING)
_QUICK_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DIARY: ("text", "on"),
    Kind.CONTACT: ("words", "customer", "method", "on"),
    Kind.READING: ("value", "kpi", "on"),
}


@dataclass(frozen=True)
class QuickForm:
    """A form for the phone: what it is called, and its few fields."""

    kind: str
    title: str
    form: FormView
    fields: tuple[FieldView, ...]
    address: str


def quick_form(shown: api.Shown, kind: Kind) -> QuickForm:
    """Return the form of a kind for the phone, with what can be known filled in."""
    start: dict[str, Any] = {"on": shown.today.isoformat()}
    if kind is Kind.READING and shown.entries[Kind.KPI]:
        start["kpi"] = str(shown.entries[Kind.KPI][0].id)
    if kind is Kind.CONTACT:
        start["method"] = "talk"
    titles = {
        Kind.DIARY: _("A line for the diary"),
        Kind.CONTACT: _("A customer's words"),
        Kind.READING: _("A value of a KPI"),
    }
    form = form_for(kind, shown, entry_id=str(uuid4()), start=start)
    fields = {field.key: field for field in form.fields}
    return QuickForm(
        kind.value, titles[kind], form, tuple(fields[key] for key in _QUICK_FIELDS[kind]), new_url(shown, kind)
    )


def quick_forms(shown: api.Shown) -> list[QuickForm]:
    """Return the forms for the phone that make sense now; none for readers."""
    if not shown.can_change:
        return []
    return [quick_form(shown, kind) for kind in QUICK if kind is not Kind.READING or shown.entries[Kind.KPI]]
