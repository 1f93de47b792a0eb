"""The exercise and a learner's state as plain data, for apps and for the search; see docs/reference/mobile.md."""

from __future__ import annotations

from typing import Any

from iciinsmes.lib.author_html import plain_text, safe_html
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import Instrument, show

from .data import ExerciseData, ExerciseSettings


def exercise_outline(settings: ExerciseSettings, instrument: Instrument) -> dict[str, Any]:
    """Return what an app needs to show the exercise; the same for everybody."""
    language = reader_language()
    return {
        "title": settings.title,
        "instructions": str(safe_html(settings.instructions)),
        "instrument": instrument.key,
        "instrument_title": show(instrument.title, language),
        "purpose": show(instrument.purpose, language),
        "explanation": [show(text, language) for text in instrument.explanation],
        "own_data": settings.own_data,
        "checks": [layer.value for layer in settings.checks],
        "attempts": settings.attempts,
        "weight": float(settings.weight),
    }


def state_outline(exercise: ExerciseData) -> dict[str, Any]:
    """Return where the learner stands, without data, answers and results."""
    best = exercise.best
    return {
        "step": exercise.current.step.value if exercise.current else None,
        "attempts_left": exercise.attempts_left,
        "attempts": [
            {
                "number": attempt.number,
                "practice": attempt.is_practice,
                "step": attempt.step.value,
                "points": None if attempt.points is None else float(attempt.points),
                "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
            }
            for attempt in exercise.attempts
        ],
        "earned": float(best.points) if best and best.points is not None else None,
        "possible": float(best.settings.weight) if best else None,
    }


def search_texts(settings: ExerciseSettings, instrument: Instrument) -> dict[str, str]:
    """Return what a search over the course reads: plain text, one entry a part."""
    language = reader_language()
    return {
        "display_name": settings.title,
        "instrument": f"{instrument.code} {show(instrument.title, language)}",
        "purpose": show(instrument.purpose, language),
        "text": plain_text(settings.instructions),
    }
