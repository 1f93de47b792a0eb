"""What the author's editor of an exercise shows, and what it says about attempts that were begun."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iciinsmes.toolbox.api import cards_by_phase, reader_language

from .authoring import is_known
from .data import ExerciseSettings, Layer


def editor_choices(settings: ExerciseSettings, *, attempt_count: int) -> dict[str, Any]:
    """Return what the editor shows besides what all editors do.

    Args:
        settings: what the author chose so far.
        attempt_count: how many attempts there are already.
    """
    return {
        "exercise": settings,
        "phases": cards_by_phase(reader_language()),
        "unknown": "" if is_known(settings.instrument) else settings.instrument,
        "checks": [(layer.value, text, layer in settings.checks) for layer, text in _checks().items()],
        "kept": kept_sentence(attempt_count),
    }


def kept_sentence(attempt_count: int) -> str:
    """Say what becomes of attempts when the exercise changes; empty where there are none."""
    if not attempt_count:
        return ""
    return ngettext(
        "%(count)d attempt was begun already and keeps the settings it began with; "
        "what you change counts for attempts from now on.",
        "%(count)d attempts were begun already and keep the settings they began with; "
        "what you change counts for attempts from now on.",
        attempt_count,
    ) % {"count": attempt_count}


def saved_sentence(attempt_count: int) -> str:
    """Say after a change how many attempts keep the older settings; empty where there are none."""
    if not attempt_count:
        return ""
    return ngettext(
        "Saved. %(count)d attempt was begun under the older settings and keeps them.",
        "Saved. %(count)d attempts were begun under the older settings and keep them.",
        attempt_count,
    ) % {"count": attempt_count}


def _checks() -> dict[Layer, str]:
    """Return what each layer of checks is, in an author's words."""
    return {
        Layer.VALID: _("The data: there are enough of them for a judgement."),
        Layer.ESTIMATE: _("The own estimate: worked out before the result is shown, close enough to it."),
        Layer.INTERPRETATION: _("What it means: questions about the result, answered from the learner's own numbers."),
        Layer.DECISION: _("The decision: written down, and it fits the numbers or gives a reason why not."),
    }
