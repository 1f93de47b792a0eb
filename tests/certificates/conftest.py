"""A run that has chosen its criteria, a learner who has everything, another one who has just begun, and the staff."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.certificates import api
from iciinsmes.certificates.data import CertificateThresholds, Criteria, Issuer, Presence
from iciinsmes.companies import api as companies
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers, ExerciseStep
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.projects.evaluation import look_again
from iciinsmes.projects.models import Project
from iciinsmes.self_check import api as self_check
from tests.desk.conftest import make_task
from tests.exercises.conftest import BLOCK, keep, opened
from tests.people import SME1, person
from tests.self_check.conftest import BLOCK as CHECK
from tests.self_check.conftest import send

W01 = UsageKey.from_string("block-v1:ICIinSMEs+SME1+2026+type@workplace_assignment+block@w01")
ISSUER = Issuer(name="Łódź Chamber of Crafts", country="PL", region="Łódź", quality="EQAVET")
#: The exercise of the tests is with the net promoter score (T02); the other core tools have none.
CRITERIA = Criteria(
    kind="SME1",
    thresholds=CertificateThresholds(own_data=1),
    left_out=("T05", "T08", "T13"),
    issuer=ISSUER,
    with_points=True,
)
NAME = "Łucja Żółć-Őry Ķēniņa"


@pytest.fixture
def people(db) -> SimpleNamespace:
    """Everybody; ``anna`` and ``bo`` learn, each in a firm of the own."""
    found = SimpleNamespace(
        anna=person("anna", Role.LEARNER, first_name="Łucja Żółć-Őry", last_name="Ķēniņa"),
        bo=person("bo", Role.LEARNER, first_name="Bo"),
        teacher=person("tea", Role.TEACHER),
        cora=person("cora", Role.COORDINATOR),
        stranger=person("stranger"),
    )
    for user, name in ((found.anna, "Nordlicht"), (found.bo, "Pod Dębem")):
        firm = companies.create_company(name=name, country="de")
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    return found


@pytest.fixture
def run(people) -> Criteria:
    """Criteria, and a session."""
    api.add_session(course_key=SME1, held_on=date(2026, 10, 1), title="Start")
    return api.choose_criteria(course_key=SME1, by_id=people.cora.pk, criteria=CRITERIA)


@pytest.fixture
def complete(people, run) -> Any:
    """Anna, who has done everything."""
    attend(people, people.anna)
    use_tool(people.anna)
    assignments.waive(
        owner_id=people.anna.pk, usage_key=W01, course_key=SME1, by_id=people.teacher.pk, reason="Did it before."
    )
    pass_gates(people.anna, 0, 1, 2)
    check_twice(people.anna)
    talk(people)
    return people.anna


def attend(people, *users) -> None:
    for session in api.sessions_of(course_key=SME1):
        api.mark(
            session_id=session.id,
            course_key=SME1,
            by_id=people.teacher.pk,
            changes={user.pk: Presence() for user in users},
        )


def use_tool(user, *, own: bool = True) -> None:
    opened(user)
    data = keep(user).id if own else None
    made = exercises.begin(user_id=user.pk, usage_key=BLOCK, data_set_id=data, options={})
    while made.step is not ExerciseStep.DONE:
        given = Answers(words="We ask those who gave 6 or less what went wrong.", choice=0)
        made = exercises.answer(user_id=user.pk, attempt_id=made.id, step=made.step, given=given)


def pass_gates(user, *gates: int) -> None:
    """Let the firm's project be through gates; how it gets there is tested with projects."""
    project = projects.open_project(user_id=user.pk, course_key=SME1)
    row = Project.objects.get(pk=project.id)
    for gate in gates:
        row.passages.create(gate=gate, passed_on=date(2026, 10, 1))
    look_again(row, row.changed_at)


def check_twice(user) -> None:
    send(user)
    self_check.begin_again(user_id=user.pk, usage_key=CHECK)
    send(user, 3, number=2)


def talk(people, result: str = "own_work") -> None:
    company = companies.company_of(user_id=people.anna.pk, course_key=SME1)
    project = projects.current_project(company_id=company.id)
    content = {"on": "2026-10-02", "present": "Owner, coach", "questions": "Why?", "result": result}
    projects.write_exam(project_id=project.id, user_id=people.teacher.pk, course_key=SME1, content=content)


def issue(people, user) -> Any:
    return api.issue(learner_id=user.pk, course_key=SME1, by_id=people.cora.pk)


def browser(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()
