"""People of one firm and their work in each state of its life, made through the doors."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.block import WorkplaceAssignmentBlock
from iciinsmes.assignments.data import Audience, MentorNeed, MentorRule, RoundData, Task
from iciinsmes.assignments.models import Assignment
from iciinsmes.assignments.rules import WorkState
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.companies import api as companies
from iciinsmes.evidence import api as evidence
from iciinsmes.evidence.kinds import KINDS
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import AnswerForm, Matter, MaySee, MentorContact, RequestData
from iciinsmes.platform import Role, host
from iciinsmes.review import api as review
from tests.drafts import draft
from tests.evidence.makers import image
from tests.people import SME1, person

from .paths import CHANNELS, FINDING

W01 = SME1.make_usage_key("workplace_assignment", "w01")
UNIT = f"/courses/{SME1}/block/{W01}/"
#: So often a learner may hand in.
ROUNDS = 2
MENTOR = MentorContact(name="Henrik Sturmfeld", email="henrik@example.org", language="en", role="owner")
YES = AnswerForm(
    verdict="confirmed",
    took_place="yes",
    change="The foreman reads the delivery notes every Friday now.",
    may_see=MaySee(coach=True, teacher=True),
    name="Henrik Sturmfeld",
    role="owner",
)
BACK = replace(YES, verdict="sent_back", took_place="partly", change="", remark="The driver was not asked.")
_ADDRESS = "https://reviews.example.org/nordlicht/kitchens-and-stairs/all-reviews-of-this-year?sort=newest"


def people_of_a_company(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Make two learners of one firm, a teacher and a coordinator; somebody has opened the task."""
    written = WorkplaceAssignmentBlock.authored_task
    monkeypatch.setattr(WorkplaceAssignmentBlock, "authored_task", lambda block: _with_mentor_and_team(written(block)))
    anna = person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor")
    jonas = person("jonas", Role.LEARNER, first_name="Jonas", last_name="Ahrwald")
    firm = companies.create_company(name="Tischlerei Nordlicht", country="DE", size_class="10-49")
    for user in (anna, jonas):
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    browser = Client()
    browser.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")
    _open_task(browser)
    return SimpleNamespace(
        anna=anna,
        jonas=jonas,
        teacher=person("tea", Role.TEACHER, first_name="Marta", last_name="Nowak"),
        coordinator=person("cora", Role.COORDINATOR, first_name="Cora", last_name="Bendix"),
    )


def _open_task(browser: Client) -> None:
    """Look at the task until it is there: a page of the test before may still hold a table for a moment."""
    for _look in range(5):
        answer = browser.get(UNIT, follow=True)
        if Assignment.objects.filter(usage_key=W01, current__isnull=False).exists():
            return
        time.sleep(1)
    raise AssertionError(f"{UNIT} did not open the task: {answer.status_code} {answer.content[:2000]!r}")


def write(user: Any, *, audience: Audience = Audience.TEACHERS) -> int:
    """Write a draft with evidence of every kind; return its revision."""
    for kind, fields in (
        ("link", {"url": _ADDRESS, "title": "What people write about us"}),
        ("note", {"date": "2026-03-02", "place": "Counter", "text": "Two customers asked for a date, and left."}),
        ("table", {"title": "Channels", "text": "Channel\tPer month\nPhone\t60\nCounter\t90", "header": "on"}),
    ):
        rules = assignments.current_task(usage_key=W01).task.evidence
        evidence.add_item(owner_id=user.pk, subject=draft(user.pk, W01), kind=kind, fields=fields, rules=rules)
    _photo(user)
    saved = assignments.save_draft(
        user_id=user.pk,
        usage_key=W01,
        answers={"channels": CHANNELS, "finding": FINDING},
        hours=None,
        base_revision=assignments.work_of(user_id=user.pk, usage_key=W01).draft.revision,
        audience=audience,
        own_work=True,
    )
    return saved.revision


def hand_in(user: Any, *colleagues: Any, audience: Audience = Audience.TEACHERS) -> RoundData:
    """Write, and hand in, with colleagues if any are given."""
    revision = write(user, audience=audience)
    return assignments.hand_in(
        user_id=user.pk,
        usage_key=W01,
        base_revision=revision,
        version_id=assignments.current_task(usage_key=W01).id,
        colleague_ids=[colleague.pk for colleague in colleagues],
    )


def ask(user: Any, row: RoundData, contact: MentorContact = MENTOR) -> RequestData:
    """Ask a mentor about the round."""
    matter = Matter(
        title=row.task.title,
        learner="Anna Lindmoor",
        company="Tischlerei Nordlicht",
        course=host().course(SME1).title,
        handed_in_at=row.handed_in_at,
        purpose=row.task.purpose,
        checks=row.task.mentor.checks,
        answers=tuple((question.title, row.answers[question.key]) for question in row.task.questions),
    )
    return mentors.request_sign_off(
        subject=round_subject(row.shared_id, SME1, None), asked_by=user.pk, contact=contact, matter=matter
    )


def answer(request: RequestData, form: AnswerForm = YES) -> None:
    """Let the mentor answer."""
    mentors.answer(token=token(request), form=form)


def token(request: RequestData) -> str:
    """Return the secret of the link."""
    return request.link.partition("#")[2]


def link(request: RequestData) -> str:
    """Return the link on this site; the secret stands behind the #, which no server gets."""
    return f"{reverse('iciinsmes:mentor-door')}#{token(request)}"


def judge(teacher: Any, row: RoundData, outcome: str) -> None:
    """Release a result."""
    version = assignments.current_task(usage_key=W01)
    review.propose(
        subject=row.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.pk,
        points={criterion.key: criterion.levels[-1].points for criterion in version.task.rubric.criteria},
        comments={criterion.key: "Eight channels, each with a number." for criterion in version.task.rubric.criteria},
        feedback="You listened where nobody listens. Next: say who reads the returns.",
        base_revision=None,
    )
    assignments.release(round_id=row.id, assessor_id=teacher.pk, outcome=outcome)


def reach(state: WorkState, people: SimpleNamespace) -> RoundData | None:
    """Bring Anna's work into the state; return its newest round, None where nothing was ever handed in."""
    if state is WorkState.DRAFT:
        write(people.anna)
        return None
    row = hand_in(people.anna, audience=Audience.GALLERY)
    if state is WorkState.REVISE:
        judge(people.teacher, row, "revise")
    elif state is not WorkState.HANDED_IN:
        answer(ask(people.anna, row), BACK if state is WorkState.SENT_BACK else YES)
    if state is WorkState.PASSED:
        judge(people.teacher, row, "passed")
    return row


def _photo(user: Any) -> None:
    content = image(size=(800, 600))
    rules = assignments.current_task(usage_key=W01).task.evidence
    upload = evidence.begin_upload(
        owner_id=user.pk,
        subject=draft(user.pk, W01),
        name="board-in-the-workshop-with-everything-that-customers-said-in-november.jpg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        rules=rules,
    )
    evidence.receive_chunk(upload_id=upload.id, owner_id=user.pk, offset=0, content=content)
    evidence.finish_upload(upload_id=upload.id, owner_id=user.pk, rules=rules)


def _with_mentor_and_team(task: Task) -> Task:
    """Return the task as an author sets it who wants a mentor's word, takes everything and lets colleagues join in."""
    checks = ("Were drivers and bookkeeping asked?", "Is one channel listened to from now on?")
    return replace(
        task,
        mentor=MentorRule(MentorNeed.REQUIRED, checks),
        evidence=replace(task.evidence, kinds=tuple(KINDS)),
        team=True,
        statement=True,
        attempts=ROUNDS,
    )
