"""Gates of a project: asking for a decision, deciding, going back, and what follows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json
from iciinsmes.lib.locks import locked
from iciinsmes.mentors import api as mentors
from iciinsmes.platform import host
from iciinsmes.subjects import Subject
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import WaitingFor

from .course_rules import thresholds_of
from .data import GATE, Decider, Gate, GateRequestData, GateVerdict, place_of_gate
from .days import today
from .errors import NotAllowedInProject, UnknownProject, WrongGate
from .evaluation import look_again
from .gate_reading import checklist_now, entries_now, request_now
from .models import GateDecision, GatePassage, GateRequest, Project
from .permissions import ProjectReader, reader_of
from .projects import changing
from .rule_data import Facts
from .rules import gates as rules
from .signals import gate_asked, gate_decided
from .snapshots import fingerprint_of, snapshot_of

#: In whose queue a request stands; of several who decide, the first of these.
_QUEUES = {Decider.TEACHER: WaitingFor.STAFF, Decider.COACH: WaitingFor.COACH, Decider.OWNER: WaitingFor.MENTOR}


def ask_for_decision(
    *,
    project_id: UUID,
    user_id: int,
    course_key: CourseKey,
    proposal: GateVerdict = GateVerdict.GO,
    reason: str = "",
    has_owner: bool = True,
) -> GateRequestData:
    """Ask for the decision at the gate before which the project stands; an open request gives way to this one.

    What the learners decide themselves (G3) is decided by asking.

    Args:
        project_id: the project.
        user_id: one of its members.
        course_key: the run in which it is asked.
        proposal: go, or stop with a reason.
        reason: in the person's words, at most 2,000 characters.
        has_owner: whether there is an owner to ask who is not the only learner; without one the coach decides.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        WrongGate: nothing can be asked now (`rules.gates.ask_problems`), or a stop has no reason.
    """
    with changing(project_id, user_id, course_key) as row:
        gate = from_json(Facts, row.facts).gate
        entries = entries_now(row.pk)
        if gate is None:
            raise WrongGate("gate_ended")
        _must_be_askable(row, course_key, gate, proposal, reason)
        now = timezone.now()
        _end_open(row, now)
        asked = GateRequest.objects.create(
            project=row,
            course_key=course_key,
            gate=gate.value,
            deciders=[
                decider.value
                for decider in rules.deciders(
                    gate,
                    owner_is_learner=not has_owner,
                    has_coach=bool(companies.coach_ids(company_id=row.company_id, course_key=course_key)),
                    has_owner_contact=has_owner,
                )
            ],
            proposal=proposal.value,
            reason=reason.strip()[:2_000],
            snapshot=snapshot_of(gate, entries, checklist_now(row, gate, entries, course_key)),
            fingerprint=fingerprint_of(gate, entries),
            asked_by_id=user_id,
            asked_at=now,
        )
        if Decider.LEARNER in _deciders(asked):
            _keep(asked, Decider.LEARNER, proposal, reason, user_id, _name(user_id), now)
        _stand_in_line(asked, row, user_id)
        _follow(asked, row, now)
        look_again(row, now)
        told = partial(gate_asked.send, sender=None, project_id=row.pk, request_id=asked.pk)
        transaction.on_commit(told, robust=True)
    return request_now(asked)


def withdraw_request(*, request_id: UUID, user_id: int, course_key: CourseKey) -> None:
    """Take an open request back; links about it open nothing any more.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        WrongGate: it is not open.
    """
    asked = GateRequest.objects.filter(id=request_id).first()
    if asked is None:
        raise UnknownProject
    with changing(asked.project_id, user_id, course_key) as row:
        if not row.requests.filter(id=request_id, state=GateRequest.State.OPEN).exists():
            raise WrongGate("not_open")
        _end_open(row, timezone.now())


def deciders_for(*, request: GateRequestData, reader: ProjectReader, has_coach: bool) -> tuple[Decider, ...]:
    """Return as whom the person may decide now, of those who have not decided yet.

    Where nobody is left who could, staff of the run decide: a request never waits for nobody.
    """
    found = []
    for decider in request.open_deciders:
        if (
            (decider is Decider.LEARNER and reader.member)
            or (decider is Decider.COACH and (reader.coach or (reader.staff and not has_coach)))
            or (decider is Decider.TEACHER and reader.staff)
            or (decider is Decider.OWNER and (reader.coach or reader.staff))
        ):
            found.append(decider)
    return tuple(found)


def decide(
    *, request_id: UUID, user_id: int, course_key: CourseKey, decider: Decider, verdict: GateVerdict, reason: str = ""
) -> GateRequestData:
    """Decide at a gate, on the page.

    Args:
        request_id: the request that the person has read.
        user_id: who decides.
        course_key: the run in which the request was made.
        decider: as whom, see `deciders_for`.
        verdict: what is decided; whatever is no go has a reason.
        reason: at most 2,000 characters.

    Raises:
        UnknownProject: there is no such request for this person.
        NotAllowedInProject: the person does not decide here.
        WrongGate: it is not open, the project has changed since it was made, or a reason is missing.
    """
    with transaction.atomic():
        asked, row = _open_request(request_id)
        reader = reader_of(row, user_id, course_key)
        if asked.course_key != course_key or not reader.may_read:
            raise UnknownProject
        has_coach = bool(companies.coach_ids(company_id=row.company_id, course_key=course_key))
        if decider not in deciders_for(request=request_now(asked), reader=reader, has_coach=has_coach):
            raise NotAllowedInProject
        return _decide(asked, row, decider, verdict, reason, user_id, _name(user_id))


def decide_by_link(
    *, request_id: UUID, decider: Decider, name: str, agrees: bool, reason: str, user_id: int | None = None
) -> GateRequestData:
    """Decide at a gate by a link: whoever was asked agrees with what is proposed, or wants the firm to work on it.

    Args:
        request_id: the request.
        decider: as whom: owner or coach.
        name: as typed.
        agrees: whether it is a yes.
        reason: what was written with it; not empty unless it is a yes to going on.
        user_id: of a coordinator who signed for the person; None for a link.

    Raises:
        UnknownProject: there is no such request.
        WrongGate: it is not open, the project has changed since it was made, or this decider is not asked any more.
    """
    with transaction.atomic():
        asked, row = _open_request(request_id)
        if decider not in request_now(asked).open_deciders:
            raise WrongGate("not_open")
        verdict = GateVerdict(asked.proposal) if agrees else GateVerdict.ITERATE
        return _decide(asked, row, decider, verdict, reason or asked.reason, user_id, name)


def decide_elsewhere(
    row: Project,
    *,
    course_key: CourseKey,
    gate: Gate,
    decider: Decider,
    verdict: GateVerdict,
    reason: str,
    name: str,
    asked_by: int,
    at: datetime,
) -> None:
    """Keep a decision that was taken in another room, such as the owner's word on an assignment about it.

    An open request gives way to it.

    Args:
        row: the project, held by the caller; it stands before the gate.
        course_key: the run in which it was decided.
        gate: what was decided about.
        decider: as whom.
        verdict: what was decided.
        reason: in the words of who decided.
        name: of that person.
        asked_by: who had asked for it.
        at: when.
    """
    entries = entries_now(row.pk)
    _end_open(row, at)
    asked = GateRequest.objects.create(
        project=row,
        course_key=course_key,
        gate=gate.value,
        deciders=[decider.value],
        proposal=GateVerdict.GO.value,
        snapshot=snapshot_of(gate, entries, checklist_now(row, gate, entries, course_key)),
        fingerprint=fingerprint_of(gate, entries),
        asked_by_id=asked_by,
        asked_at=at,
    )
    _keep(asked, decider, verdict, reason, None, name, at)
    _follow(asked, row, at)
    look_again(row, at)


def go_back(*, project_id: UUID, user_id: int, course_key: CourseKey, gate: Gate) -> None:
    """Go back before an earlier gate of the loop from insight to test, without anybody's decision and without penalty.

    Raises:
        UnknownProject, NotAllowed, HasEnded: see `projects.changing`.
        WrongGate: the project does not stand behind that gate, or it is not in the loop.
    """
    with changing(project_id, user_id, course_key) as row:
        now = timezone.now()
        stands = from_json(Facts, row.facts).gate
        if stands is None or not rules.may_go_back(stands, gate):
            raise WrongGate("not_back")
        _end_open(row, now)
        row.passages.filter(back_at=None, gate__gte=gate.value).update(back_at=now)
        look_again(row, now)


def end_open_requests(row: Project) -> None:
    """Withdraw what is open in a project that the caller holds; links about it open nothing any more."""
    _end_open(row, timezone.now())


def _decide(
    asked: GateRequest,
    row: Project,
    decider: Decider,
    verdict: GateVerdict,
    reason: str,
    user_id: int | None,
    name: str,
) -> GateRequestData:
    reason = reason.strip()[:2_000]
    if verdict is not GateVerdict.GO and not reason:
        raise WrongGate("no_reason")
    now = timezone.now()
    _keep(asked, decider, verdict, reason, user_id, name, now)
    _follow(asked, row, now)
    look_again(row, now)
    return request_now(asked)


def _open_request(request_id: UUID) -> tuple[GateRequest, Project]:
    """Return an open request and its project, both held, as long as it is about what the project says now."""
    found = GateRequest.objects.filter(id=request_id).first()
    if found is None:
        raise UnknownProject
    row = locked(Project.objects).get(id=found.project_id)
    asked = locked(GateRequest.objects).get(id=request_id)
    if asked.state != GateRequest.State.OPEN:
        raise WrongGate("not_open")
    if asked.fingerprint != fingerprint_of(Gate(asked.gate), entries_now(row.pk)):
        raise WrongGate("changed")
    return asked, row


def _must_be_askable(row: Project, course_key: CourseKey, gate: Gate, proposal: GateVerdict, reason: str) -> None:
    if proposal is GateVerdict.STOP:
        if not reason.strip():
            raise WrongGate("no_reason")
        return
    thresholds = thresholds_of(course_key=course_key)
    problems = rules.ask_problems(gate, from_json(Facts, row.facts), today(), thresholds)
    if problems or proposal is not GateVerdict.GO:
        raise WrongGate(problems[0].value if problems else "not_open")


def _keep(
    asked: GateRequest,
    decider: Decider,
    verdict: GateVerdict,
    reason: str,
    user_id: int | None,
    name: str,
    at: datetime,
) -> None:
    GateDecision.objects.create(
        request=asked,
        decider=decider.value,
        verdict=verdict.value,
        reason=reason,
        name=name,
        decided_by_id=user_id,
        decided_at=at,
    )


def _follow(asked: GateRequest, row: Project, at: datetime) -> None:
    """Do what all together have decided, once nobody is missing."""
    verdict = request_now(asked).verdict
    if verdict is None:
        _pass_on(asked)
        return
    asked.state, asked.ended_at = GateRequest.State.DECIDED, at
    asked.save(update_fields=["state", "ended_at"])
    _leave([asked.pk])
    if verdict is GateVerdict.GO:
        GatePassage.objects.create(project=row, gate=asked.gate, passed_on=today(), request=asked)
    if verdict is GateVerdict.STOP or (verdict is GateVerdict.GO and asked.gate == Gate.RESULTS):
        row.ended_on, row.stopped = today(), verdict is GateVerdict.STOP
        row.save(update_fields=["ended_on", "stopped"])
    told = partial(
        gate_decided.send,
        sender=None,
        project_id=row.pk,
        request_id=asked.pk,
        gate=asked.gate,
        verdict=verdict.value,
    )
    transaction.on_commit(told, robust=True)


def _end_open(row: Project, at: datetime) -> None:
    """Withdraw what is open: links about it open nothing any more."""
    open_ids = list(row.requests.filter(state=GateRequest.State.OPEN).values_list("id", flat=True))
    if open_ids:
        row.requests.filter(id__in=open_ids).update(state=GateRequest.State.WITHDRAWN, ended_at=at)
        links = row.requests.filter(id__in=open_ids).values_list("owner_subject", "coach_subject")
        mentors.revoke_all(subjects=[subject for pair in links for subject in pair])
        _leave(open_ids)


def _leave(request_ids: Collection[UUID]) -> None:
    waiting.leave(subjects=request_ids)


def _pass_on(asked: GateRequest) -> None:
    """Let a request that one of two has decided wait for the other."""
    wanted = _waits_for(asked)
    if wanted is not None:
        waiting.pass_on(subject=asked.pk, waiting_for=wanted)


def _waits_for(asked: GateRequest) -> WaitingFor | None:
    """Return in whose queue a request stands."""
    deciders = request_now(asked).open_deciders
    return next((_QUEUES[decider] for decider in _QUEUES if decider in deciders), None)


def _stand_in_line(asked: GateRequest, row: Project, user_id: int) -> None:
    """Let the request wait on the desk where staff decide, and for the coach elsewhere."""
    wanted = _waits_for(asked)
    if wanted is not None:
        waiting.enter(
            subject=Subject(id=asked.pk, kind=GATE, course_key=asked.course_key, company_id=row.company_id),
            waiting_for=wanted,
            owner_id=user_id,
            title=row.title,
            place=place_of_gate(asked.gate),
            number=asked.gate,
            with_ids=companies.member_ids(company_id=row.company_id, course_key=asked.course_key) - {user_id},
        )


def _deciders(asked: GateRequest) -> tuple[Decider, ...]:
    return tuple(Decider(each) for each in asked.deciders)


def _name(user_id: int) -> str:
    return host().names([user_id]).get(user_id, "")
