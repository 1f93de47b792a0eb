"""What is known of course runs: college, country, last day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.platform import host, zones

from .data import RunFacts
from .models import EvaluatedRun


def facts_of(*, course_keys: Collection[CourseKey]) -> dict[CourseKey, RunFacts]:
    """Return what is known of each of these runs, in one query and what the host needs for their ends."""
    rows = {row.course_key: row for row in EvaluatedRun.objects.filter(course_key__in=list(course_keys))}
    return {key: run_facts(rows.get(key) or EvaluatedRun(course_key=key)) for key in course_keys}


def run_facts(row: EvaluatedRun) -> RunFacts:
    """Return what is known of a run; the host's end counts where nobody has typed one."""
    ends_at = None if row.ends_on or row.course_key is None else host().ends_at(row.course_key)
    return RunFacts(
        course_key=row.course_key,
        college=row.college,
        country=row.country,
        ends_on=row.ends_on or (ends_at.astimezone(zones.of_site()).date() if ends_at else None),
        is_typed=row.ends_on is not None,
    )


def say_facts(*, course_key: CourseKey, actor_id: int, college: str, country: str, ends_on: date | None) -> None:
    """Keep what a coordinator says of a run; permissions are the caller's to ask.

    Args:
        course_key: the run.
        actor_id: who says it.
        college: at most 120 characters; empty for not stated.
        country: an ISO 3166-1 code of `companies.country_choices`; empty for not stated.
        ends_on: None takes the host's.
    """
    said = {"college": college, "country": country, "ends_on": ends_on}
    EvaluatedRun.objects.update_or_create(course_key=course_key, defaults=said)
    audit_log.record(
        course_key=course_key, verb="run_described", actor_id=actor_id, subject=f"evaluated_run:{course_key.run}"
    )
