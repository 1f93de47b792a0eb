"""By which numbers the projects of a course run are looked at, in one place for all its firms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.json_data import from_json, to_json

from .data import Gate
from .models import CourseRules
from .rules.thresholds import STANDARD, Thresholds, thresholds_to_json

#: The last week in which each gate is planned, counted from the firm's first week in the run.
USUAL_WEEKS: Mapping[int, int] = {
    Gate.START: 1,
    Gate.GOAL: 3,
    Gate.INSIGHT: 7,
    Gate.IDEAS: 9,
    Gate.CHOICE: 10,
    Gate.CONCEPT: 13,
    Gate.TEST: 16,
    Gate.LAUNCH: 24,
    Gate.RESULTS: 26,
}

_MOST_WEEKS = 200


@dataclass(frozen=True)
class CourseRulesData:
    """Thresholds of the lights, and gate to the week (from 1) by whose end it is planned; others are not planned."""

    thresholds: Thresholds = STANDARD
    weeks: Mapping[int, int] = field(default_factory=lambda: dict(USUAL_WEEKS))


def rules_of(*, course_keys: Collection[CourseKey]) -> dict[CourseKey, CourseRulesData]:
    """Return the numbers of each course run, in one query; a run for which nobody chose any has the usual ones."""
    rows = {row.course_key: row for row in CourseRules.objects.filter(course_key__in=course_keys)}
    return {
        key: rules_from(rows[key].thresholds, rows[key].weeks) if key in rows else CourseRulesData()
        for key in course_keys
    }


def thresholds_of(*, course_key: CourseKey) -> Thresholds:
    """Return the thresholds of the lights in a course run, in one query."""
    return rules_of(course_keys=[course_key])[course_key].thresholds


def choose_rules(*, course_key: CourseKey, rules: CourseRulesData, actor_id: int | None = None) -> None:
    """Look at all projects of the run by these numbers from the next change or night on; the trail keeps who said so.

    Args:
        course_key: the run.
        rules: its numbers.
        actor_id: who chooses them, None for a program.

    Raises:
        ValueError: a week lies outside 1 to 200, or a gate is planned before the one in front of it.
    """
    weeks = [rules.weeks[gate] for gate in sorted(rules.weeks)]
    if weeks != sorted(weeks) or any(not 1 <= week <= _MOST_WEEKS for week in weeks):
        raise ValueError(weeks)
    with transaction.atomic():
        CourseRules.objects.update_or_create(
            course_key=course_key,
            defaults={"thresholds": thresholds_to_json(rules.thresholds), "weeks": to_json(rules.weeks)},
        )
        _record(course_key, actor_id, thresholds_to_json(rules.thresholds), to_json(rules.weeks))


def reset_rules(*, course_key: CourseKey, actor_id: int | None = None) -> None:
    """Look at all projects of the run by the usual numbers again; where nobody chose any, nothing happens."""
    with transaction.atomic():
        if CourseRules.objects.filter(course_key=course_key).delete()[0]:
            _record(course_key, actor_id, {}, {})


def _record(course_key: CourseKey, actor_id: int | None, thresholds: Mapping[str, Any], weeks: Any) -> None:
    """Tell the trail which numbers differ from the usual ones now."""
    audit_log.record(
        course_key=course_key,
        verb="project_rules_set",
        actor_id=actor_id,
        subject="project_rules:run",
        detail={"thresholds": thresholds, "weeks": weeks},
    )


def rules_from(thresholds: Mapping[str, Any], weeks: Mapping[str, int]) -> CourseRulesData:
    """Return the numbers that a row of `CourseRules` holds."""
    planned = {int(gate): week for gate, week in weeks.items()}
    return CourseRulesData(from_json(Thresholds, thresholds), planned or dict(USUAL_WEEKS))
