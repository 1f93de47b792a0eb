"""A course with a teacher, and learners who have handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Task, TaskQuestion
from iciinsmes.assignments.models import Round, Work
from iciinsmes.assignments.subjects import round_subject
from iciinsmes.companies import api as companies
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.platform import Role
from iciinsmes.review.data import Criterion, Rubric, RubricLevel
from iciinsmes.waiting import api as waiting_room
from iciinsmes.waiting.data import WaitingFor
from tests import people

COURSE = CourseKey.from_string("course-v1:ICI+DESK+2026")
OTHER_COURSE = CourseKey.from_string("course-v1:ICI+OTHER+2026")
W01 = UsageKey.from_string("block-v1:ICI+DESK+2026+type@workplace_assignment+block@w01")
W02 = UsageKey.from_string("block-v1:ICI+DESK+2026+type@workplace_assignment+block@w02")

PASS = {"points.completeness": "2", "points.finding": "3"}


def make_task(title: str = "W01 Where do our customers speak?") -> Task:
    anchors = ("missing", "fewer than 5", "8 or more", "with volumes and gaps")
    levels = tuple(RubricLevel(Decimal(number), text) for number, text in enumerate(anchors))
    return Task(
        title=title,
        purpose="Know every place where customers speak.",
        instructions="<p>List the <b>channels</b>.</p><script>alert(1)</script>",
        hours=Decimal(4),
        weight=Decimal(10),
        questions=(
            TaskQuestion(key="channels", title="Two unused sources"),
            TaskQuestion(key="remark", title="Anything else", required=False),
        ),
        evidence=EvidenceRules(),
        rubric=Rubric(
            criteria=(
                Criterion(key="completeness", title="Completeness", levels=levels),
                Criterion(key="finding", title="Finding", levels=levels),
            )
        ),
    )


def person(name: str, role: Role | None = None, course_key: CourseKey = COURSE):
    return people.person(name, role, course_key, first_name=name.title())


def waiting(
    owner, version, *, days: float = 1, answers: Mapping[str, str] | None = None, files=(), due_at=None
) -> UUID:
    """Put a round into the queue as if handed in ``days`` ago; how rounds come about is tested elsewhere."""
    since = timezone.now() - timedelta(days=days)
    work, _created = Work.objects.get_or_create(
        assignment_id=version.assignment_id, owner=owner, defaults={"course_key": version.course_key}
    )
    work.round_count += 1
    work.state = "handed_in"
    work.save()
    firm = companies.company_of(user_id=owner.pk, course_key=version.course_key)
    row = Round.objects.create(
        work=work,
        company_id=firm.id if firm else None,
        number=work.round_count,
        task_version_id=version.id,
        handed_in_by=owner,
        handed_in_at=since,
        due_at=due_at,
        answers=answers or {"channels": "Delivery notes."},
        evidence=list(files),
        hours=Decimal("4.5"),
    )
    waiting_room.leave(subjects=list(work.rounds.values_list("id", flat=True)))
    waiting_room.enter(
        subject=round_subject(row.id, version.course_key, row.company_id),
        waiting_for=WaitingFor.STAFF,
        owner_id=owner.pk,
        title=version.task.title,
        place=str(version.usage_key),
        number=row.number,
        late=due_at is not None and since > due_at,
        since=since,
    )
    return row.id


def url(round_id: UUID, name: str = "desk-round", course_key: CourseKey = COURSE) -> str:
    return reverse(f"iciinsmes:{name}", args=[course_key, round_id])


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def image(name="note.jpg"):
    return {
        "id": str(uuid4()),
        "name": name,
        "description": "A delivery note",
        "size": 2048,
        "content_type": "image/jpeg",
    }


@pytest.fixture
def version(db):
    return assignments.freeze_task(usage_key=W01, course_key=COURSE, task=make_task())


@pytest.fixture
def other_version(db):
    return assignments.freeze_task(usage_key=W02, course_key=COURSE, task=make_task("W02 Ask twenty customers"))


@pytest.fixture
def teacher(db):
    return person("tea", Role.TEACHER)


@pytest.fixture
def colleague(db):
    return person("cora", Role.COORDINATOR)


@pytest.fixture
def anna(db):
    """A learner with a firm."""
    user = person("anna", Role.LEARNER)
    firm = companies.create_company(name="Tischlerei Nordlicht", country="de")
    companies.join_company(company_id=firm.id, user_id=user.id, course_key=COURSE)
    return user


@pytest.fixture
def bo(db):
    """A learner without a firm."""
    return person("bo", Role.LEARNER)


@pytest.fixture
def desk(client, teacher):
    """A browser in which the teacher is signed in."""
    client.force_login(teacher)
    return client


@pytest.fixture
def first(anna, version):
    """Anna's round, waiting for thirty days: overdue in any country's calendar."""
    return waiting(anna, version, days=30)


@pytest.fixture
def second(bo, version):
    """Bo's round, waiting for two days."""
    return waiting(bo, version, days=2)


@pytest.fixture
def open_page(live_server, teacher, browser) -> Iterator[Any]:
    """Return a function that opens an address as the teacher; pages complain and ask for nothing elsewhere."""
    client = Client()
    client.force_login(teacher)
    complaints: list[str] = []
    contexts = []

    def complain(text: str, is_wrong: bool) -> None:
        if is_wrong:
            complaints.append(text)

    def open_page(address: str, *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="en", **options)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complain(message.text, "Content Security" in message.text))
        here = (live_server.url, f"blob:{live_server.url}")
        page.on("request", lambda sent: complain(sent.url, not sent.url.startswith(here)))
        page.goto(live_server.url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
