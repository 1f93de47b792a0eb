"""Rows of this room as data."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from .data import (
    AgreementData,
    Decider,
    EntryData,
    Gate,
    GateDecisionData,
    GateRequestData,
    GateVerdict,
    Kind,
    Light,
    OverrideData,
    PauseData,
    ProjectData,
    TalkData,
)
from .models import CoachTalk, Entry, GateDecision, GateRequest, LightOverride, Project, ProjectPause


def project_data(row: Project) -> ProjectData:
    """Return a project."""
    return ProjectData(
        id=row.id,
        company_id=row.company_id,
        number=row.number,
        title=row.title,
        light=Light(row.light),
        gate=row.gate,
        started_on=row.started_on,
        created_at=row.created_at,
        changed_at=row.changed_at,
        ended_on=row.ended_on,
    )


def entry_data(row: Entry) -> EntryData:
    """Return an entry."""
    return EntryData(
        id=row.id,
        kind=Kind(row.kind),
        content=row.content,
        revision=row.revision,
        author_id=row.author_id,
        created_at=row.created_at,
        changed_by=row.changed_by_id,
        changed_at=row.changed_at,
        removed_at=row.removed_at,
        author_label=row.author_label,
        origin=row.origin,
    )


def request_data(
    row: GateRequest, fingerprint: str, decisions: Iterable[GateDecision] | None = None
) -> GateRequestData:
    """Return a request with its decisions.

    Args:
        row: the request.
        fingerprint: of what the project says now about the gate.
        decisions: all of the request; None where they are prefetched.
    """
    said = row.decisions.all() if decisions is None else decisions
    decisions = sorted(said, key=lambda each: (each.decided_at, each.pk))
    return GateRequestData(
        id=row.id,
        project_id=row.project_id,
        course_key=row.course_key,
        gate=Gate(row.gate),
        state=row.state,
        proposal=GateVerdict(row.proposal),
        reason=row.reason,
        deciders=tuple(Decider(each) for each in row.deciders),
        decisions=tuple(_decision(each) for each in decisions),
        snapshot=row.snapshot,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        link_subjects={Decider.OWNER: row.owner_subject, Decider.COACH: row.coach_subject},
        is_outdated=row.state == GateRequest.State.OPEN and row.fingerprint != fingerprint,
        is_brought_in=row.imported,
        asked_label=row.asked_label,
    )


def _decision(row: GateDecision) -> GateDecisionData:
    return GateDecisionData(
        decider=Decider(row.decider),
        verdict=GateVerdict(row.verdict),
        reason=row.reason,
        name=row.name,
        decided_by=row.decided_by_id,
        decided_at=row.decided_at,
    )


def talk_data(row: CoachTalk) -> TalkData:
    """Return a talk."""
    return TalkData(
        id=row.id,
        coach_id=row.coach_id,
        held_on=row.held_on,
        about=row.about,
        notes=row.notes,
        agreements=tuple(
            AgreementData(each["text"], UUID(each["measure"]) if each["measure"] else None) for each in row.agreements
        ),
        revision=row.revision,
        written_at=row.written_at,
        coach_label=row.coach_label,
        next_on=row.next_on,
    )


def override_data(row: LightOverride) -> OverrideData:
    """Return a light that a coach has set."""
    return OverrideData(
        light=Light(row.light), reason=row.reason, set_by=row.set_by_id, set_at=row.set_at, until=row.until
    )


def pause_data(row: ProjectPause) -> PauseData:
    """Return a pause."""
    return PauseData(
        id=row.pk, first_on=row.first_on, last_on=row.last_on, reason=row.reason, declared_by=row.declared_by_id
    )
