"""The pages of a project: what comes first, what they cost, and what readers see."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.projects import api
from iciinsmes.projects.data import Decider, Kind, Light, ProjectPart
from iciinsmes.projects.days import today
from iciinsmes.projects.page import render_part
from tests.people import SME1
from tests.projects.conftest import CONTACT, KPI, change, enter
from tests.projects.test_gates import ask, ask_owner, decide, go_to

PARTS = [part for part in ProjectPart if part is not ProjectPart.WHOLE]


def signed_in(user):
    RequestCache.clear_all_namespaces()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(project, name="project", *more):
    return reverse(f"iciinsmes:{name}", args=[SME1, project, *more])


def test_the_page_shows_where_the_project_stands(people, full):
    page = signed_in(people.anna).get(url(full)).content.decode()
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    for words in (
        "Kitchens on the promised day",
        "Nothing is done about the risk “Fire”",
        "31 from 46, goal 15",
        "48 % of the way",
        "I took a day off for you, twice.",
        "insight: The day matters.",
        "1 of 5 customers for gate G2",
        "1.5",
    ):
        assert words in text
    assert re.search(r"\d+ days late", text)
    assert text.index("Nothing is done") < text.index("G0 Start") < text.index("31 from 46")


def test_what_falls_below_the_start_is_negative_and_a_missing_value_no_zero(people, project):
    kpi = enter(project, people.anna, Kind.KPI, KPI)
    assert "0 % of the way" not in signed_in(people.anna).get(url(project)).content.decode()
    enter(project, people.anna, Kind.READING, kpi=str(kpi.id), on="2026-10-01", value="49.1")
    assert "-10\N{NO-BREAK SPACE}% of the way" in signed_in(people.anna).get(url(project)).content.decode()


def test_a_measure_of_who_has_left_says_so(people, full):
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    measure = next(iter(api.entries_of(project_id=full, kinds=[Kind.MEASURE])))
    change(full, people.anna, measure, due="2090-01-01")
    page = signed_in(people.anna).get(url(full)).content.decode()
    assert "Jonas Ahrwald (has left)" in page
    assert "left</span>" in page


@pytest.mark.parametrize("who", ["anna", "coach", "teacher"])
def test_the_whole_page_costs_at_most_twelve_queries(people, full, who, django_assert_max_num_queries):
    client = signed_in(getattr(people, who))
    client.get(url(full))
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(12):
        assert client.get(url(full)).status_code == 200


@pytest.mark.parametrize("part", ProjectPart)
def test_a_part_costs_at_most_three_queries_on_top_of_its_project(people, full, part, django_assert_max_num_queries):
    ask(people, full)
    shown = api.show_project(project_id=full, user_id=people.anna.pk, course_key=SME1)
    with django_assert_max_num_queries(3):
        render_part(part, shown)


def test_a_project_is_read_in_the_same_queries_whatever_is_in_it(people, full, django_assert_max_num_queries):
    for number in range(20):
        enter(full, people.jonas, Kind.CONTACT, CONTACT, customer=f"C{number}")
    RequestCache.clear_all_namespaces()
    with django_assert_max_num_queries(7):
        api.show_project(project_id=full, user_id=people.anna.pk, course_key=SME1)


@pytest.mark.parametrize("part", ProjectPart)
@pytest.mark.parametrize("who", ["coach", "teacher", "cora"])
def test_readers_see_every_part_and_no_form(people, full, part, who):
    page = signed_in(getattr(people, who)).get(url(full, "project-part", part.value))
    assert page.status_code == 200
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("part", ProjectPart)
def test_who_is_not_in_the_firm_finds_nothing(people, full, part):
    companies.leave_company(user_id=people.jonas.pk, course_key=SME1)
    for user in (people.peer, people.stranger, people.jonas):
        assert signed_in(user).get(url(full, "project-part", part.value)).status_code == 404


def test_a_part_that_there_is_not_is_not_found(people, project):
    assert signed_in(people.anna).get(url(project, "project-part", "weather")).status_code == 404


def test_a_coachs_light_is_told_with_name_reason_and_last_day(people, full):
    api.override_light(
        project_id=full,
        user_id=people.coach.pk,
        course_key=SME1,
        light=Light.GREEN,
        reason="We have talked about it.",
        until=today() + timedelta(days=5),
    )
    page = signed_in(people.anna).get(url(full)).content.decode()
    assert "coach has set: On track." in page
    assert "We have talked about it." in page
    assert "Nothing is done about the risk" in page


def test_what_a_learner_wrote_is_text(people, project):
    enter(project, people.anna, Kind.CONTACT, CONTACT, words="<b onclick=x>bold</b>")
    for part in (ProjectPart.WHOLE, ProjectPart.CUSTOMERS):
        page = signed_in(people.anna).get(url(project, "project-part", part.value)).content.decode()
        assert "<b onclick" not in page
        assert "&lt;b onclick" in page


def test_learners_ask_and_see_who_has_to_answer(people, full):
    client = signed_in(people.anna)
    gates = url(full, "project-part", "gates")
    page = client.get(gates).content.decode()
    assert "Ask for the decision" in page or "Ask anyway" in page
    client.post(url(full, "project-gate-ask"), {"proposal": "go", "reason": "We are ready."})
    page = client.get(gates).content.decode()
    assert "Still to answer:" in page
    assert "We are ready." in page
    link = url(full, "project-gate-link", api.requests_of(project_id=full)[0].id, "owner")
    answer = client.post(link, {"do": "ask", "mentor_name": "", "mentor_role": "owner", "mentor_language": "en"})
    assert answer.status_code == 422
    answer = client.post(link, {"do": "ask", "mentor_name": "Hanne", "mentor_role": "owner", "mentor_language": "en"})
    assert "Hanne" in answer.content.decode()
    assert "QR code" in answer.content.decode()
    request_id = re.search(r'name="request"\s+value="([^"]+)"', answer.content.decode())
    assert request_id is not None
    answer = client.post(link, {"do": "revoke", "request": request_id[1]})
    assert "does not work any more" in answer.content.decode()


def test_a_changed_request_is_asked_again_with_one_click(people, full):
    asked = ask(people, full)
    ask_owner(people, asked)
    (charter,) = api.entries_of(project_id=full, kinds=[Kind.CHARTER])
    change(full, people.anna, charter, goal="Something else")
    client = signed_in(people.anna)
    assert "Changed since: ask again" in client.get(url(full, "project-part", "gates")).content.decode()
    client.post(url(full, "project-gate-ask"), {"proposal": "go"})
    newest, old = api.requests_of(project_id=full)
    assert (newest.state, newest.is_outdated, old.state) == ("open", False, "withdrawn")


def test_coach_and_staff_decide_on_the_page_and_others_cannot(people, full):
    go_to(full, people, 2)
    asked = ask(people, full)
    where = url(full, "project-gate-decide", asked.id)
    decision = {"decider": "coach", "verdict": "iterate", "reason": ""}
    for user in (people.anna, people.peer, people.stranger):
        assert signed_in(user).post(where, decision).status_code == 404
    coach = signed_in(people.coach)
    assert "You decide as" in coach.get(url(full, "project-part", "gates")).content.decode()
    refused = coach.post(where, {**decision, "reason": " "})
    assert refused.status_code == 422
    assert "Write a reason." in refused.content.decode()
    coach.post(where, {**decision, "reason": "Ask two more."})
    page = signed_in(people.anna).get(url(full, "project-part", "gates")).content.decode()
    assert "Ask two more." in page


def test_going_back_and_stopping(people, full):
    go_to(full, people, 4)
    client = signed_in(people.anna)
    client.post(url(full, "project-gate-back"), {"gate": "2"})
    assert api.show_project(project_id=full, user_id=people.anna.pk, course_key=SME1).facts.gate == 2
    refused = client.post(url(full, "project-gate-ask"), {"proposal": "stop", "reason": ""})
    assert (refused.status_code, "Write a reason." in refused.content.decode()) == (422, True)
    client.post(url(full, "project-gate-ask"), {"proposal": "stop", "reason": "Nobody would pay."})
    asked = api.requests_of(project_id=full)[0]
    decide(people.coach, asked, Decider.COACH, verdict=asked.proposal, reason="Agreed.")
    page = client.get(url(full)).content.decode()
    assert "Begin the next project" in page
    assert "Stopped on" in page
    late = client.post(url(full, "project-entry-new", "diary"), {"text": "Too late", "on": "2026-10-01"})
    assert late.status_code == 422
    assert "Too late" in late.content.decode()
    assert client.get(url(full, "project-entry-new", "diary")).status_code == 404
    begun = client.post(url(full, "project-next"))
    assert begun["Location"] != url(full)
    assert client.get(begun["Location"]).status_code == 200


def test_pauses_are_declared_changed_ended_and_taken_back(people, full):
    client = signed_in(people.anna)
    first, last = today(), today() + timedelta(days=10)
    refused = client.post(url(full, "project-pause"), {"first": first.isoformat(), "last": "", "reason": "Summer"})
    assert (refused.status_code, 'value="Summer"' in refused.content.decode()) == (422, True)
    client.post(
        url(full, "project-pause"), {"first": first.isoformat(), "last": last.isoformat(), "reason": "High season"}
    )
    page = client.get(url(full, "project-part", "plan")).content.decode()
    assert "1 of 2 pauses, 11 days" in page
    assert "Go on today" in page
    (pause,) = api.pauses_of(project_id=full)
    client.post(url(full, "project-pause-change", pause.id), {"do": "end"})
    (pause,) = api.pauses_of(project_id=full)
    assert pause.last_on == first
    later = {"first": last.isoformat(), "last": (last + timedelta(days=2)).isoformat(), "reason": "Holiday"}
    client.post(url(full, "project-pause"), later)
    _first, second = api.pauses_of(project_id=full)
    moved = {**later, "do": "change", "last": (last + timedelta(days=3)).isoformat()}
    client.post(url(full, "project-pause-change", second.id), moved)
    assert api.pauses_of(project_id=full)[1].last_on == last + timedelta(days=3)
    client.post(url(full, "project-pause-change", second.id), {"do": "remove"})
    assert len(api.pauses_of(project_id=full)) == 1
