"""What the review room takes and hands out, and how a rubric is written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from iciinsmes.lib.decimals import plain
from iciinsmes.lib.json_data import decimal_from_json
from iciinsmes.lib.other_languages import as_read


@dataclass(frozen=True)
class RubricLevel:
    """One step of a criterion: its points (0 or more) and the anchor text that describes it."""

    points: Decimal
    text: str


class CriterionKind(StrEnum):
    """How a criterion is judged: by described levels, by any number in a range, or with words only."""

    LEVELS = "levels"
    RANGE = "range"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class PointRange:
    """Points from 0 to ``most`` in steps of ``step``; the criterion passes with ``pass_points`` or more."""

    most: Decimal = Decimal(10)
    step: Decimal = Decimal(1)
    pass_points: Decimal = Decimal(5)


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at.

    ``key`` is unique in its rubric and stays when the title is reworded; ``text`` describes what is looked at, where
    the title does not say it. By ``kind`` it is judged with ``levels``, which ascend in points and are at least two,
    with a number in ``range``, or with a comment alone, which counts neither for the sum nor for the pass. Below
    ``floor`` percent (0 to 100) of its points nothing passes.
    """

    key: str
    title: str
    levels: tuple[RubricLevel, ...] = ()
    kind: CriterionKind = CriterionKind.LEVELS
    range: PointRange = PointRange()
    text: str = ""
    floor: Decimal = Decimal(0)

    @property
    def takes_points(self) -> bool:
        """Whether it is judged with points, and not with words only."""
        return self.kind is not CriterionKind.FEEDBACK

    @property
    def possible(self) -> Decimal:
        """The most points it can give, 0 or more."""
        if self.kind is CriterionKind.RANGE:
            return self.range.most
        return self.levels[-1].points if self.kind is CriterionKind.LEVELS and self.levels else Decimal(0)

    def level(self, points: Decimal | None) -> str:
        """Return the text of the level that is worth ``points``; empty where there is none."""
        return next((level.text for level in self.levels if level.points == points), "")


@dataclass(frozen=True)
class Rubric:
    """Criteria and the rule for a pass.

    Work passes when every criterion with levels reaches at least ``pass_points``, except for up to ``exceptions`` of
    them that may lie one level below that, and every criterion with a range reaches the pass of its range. With
    ``pass_percent`` (above 0, at most 100) it passes instead when all points together reach so much of the possible.
    """

    criteria: tuple[Criterion, ...]
    pass_points: Decimal = Decimal(2)
    exceptions: int = 1
    pass_percent: Decimal = Decimal(0)


@dataclass(frozen=True)
class Score:
    """What a rubric makes of the points given: sums over all criteria, and which of them still need points."""

    earned: Decimal
    possible: Decimal
    passes: bool
    missing: tuple[str, ...]


class Marking(StrEnum):
    """Who makes a result: one alone, one proposes and another releases, or two judge without knowing of each other."""

    ONE = "one"
    PROPOSE = "propose"
    BLIND = "blind"


@dataclass(frozen=True)
class AssessmentData:
    """One person's judgement of one subject; ``released_at`` is None while it is a proposal.

    ``proposed_at`` is when its author was done with it, ``joint`` that others' proposals were in view, ``release_at``
    when it goes out by itself, ``released_by_id`` who let it go out or planned that. ``beside`` is what a room above
    released with it, as that room writes it. ``rubric_id`` is that of the rubric, which reads in several languages.
    """

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
    beside: Mapping[str, Any] = field(default_factory=dict)
    joint: bool = False
    proposed_at: datetime | None = None
    release_at: datetime | None = None
    released_by_id: int | None = None
    rubric_id: int = 0


@dataclass(frozen=True)
class Proposal:
    """One of many judgements that are saved together; see `api.propose`."""

    subject: UUID
    rubric_id: int
    points: Mapping[str, Decimal]
    comments: Mapping[str, str]
    feedback: str
    base_revision: int | None


@dataclass(frozen=True)
class Readable:
    """What one person may read of what is said about a subject: the own proposal, and the released result."""

    own: AssessmentData | None = None
    released: AssessmentData | None = None


@dataclass(frozen=True)
class EarlierData:
    """A released result that another one replaced: as it was, when, and why."""

    assessment: AssessmentData
    replaced_at: datetime
    replaced_by_id: int | None
    reason: str


def rubric_to_json(rubric: Rubric) -> dict[str, Any]:
    """Write a rubric as JSON with a stable order and points as strings, so that equal rubrics hash equally.

    A criterion has only what its kind needs: what came later must not change the hash of older rubrics.
    """
    content: dict[str, Any] = {
        "pass_points": str(rubric.pass_points.normalize()),
        "exceptions": rubric.exceptions,
        "criteria": [_criterion_to_json(criterion) for criterion in rubric.criteria],
    }
    if rubric.pass_percent:
        content["pass_percent"] = plain(rubric.pass_percent)
    return content


def rubric_from_json(content: Mapping[str, Any]) -> Rubric:
    """Read what `rubric_to_json` wrote, today or before a kind of criterion existed, in the words of its reader.

    Raises:
        KeyError: a part is missing.
        ValueError: a value is none of those that it can have.
    """
    content = as_read(content)
    return Rubric(
        pass_points=decimal_from_json(content["pass_points"]),
        exceptions=int(content["exceptions"]),
        pass_percent=decimal_from_json(content.get("pass_percent", "0")),
        criteria=tuple(_criterion_from_json(criterion) for criterion in content["criteria"]),
    )


def _criterion_to_json(criterion: Criterion) -> dict[str, Any]:
    content: dict[str, Any] = {"kind": criterion.kind.value, "key": criterion.key, "title": criterion.title}
    if criterion.text:
        content["text"] = criterion.text
    if criterion.floor:
        content["floor"] = plain(criterion.floor)
    if criterion.kind is CriterionKind.LEVELS:
        content["levels"] = [
            {"points": str(level.points.normalize()), "text": level.text} for level in criterion.levels
        ]
    if criterion.kind is CriterionKind.RANGE:
        content["range"] = {
            "most": plain(criterion.range.most),
            "step": plain(criterion.range.step),
            "pass_points": plain(criterion.range.pass_points),
        }
    return content


def _criterion_from_json(content: Mapping[str, Any]) -> Criterion:
    kind = CriterionKind(content["kind"])
    levels: tuple[RubricLevel, ...] = ()
    scale = PointRange()
    if kind is CriterionKind.LEVELS:
        levels = tuple(RubricLevel(decimal_from_json(level["points"]), level["text"]) for level in content["levels"])
    if kind is CriterionKind.RANGE:
        scale = PointRange(**{name: decimal_from_json(value) for name, value in content["range"].items()})
    return Criterion(
        key=content["key"],
        title=content["title"],
        levels=levels,
        kind=kind,
        range=scale,
        text=content.get("text", ""),
        floor=decimal_from_json(content.get("floor", "0")),
    )
