"""What there is to do in a unit, in one line, for those who read the course without its forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show
from iciinsmes.toolbox.errors import UnknownInstrument

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LINES: Mapping[str, StrOrPromise] = {
    "best_practice_cases": _lazy("In the unit: cases of other firms."),
    "development_project": _lazy("In the unit: the project of your firm."),
    "early_warning": _lazy("In the unit: the monthly figures of your firm, and what they warn of."),
    "reaction": _lazy("In the unit: three statements and a text, to say how it was."),
    "self_check": _lazy("In the unit: the self-check of your firm."),
    "support_directory": _lazy("In the unit: offers that fit your firm."),
    "workplace_assignment": _lazy("In the unit: the form for your answers and evidence, where you hand in."),
}


def window_line(block_type: str, fields: Mapping[str, Any]) -> str:
    """Return what a block shows in its unit.

    Args:
        block_type: its tag.
        fields: what its author wrote, as JSON.
    """
    if block_type == "digital_tool":
        return _tool(str(fields.get("instrument") or ""))
    return str(_LINES.get(block_type) or _("In the unit: a part to use on the screen."))


def _tool(name: str) -> str:
    try:
        instrument = toolbox.find_instrument(name=name)
    except UnknownInstrument:
        return _("In the unit: a digital tool.")
    title = show(instrument.title, toolbox.reader_language())
    return _("In the unit: the digital tool “%(title)s”, with demo data and your own.") % {"title": title}
