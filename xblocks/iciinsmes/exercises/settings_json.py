"""An author's settings as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .data import ExerciseSettings, Layer


def settings_to_json(settings: ExerciseSettings) -> dict[str, Any]:
    """Write settings in one canonical form."""
    return {
        "title": settings.title,
        "instrument": settings.instrument,
        "instructions": settings.instructions,
        "own_data": settings.own_data,
        "checks": [layer.value for layer in Layer if layer in settings.checks],
        "attempts": settings.attempts,
        "weight": str(settings.weight.normalize()),
    }


def settings_from_json(data: Mapping[str, Any]) -> ExerciseSettings:
    """Read what `settings_to_json` wrote."""
    return ExerciseSettings(
        title=data["title"],
        instrument=data["instrument"],
        instructions=data["instructions"],
        own_data=data["own_data"],
        checks=tuple(map(Layer, data["checks"])),
        attempts=data["attempts"],
        weight=Decimal(data["weight"]),
    )
