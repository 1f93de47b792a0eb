"""What the review room takes and hands out, and how a rubric is written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Level:
    """One step of a criterion: its points (0 or more) and the anchor text that describes it."""

    points: Decimal
    text: str


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at.

    ``key`` is unique in its rubric and stays when the title is reworded; ``levels`` ascend in points, at least two.
    """

    key: str
    title: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Rubric:
    """Criteria and the rule for a pass.

    Work passes when every criterion reaches at least ``pass_points``, except for up to ``exceptions`` criteria that may
    lie one level below that.
    """

    criteria: tuple[Criterion, ...]
    pass_points: Decimal = Decimal(2)
    exceptions: int = 1


@dataclass(frozen=True)
class Score:
    """What a rubric makes of the points given: sums over all criteria, and which criteria have no points yet."""

    earned: Decimal
    possible: Decimal
    passes: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class AssessmentData:
    """One person's judgement of one subject; ``released_at`` is None while it is a proposal."""

    id: UUID
    subject: UUID
    rubric: Rubric
    assessor_id: int | None
    points: Mapping[str, Decimal]
    comments: Mapping[str, str]
    feedback: str
    outcome: str
    earned: Decimal
    possible: Decimal
    revision: int
    updated_at: datetime
    released_at: datetime | None = field(default=None)


def rubric_to_json(rubric: Rubric) -> dict[str, Any]:
    """Write a rubric as JSON with a stable order and points as strings, so that equal rubrics hash equally.

    ``kind`` leaves room for criteria with a range of points or with feedback only.
    """
    return {
        "pass_points": str(rubric.pass_points.normalize()),
        "exceptions": rubric.exceptions,
        "criteria": [
            {
                "kind": "levels",
                "key": criterion.key,
                "title": criterion.title,
                "levels": [{"points": str(level.points.normalize()), "text": level.text} for level in criterion.levels],
            }
            for criterion in rubric.criteria
        ],
    }


def rubric_from_json(content: Mapping[str, Any]) -> Rubric:
    """Read what `rubric_to_json` wrote."""
    return Rubric(
        pass_points=decimal_from_json(content["pass_points"]),
        exceptions=int(content["exceptions"]),
        criteria=tuple(
            Criterion(
                key=criterion["key"],
                title=criterion["title"],
                levels=tuple(Level(decimal_from_json(level["points"]), level["text"]) for level in criterion["levels"]),
            )
            for criterion in content["criteria"]
        ),
    )


def decimal_from_json(text: str) -> Decimal:
    """Read a number as JSON of this add-on holds it.

    Raises:
        ValueError: not a number, or one without a size (NaN, infinity), which JSON from a browser may hold.
    """
    try:
        number = Decimal(text)
    except ArithmeticError as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number
