"""Looking at the lights of a project: whenever it changes, and each night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.locks import locked

from .course_rules import CourseRulesData, rules_of
from .data import Decider, Gate, GateVerdict, Kind, Light
from .days import day_of_site, today
from .facts import ByKind, by_kind, facts_of, planned_days
from .models import GateRequest, LightOverride, Project, ProjectRun
from .rule_data import Facts, Held, PauseFacts
from .rules.holding import catch_up
from .rules.lights import overall
from .rules.thresholds import Thresholds
from .serializers import entry_data
from .signals import light_changed, project_changed
from .staff_order import keep_place, keep_places

#: So many projects are looked at in one transaction at night.
_AT_ONCE = 200
#: The gate behind the last.
_BEHIND = len(Gate)
#: What a look writes.
_SEEN = ["gate", "light", "findings", "held", "looked_on"]


def look_again(row: Project, at: datetime) -> None:
    """Look at a project that has just been changed, inside the transaction of the change.

    Args:
        row: the project, held by the caller.
        at: when it was changed.
    """
    runs = list(row.runs.order_by("begins_on", "id"))
    rules = rules_of(course_keys=[run.course_key for run in runs])
    entries = by_kind(entry_data(each) for each in row.entries.filter(removed_at=None).order_by("created_at", "id"))
    thresholds = rules[runs[-1].course_key].thresholds if runs else Thresholds()
    override = _overrides([row.pk]).get(row.pk)
    # What was true until now is caught up with first: what was worse in between is held.
    if row.facts:
        _look(row, today(), thresholds, override)
    row.facts = to_json(_facts(row, entries, runs, rules))
    row.title = entries[Kind.CHARTER][0].content["title"] if entries[Kind.CHARTER] else row.title
    row.changed_at = at
    _look(row, today(), thresholds, override)
    row.save(update_fields=[*_SEEN, "facts", "title", "changed_at"])
    keep_place(row, runs)
    transaction.on_commit(partial(project_changed.send, sender=None, project_id=row.pk), robust=True)


def look_at_company(company_id: int, **_more: object) -> None:
    """Look at the firm's projects again because its people have changed: what nobody does any more turns at once."""
    with transaction.atomic():
        for row in locked(Project.objects).filter(company_id=company_id, ended_on=None).order_by("id"):
            look_again(row, row.changed_at)


def look_at_all(*, limit: int | None = None) -> int:
    """Look at every project that nobody has looked at today, and return how many there were.

    Time alone turns lights. What was done stays done when this is stopped in the middle: the next call goes on there.

    Args:
        limit: not more than so many; None for all.
    """
    day, count = today(), 0
    while limit is None or count < limit:
        with transaction.atomic():
            waiting = locked(Project.objects).filter(looked_on__lt=day).order_by("looked_on", "id")
            rows = list(waiting[: _AT_ONCE if limit is None else min(_AT_ONCE, limit - count)])
            if not rows:
                break
            ids = [row.pk for row in rows]
            runs = _runs(ids)
            numbers, overrides = _numbers(runs), _overrides(ids)
            is_planned_anew = False
            for row in rows:
                thresholds, planned = numbers.get(row.pk, (Thresholds(), {}))
                if row.facts["planned"] != planned:
                    row.facts["planned"], is_planned_anew = planned, True
                _look(row, day, thresholds, overrides.get(row.pk))
            Project.objects.bulk_update(rows, [*_SEEN, "facts"] if is_planned_anew else _SEEN)
            keep_places(rows, runs)
        count += len(rows)
    return count


def _look(row: Project, day: date, thresholds: Thresholds, override: LightOverride | None) -> None:
    facts = from_json(Facts, row.facts)
    before = Light(row.light)
    held = {rule: from_json(Held, each) for rule, each in row.held.items()}
    held, findings = catch_up(held, facts, row.looked_on, day, thresholds)
    row.held, row.findings = to_json(held), to_json(findings)
    row.gate = _BEHIND if facts.gate is None else facts.gate
    light = overall(finding.light for finding in findings)
    if override is not None and override.until >= day:
        light = Light(override.light)
    row.light, row.looked_on = light.value, day
    if light is not before:
        told = partial(light_changed.send, sender=None, project_id=row.pk, before=before.value, after=light.value)
        transaction.on_commit(told, robust=True)


def _facts(
    row: Project, entries: ByKind, runs: Iterable[ProjectRun], rules: Mapping[CourseKey, CourseRulesData]
) -> Facts:
    requests = list(row.requests.prefetch_related("decisions").order_by("asked_at", "id"))
    moved = [request.asked_at for request in requests]
    passages = list(row.passages.filter(back_at=None))
    moved += [decision.decided_at for request in requests for decision in request.decisions.all()]
    return facts_of(
        entries,
        started=row.started_on,
        planned=planned_days((run.begins_on, rules[run.course_key].weeks) for run in runs),
        passed={each.gate: each.passed_on for each in passages},
        pauses=[PauseFacts(each.first_on, each.last_on) for each in row.pauses.order_by("first_on")],
        members=companies.member_ids(company_id=row.company_id),
        owner_agreed=any(_is_agreed(request) for request in requests),
        moved_on=day_of_site(max(moved)) if moved else None,
        ended_on=row.ended_on,
        brought_in={each.gate for each in passages if each.imported},
    )


def _is_agreed(request: GateRequest) -> bool:
    """Tell whether the owner said yes to the goal, or whoever decides in a firm without another owner."""
    if request.gate != Gate.GOAL:
        return False
    said = {each.decider for each in request.decisions.all() if each.verdict == GateVerdict.GO.value}
    owner = Decider.OWNER.value
    return owner in said if owner in request.deciders else set(request.deciders) <= said


def _runs(project_ids: Iterable[UUID]) -> dict[UUID, list[ProjectRun]]:
    """Return the runs of each project, the latest last, in one query."""
    runs: dict[UUID, list[ProjectRun]] = {}
    for run in ProjectRun.objects.filter(project_id__in=project_ids).order_by("begins_on", "id"):
        runs.setdefault(run.project_id, []).append(run)
    return runs


def _numbers(runs: Mapping[UUID, list[ProjectRun]]) -> dict[UUID, tuple[Thresholds, dict[str, str]]]:
    """Return the thresholds of each project's latest run, and its plan as `Facts` keep it, in one query."""
    rules = rules_of(course_keys={run.course_key for each in runs.values() for run in each})
    return {
        project_id: (
            rules[each[-1].course_key].thresholds,
            to_json(planned_days((run.begins_on, rules[run.course_key].weeks) for run in each)),
        )
        for project_id, each in runs.items()
    }


def _overrides(project_ids: Iterable[UUID]) -> dict[UUID, LightOverride]:
    """Return each project's last override that nobody has ended, in one query."""
    rows = LightOverride.objects.filter(project_id__in=project_ids, ended_at=None).order_by("id")
    return {row.project_id: row for row in rows}
