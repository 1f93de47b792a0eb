"""A task, two people, and a way to attach evidence without sending bytes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api
from iciinsmes.assignments.data import LateRule, Task, TaskQuestion
from iciinsmes.companies import api as companies
from iciinsmes.evidence.data import EvidenceRules
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.platform import Role
from iciinsmes.review.data import Criterion, Rubric, RubricLevel
from tests import people
from tests.drafts import draft

COURSE = CourseKey.from_string("course-v1:ICI+TEST+2026")
BLOCK = UsageKey.from_string("block-v1:ICI+TEST+2026+type@workplace_assignment+block@w01")


def levels() -> tuple[RubricLevel, ...]:
    return tuple(RubricLevel(Decimal(points), f"level {points}") for points in range(4))


@pytest.fixture
def task() -> Task:
    return Task(
        title="Where do our customers speak?",
        purpose="Know every place.",
        instructions="<p>List the channels.</p>",
        hours=Decimal(4),
        weight=Decimal(10),
        questions=(
            TaskQuestion(key="channels", title="Channels", min_words=3, max_words=8),
            TaskQuestion(key="remark", title="Anything else", required=False),
        ),
        evidence=EvidenceRules(max_files=2, required=True),
        rubric=Rubric(
            criteria=(
                Criterion(key="completeness", title="Completeness", levels=levels()),
                Criterion(key="finding", title="Finding", levels=levels()),
            )
        ),
    )


@pytest.fixture
def strict(task) -> Task:
    """A task of which a day too late costs ten percent, with two rounds."""
    return replace(task, late=LateRule(percent_per_day=Decimal(10)), attempts=2)


def person(name: str, role: str | None = None):
    return people.person(name, Role(role) if role else None, COURSE, first_name=name.title())


@pytest.fixture
def learner(db):
    return person("anna", "learner")


@pytest.fixture
def other_learner(db):
    return person("bo", "learner")


@pytest.fixture
def teacher(db):
    return person("tea", "teacher")


@pytest.fixture
def version(task, db):
    return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task)


def attach(user, name: str = "list.csv", usage_key: UsageKey = BLOCK) -> EvidenceFile:
    """Attach a stored file; how files come to be stored is tested in tests/evidence."""
    subject = draft(user.id, usage_key)
    return EvidenceFile.objects.create(
        owner=user,
        subject=subject.id,
        subject_kind=subject.kind,
        course_key=subject.course_key,
        name=name,
        description="the list",
        state="stored",
        announced_size=3,
        announced_sha256="",
        received=3,
        size=3,
        sha256="a" * 64,
        content_type="text/csv",
        storage_name="none",
    )


GOOD = {"channels": "phone mail counter driver", "remark": ""}


@pytest.fixture
def handed_in(learner, version):
    """A first round of ``learner``."""
    attach(learner)
    api.save_draft(user_id=learner.id, usage_key=BLOCK, answers=GOOD, hours=Decimal("4.5"), base_revision=0)
    return api.hand_in(user_id=learner.id, usage_key=BLOCK, base_revision=1, version_id=version.id)


@pytest.fixture
def firm(db):
    return companies.create_company(name="Nordlicht", country="de")


@pytest.fixture
def join(firm):
    def join(name, company=firm):
        user = person(name, "learner")
        companies.join_company(company_id=company.id, user_id=user.id, course_key=COURSE)
        return user

    return join


@pytest.fixture
def anna(join):
    return join("anna")


@pytest.fixture
def bo(join):
    return join("bo")


@pytest.fixture
def cy(join):
    return join("cy")


def work(user):
    return api.work_of(user_id=user.id, usage_key=BLOCK)


def write(user, text=GOOD):
    if not work(user).files:
        attach(user)
    revision = work(user).draft.revision
    return api.save_draft(
        user_id=user.id, usage_key=BLOCK, answers=text, hours=Decimal(2), base_revision=revision
    ).revision


def hand_in(user, version, *colleagues):
    return api.hand_in(
        user_id=user.id,
        usage_key=BLOCK,
        base_revision=write(user),
        version_id=version.id,
        colleague_ids=[colleague.id for colleague in colleagues],
    )
