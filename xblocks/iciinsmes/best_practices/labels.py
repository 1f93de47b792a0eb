"""The words of cases: what a line tells, how far a case is, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iciinsmes.companies.api import country_name, size_name
from iciinsmes.projects.api import Phase
from iciinsmes.projects.kinds import TRIGGERS
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import show as show_text
from iciinsmes.toolbox.errors import UnknownInstrument

from .data import SIZES, CaseState, Part

PHASES: Mapping[str, str | Promise] = {
    Phase.ACQUIRE.value: gettext_lazy("Hearing customers"),
    Phase.PROCESS.value: gettext_lazy("Working out what they need"),
    Phase.REALISE.value: gettext_lazy("Putting it into practice"),
}

PARTS: Mapping[Part, str | Promise] = {
    Part.TRIGGER: gettext_lazy("What started it"),
    Part.GOAL: pgettext_lazy("of a best practice", "Goal"),
    Part.INSIGHT: gettext_lazy("What customers told"),
    Part.IDEA: gettext_lazy("The idea"),
    Part.DID: gettext_lazy("What they did"),
    Part.TEST: gettext_lazy("How they tested it"),
    Part.FIGURES: gettext_lazy("The figures"),
    Part.RESULT: gettext_lazy("What came out"),
    Part.FAILED: gettext_lazy("What did not work"),
    Part.LEARNED: gettext_lazy("What they learned"),
    Part.STAYS: gettext_lazy("What stays"),
}

STATES: Mapping[CaseState, tuple[str | Promise, str, str]] = {
    CaseState.ASKED: (gettext_lazy("waits for the owner"), "warn", "…"),
    CaseState.AGREED: (gettext_lazy("waits for the teacher"), "calm", "●"),
    CaseState.PUBLISHED: (gettext_lazy("in the library"), "good", "✓"),
    CaseState.REFUSED: (gettext_lazy("not published"), "bad", "✕"),
    CaseState.TAKEN_BACK: (gettext_lazy("taken back"), "", "✕"),
}


def country_words(code: str) -> str:
    """Return the name of a country; empty for none."""
    return country_name(code) if code else ""


def trigger_words(trigger: str) -> str:
    """Return a trigger in words; empty for none."""
    return str(TRIGGERS[trigger]) if trigger in TRIGGERS else ""


def phase_words(phase: str) -> str:
    """Return a phase in words; empty for none."""
    return str(PHASES[phase]) if phase in PHASES else ""


def size_words(size: str) -> str:
    """Return a size class in words; empty for none."""
    return size_name(size) if size in SIZES else ""


def instrument_words(code: str) -> str:
    """Return code and title of an instrument; the code alone if a newer version of the add-on knows it."""
    try:
        instrument = toolbox.find_instrument(name=code)
    except UnknownInstrument:
        return code
    return _("%(code)s %(title)s") % {"code": code, "title": show_text(instrument.title, toolbox.reader_language())}


def instrument_choices() -> list[tuple[str, str]]:
    """Return all instruments as code and words, in the order of the catalogue."""
    return [(each.code, instrument_words(each.code)) for each in toolbox.all_instruments()]
