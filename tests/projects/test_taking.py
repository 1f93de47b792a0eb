"""Results of exercises and passed rounds become evidence or a value with one click, once, as copies that stay."""

from __future__ import annotations

import pytest

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Work
from iciinsmes.companies import api as companies
from iciinsmes.exercises import api as exercises
from iciinsmes.exercises.data import Answers
from iciinsmes.projects import api
from iciinsmes.projects.data import Kind
from iciinsmes.projects.errors import NotAllowedInProject, UnknownProject, UnknownProjectEntry
from tests.campus.everybody import T02, W01
from tests.desk.conftest import make_task, waiting
from tests.exercises.conftest import exercise, keep
from tests.people import SME1
from tests.projects.conftest import KPI, enter
from tests.projects.test_pages import signed_in, url


@pytest.fixture
def result(people, project):
    """A result of Anna's."""
    exercises.open_exercise(user_id=people.anna.pk, usage_key=T02, course_key=SME1, settings=exercise())
    data = keep(people.anna)
    attempt = exercises.begin(user_id=people.anna.pk, usage_key=T02, data_set_id=data.id, options={"earlier": 20.0})
    exercises.answer(user_id=people.anna.pk, attempt_id=attempt.id, step=attempt.step, given=Answers())
    return f"result:{attempt.result.id}"


def who(project, user):
    return {"project_id": project, "user_id": user.pk, "course_key": SME1}


def test_a_result_becomes_evidence_with_one_click_and_only_once(people, project, result):
    client = signed_in(people.anna)
    assert "From your exercises and tasks" in client.get(url(project, "project-part", "customers")).content.decode()
    for _time in range(2):
        assert client.post(url(project, "project-take"), {"key": result}).status_code == 302
    (entry,) = api.entries_of(project_id=project, kinds=[Kind.RESULT])
    assert entry.content["words"]
    assert entry.content["link"].endswith(f"{result.partition(':')[2]}/")
    assert "From your exercises and tasks" not in client.get(url(project, "project-part", "customers")).content.decode()


def test_a_figure_becomes_a_value_with_its_source(people, project, result):
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    client = signed_in(people.anna)
    page = client.get(url(project, "project-take"), {"key": result}).content.decode()
    figure = api.figures_of(user_id=people.anna.pk, course_key=SME1, key=result)[0]
    assert figure.title in page
    for _time in range(2):
        client.post(url(project, "project-take"), {"key": result, "figure": figure.key, "kpi": str(kpi.id)})
    (reading,) = api.entries_of(project_id=project, kinds=[Kind.READING])
    (evidence,) = api.entries_of(project_id=project, kinds=[Kind.RESULT])
    assert reading.content["value"] == f"{figure.value.normalize():f}"
    assert reading.content["result"] == str(evidence.id)


def test_only_ones_own_can_be_taken_over_and_only_into_the_own_project(people, project, result):
    with pytest.raises(UnknownProjectEntry):
        api.take_over(**who(project, people.jonas), key=result)
    with pytest.raises(UnknownProjectEntry):
        api.take_figure(**who(project, people.jonas), key=result, figure="nps", kpi=project)
    companies.leave_company(user_id=people.anna.pk, course_key=SME1)
    with pytest.raises(UnknownProject):
        api.take_over(**who(project, people.anna), key=result)
    with pytest.raises((UnknownProjectEntry, NotAllowedInProject)):
        api.take_over(**who(project, people.coach), key=result)


def test_a_passed_round_becomes_evidence_and_one_that_waits_does_not(people, project):
    version = assignments.freeze_task(usage_key=W01, course_key=SME1, task=make_task())
    round_id = waiting(people.anna, version)
    assert api.offers_for(user_id=people.anna.pk, course_key=SME1, entries=()) == ()
    # How a teacher passes it is tested elsewhere.
    Work.objects.filter(rounds=round_id).update(state="passed")
    (offer,) = api.offers_for(user_id=people.anna.pk, course_key=SME1, entries=())
    entry = api.take_over(**who(project, people.anna), key=offer.key)
    assert entry.content["title"] == version.task.title
    assert version.task.questions[0].title in entry.content["words"]
    assert api.offers_for(user_id=people.anna.pk, course_key=SME1, entries=[entry]) == ()
