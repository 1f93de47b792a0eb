"""Rows as what comes out of the door."""

from __future__ import annotations

from typing import Any

from iciinsmes.lib.json_data import from_json

from .data import KEPT, STATEMENTS, KeptAnswer, KeptData, Obstacle, Published, ReactionData, ReactionSettings
from .models import KeptQuestion, Reaction, ReactionBlock


def settings_of(row: ReactionBlock) -> ReactionSettings:
    """Return what the author chose."""
    return from_json(ReactionSettings, row.settings)


def reaction_data(row: Reaction) -> ReactionData:
    """Return what somebody has answered."""
    return ReactionData(
        ratings={key: getattr(row, key) for key in STATEMENTS},
        obstacles=tuple(Obstacle(each) for each in row.obstacles),
        text=row.text,
    )


def kept_data(row: KeptQuestion) -> KeptData | None:
    """Return what somebody has said of what has stayed; None before."""
    if row.answered_on is None:
        return None
    return KeptData(said={key: KeptAnswer(getattr(row, key)) for key in KEPT}, kpi=row.kpi, value=row.value)


def published_data(content: Any) -> Published:
    """Return sums as they are kept; none for what has not come to five yet."""
    return from_json(Published, content) if content else Published()
