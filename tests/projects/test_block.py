"""The block as hosts meet it: one project in many units, shown to each kind of person, edited, done, cleared."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from lxml import etree
from opaque_keys.edx.keys import UsageKey
from webob import Request
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.reference.user_service import XBlockUser
from xblock.test.tools import TestRuntime

from iciinsmes.authoring.olx_values import OlxError
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import to_json
from iciinsmes.projects import api
from iciinsmes.projects.authoring import settings_from_xml, settings_to_xml
from iciinsmes.projects.block import DevelopmentProjectBlock
from iciinsmes.projects.data import Gate, Kind, Light, ProjectBlockSettings, ProjectDoneWhen, ProjectPart
from iciinsmes.projects.days import today
from iciinsmes.projects.models import BlockDone, Project
from iciinsmes_campus.host import CampusHost
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Grade
from tests.people import SME1
from tests.projects.conftest import CHARTER, CONTACT, KPI, enter, enter_with_file
from tests.projects.test_gates import ask, ask_owner, decide, go_to

PLAN = SME1.make_usage_key("development_project", "plan")
GOAL = SME1.make_usage_key("development_project", "goal")


class Users:
    """The user service with the platform's attribute."""

    def __init__(self, user_id):
        self.user_id = user_id

    def get_current_user(self):
        user = XBlockUser()
        user.opt_attrs["edx-platform.user_id"] = self.user_id
        return user


def settings(**changes) -> ProjectBlockSettings:
    return ProjectBlockSettings(**{"title": "Our customers", "part": ProjectPart.CUSTOMERS, **changes})


def make(user=None, chosen: ProjectBlockSettings | None = None, key: UsageKey = PLAN) -> DevelopmentProjectBlock:
    runtime = TestRuntime(services={"user": Users(user and user.pk)})
    block = DevelopmentProjectBlock(runtime, DictFieldData({}), ScopeIds(None, "development_project", key, key))
    block.store(chosen or settings())
    return block


def call(block, handler: str, data) -> tuple[int, dict]:
    answer = block.handle(handler, Request.blank("/", method="POST", body=json.dumps(data).encode()))
    return answer.status_code, answer.json


@pytest.fixture
def at_once(monkeypatch, django_capture_on_commit_callbacks):
    """Do what is left for after the commit when the test says so."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def is_complete(user, key: UsageKey = PLAN) -> bool:
    return learning.completions(user_id=user.pk, course_key=SME1).get(key, 0) == 1


def test_members_see_the_part_of_their_one_project_in_every_unit(people):
    assert "data-ici-project" in make(people.anna).student_view().content
    project = Project.objects.get().id
    enter(project, people.jonas, Kind.CONTACT, CONTACT)
    for key in (PLAN, GOAL):
        content = make(people.anna, key=key).student_view().content
        assert "I took a day off for you, twice." in content
    assert Project.objects.count() == 1
    assert "I took a day off" not in make(people.anna, settings(part=ProjectPart.DIARY)).student_view().content


@pytest.mark.parametrize("part", list(ProjectPart))
def test_every_part_can_be_shown_empty_and_filled(people, project, part):
    fragment = make(people.anna, settings(part=part)).student_view()
    assert fragment.js_init_fn == "iciProject"
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    enter(project, people.anna, Kind.KPI, KPI)
    enter(project, people.anna, Kind.CONTACT, CONTACT)
    enter(project, people.anna, Kind.MEASURE, title="Driver notes", role="Foreman", due="2026-12-10")
    assert make(people.anna, settings(part=part)).student_view().content


@pytest.mark.parametrize("view", ["student_view", "public_view", "author_view"])
def test_everybody_else_reads_what_it_is_about_and_no_project_begins(people, view):
    for user in (None, people.teacher, people.coach, people.stranger):
        content = getattr(make(user), view)().content
        assert "data-ici-project" not in content
        assert "Our customers" in content
    assert not Project.objects.exists()


def test_a_coach_sees_the_own_firms_in_any_course_and_nobody_elses(
    people, project, django_assert_max_num_queries, monkeypatch
):
    asked = ask(people, project, has_owner=False)
    where = {"project_id": project, "user_id": people.coach.pk, "course_key": SME1}
    block = make(people.coach)
    assert "No talk yet" in block.student_view().content
    api.log_talk(**where, held_on=today(), about="Customers", next_on=today() + timedelta(days=14))
    peers = api.open_project(user_id=people.peer.pk, course_key=SME1).id
    with django_assert_max_num_queries(12):
        content = block.student_view().content
    for words in ("Nordlicht", "On track", "Waits for your decision: G0", "Next talk on", f"/requests/{asked.id}/"):
        assert words in content
    assert "Pod Dębem" not in content
    assert str(peers) not in content
    assert "Nordlicht" not in make(people.stranger).student_view().content
    monkeypatch.setattr(CampusHost, "looking_as_learner", lambda _host, _course_key: people.teacher.pk)
    assert "Nordlicht" not in block.student_view().content


def test_who_shows_no_project_is_shown_a_way(people):
    assert "/iciinsmes/projects/coached/" in make(people.coach).student_view().content
    assert f"/iciinsmes/projects/{SME1}/matrix/" in make(people.teacher).student_view().content
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    assert f"/iciinsmes/companies/{SME1}/" in make(people.jonas).student_view().content


@pytest.mark.parametrize("part", list(ProjectPart))
def test_a_part_costs_at_most_six_statements(people, full, part, django_assert_max_num_queries):
    for number in range(20):
        enter(full, people.anna, Kind.CONTACT, CONTACT, customer=f"C{number}")
    where = {"project_id": full, "course_key": SME1}
    enter_with_file(full, people.anna, "late.csv", b"day;late\n1;2\n")
    ask_owner(people, ask(people, full))
    until = today() + timedelta(days=5)
    api.override_light(**where, user_id=people.coach.pk, light=Light.GREEN, reason="Talked.", until=until)
    block = make(people.anna, settings(part=part))
    block.student_view()
    with django_assert_max_num_queries(6):
        block.student_view()


def test_it_is_done_for_all_members_once_the_part_is_filled(people, project, at_once):
    for user in (people.anna, people.jonas):
        make(user).student_view()
    assert not is_complete(people.anna)
    with at_once():
        enter(project, people.jonas, Kind.CONTACT, CONTACT)
    assert is_complete(people.anna)
    assert is_complete(people.jonas)
    assert not is_complete(people.peer)
    grade = Grade.objects.get(user=people.anna, usage_key=PLAN)
    assert (grade.earned, grade.possible) == (1, 1)
    assert make(people.anna).result_points() == (Decimal(1), Decimal(1))


def test_it_stays_done_and_is_booked_once(people, project, at_once):
    make(people.anna).student_view()
    with at_once():
        entry = enter(project, people.anna, Kind.CONTACT, CONTACT)
    first = BlockDone.objects.get(user=people.anna)
    with at_once():
        api.remove_entry(project_id=project, user_id=people.anna.pk, course_key=SME1, entry_id=entry.id, revision=1)
        enter(project, people.anna, Kind.CONTACT, CONTACT)
    assert BlockDone.objects.get(user=people.anna) == first
    assert is_complete(people.anna)


def test_who_joins_later_finds_done_what_the_firm_has_done(people, project, at_once):
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    make(people.anna).student_view()
    with at_once():
        enter(project, people.anna, Kind.CONTACT, CONTACT)
    assert not is_complete(people.jonas)
    companies.join_company(company_id=people.firm.id, user_id=people.jonas.pk, course_key=SME1)
    make(people.jonas).student_view()
    assert is_complete(people.jonas)


def test_a_gate_makes_it_done_where_the_author_says_so(people, project, at_once):
    chosen = settings(part=ProjectPart.GATES, done_when=ProjectDoneWhen.GATE, gate=1, weight=Decimal(5))
    make(people.anna, chosen, GOAL).student_view()
    with at_once():
        go_to(project, people, Gate.GOAL)
    assert not is_complete(people.anna, GOAL)
    with at_once():
        go_to(project, people, Gate.INSIGHT)
    assert is_complete(people.anna, GOAL)
    assert Grade.objects.get(user=people.anna, usage_key=GOAL).earned == 5


def test_what_a_file_says_was_decided_makes_nothing_done(people, project, at_once):
    go_to(project, people, Gate.INSIGHT)
    file = api.project_as_json(project_id=project)
    chosen = settings(part=ProjectPart.GATES, done_when=ProjectDoneWhen.GATE, gate=1, weight=Decimal(5))
    asked = settings(part=ProjectPart.GATES)
    with at_once():
        made = api.bring_in(user_id=people.peer.pk, course_key=SME1, content=json.dumps(file).encode())
        contents = [make(people.peer, *each).student_view().content for each in ((chosen, GOAL), (asked, PLAN))]
        api.settle(project_id=made.id)
    assert made.gate == Gate.INSIGHT
    assert not BlockDone.objects.exists()
    assert not Grade.objects.exists()
    assert all("Brought in with a file: nobody here has decided it." in content for content in contents)
    with at_once():
        again = api.ask_for_decision(project_id=made.id, user_id=people.peer.pk, course_key=SME1, has_owner=False)
        decide(people.teacher, again, *again.open_deciders)
        make(people.peer, settings(part=ProjectPart.GATES, done_when=ProjectDoneWhen.GATE, gate=2), GOAL).student_view()
    assert is_complete(people.peer, GOAL)


def test_whoever_only_has_a_weight_of_nothing_gets_no_grade(people, project, at_once):
    make(people.anna, settings(weight=Decimal(0))).student_view()
    with at_once():
        enter(project, people.anna, Kind.CONTACT, CONTACT)
    assert is_complete(people.anna)
    assert not Grade.objects.filter(user=people.anna, usage_key=PLAN).exists()


def test_clearing_takes_what_is_done_and_leaves_the_firms_project(people, project, at_once):
    make(people.anna).student_view()
    with at_once():
        enter(project, people.anna, Kind.CONTACT, CONTACT)
    make(people.anna).clear(people.anna.pk)
    assert make(people.anna).result_points() is None
    assert len(api.entries_of(project_id=project)) == 1


def test_the_editor_shows_and_saves_what_was_chosen(people):
    block = make(people.teacher)
    assert "Our customers" in block.studio_view().content
    sent = to_json(
        settings(title="The plan", part=ProjectPart.PLAN, done_when=ProjectDoneWhen.GATE, gate=3, weight=Decimal("2.5"))
    )
    assert call(block, "studio_submit", sent)[0] == 200
    assert block.authored() == settings(
        title="The plan", part=ProjectPart.PLAN, done_when=ProjectDoneWhen.GATE, gate=3, weight=Decimal("2.5")
    )
    status, answer = call(block, "studio_submit", {**sent, "title": " ", "gate": 9, "weight": "-1"})
    assert status == 400
    assert sorted(problem["place"] for problem in answer["problems"]) == ["gate", "title", "weight"]
    assert call(block, "studio_submit", {**sent, "part": "kitchen"})[0] == 400


@pytest.mark.parametrize(
    "chosen",
    [
        settings(),
        settings(part=ProjectPart.WHOLE, instructions="<p>Look at <b>G2</b> &amp; go on.</p>", weight=Decimal(0)),
        settings(done_when=ProjectDoneWhen.GATE, gate=2, weight=Decimal("7.5")),
    ],
)
def test_olx_comes_back_as_it_was(chosen):
    node = etree.Element("development_project")
    settings_to_xml(chosen, node)
    assert settings_from_xml(etree.fromstring(etree.tostring(node))) == chosen


@pytest.mark.parametrize("wrong", ['part="kitchen"', 'gate="9"', 'gate="two"', 'weight="much"', 'done_when="soon"'])
def test_olx_that_is_wrong_is_told(wrong):
    with pytest.raises(OlxError):
        settings_from_xml(etree.fromstring(f"<development_project {wrong}/>"))


def test_apps_and_the_search_learn_what_it_is(people, project):
    block = make(people.anna, settings(instructions="<p>Ask five.</p>"))
    assert block.student_view_data()["part"] == "customers"
    found = block.index_dictionary()
    assert found["content_type"] == "Development project"
    assert "Ask five." in found["content"]["text"]
    status, state = call(block, "student_view_user_state", {})
    assert (status, state["gate"], state["light"], state["done"]) == (200, 0, "green", False)
    assert call(make(people.stranger), "student_view_user_state", {})[0] == 404


def test_what_authors_write_cannot_run(people, project):
    content = make(people.anna, settings(instructions="<p onclick='x()'>Read</p><script>x()</script>"))
    assert "<p>Read</p>" in content.student_view().content
    assert "<script>" not in content.student_view().content


def test_an_author_is_told_what_is_missing(people):
    assert make(people.teacher, settings(title="")).validate().messages
    assert not make(people.teacher).validate().messages
