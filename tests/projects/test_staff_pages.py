"""Who gets onto the pages of staff, what stands on them for whom, and what is kept of what was done there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.audit_log import api as audit_log
from iciinsmes.projects import api
from iciinsmes.projects.data import Gate, Kind, Light
from iciinsmes.projects.days import today
from iciinsmes.projects.models import LightOverride
from iciinsmes.projects.staff_forms import RulesForm
from iciinsmes.projects.talk_views import render_talks
from iciinsmes.waiting.models import WaitingItem
from tests.people import SME1
from tests.projects.conftest import CHARTER, enter
from tests.projects.many import many


def browser(user) -> Client:
    RequestCache.clear_all_namespaces()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name, *more):
    return reverse(f"iciinsmes:{name}", args=[SME1, *more])


def opened(user, name, *more) -> int:
    return browser(user).get(address(name, *more)).status_code


def text(user, name, *more) -> str:
    response = browser(user).get(address(name, *more))
    assert response.status_code == 200
    return response.content.decode()


TALK = {"held_on": "2026-10-01", "about": "The drivers.", "agreements": "Call five\n\nWait", "notes": "In a hurry."}


def log(people, project, **more):
    return browser(people.coach).post(address("project-talks", project), {**TALK, **more})


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("projects-matrix", {"teacher", "cora"}),
        ("projects-overview", {"cora"}),
        ("projects-overview-csv", {"cora"}),
        ("projects-rules", {"cora"}),
        ("projects-coached-run", {"anna", "coach", "teacher", "cora", "stranger"}),
    ],
)
def test_who_opens_what(people, project, page, who):
    everybody = ("anna", "coach", "teacher", "cora", "stranger")
    assert {name for name in everybody if opened(getattr(people, name), page) == 200} == who


def test_a_board_shows_its_own_coach_the_firm_and_nobody_else(people, project):
    assert "Nordlicht" in text(people.coach, "projects-coached-run")
    for other in (people.teacher, people.anna, people.stranger):
        assert "Nordlicht" not in text(other, "projects-coached-run")


def test_talks_are_written_by_coach_and_staff_only(people, project):
    assert [opened(each, "project-talks", project) for each in (people.coach, people.teacher, people.cora)] == [200] * 3
    for other in (people.anna, people.peer, people.stranger):
        for name in ("project-talks", "project-light", "project-light-end"):
            assert browser(other).post(address(name, project), TALK).status_code == 404
    assert api.talks_of(project_id=project) == ()


def test_the_firm_reads_a_talk_without_the_notes(people, project):
    assert log(people, project).status_code == 302
    found = render_talks(project_id=project, course_key=SME1)
    assert "The drivers." in found
    assert "Call five" in found
    assert "In a hurry." not in found
    assert "<form" not in found
    assert "In a hurry." in text(people.coach, "project-talks", project)
    assert "In a hurry." not in text(people.teacher, "project-talks", project)
    (talk,) = api.talks_of(project_id=project)
    assert [each.text for each in talk.agreements] == ["Call five", "Wait"]
    assert opened(people.teacher, "project-talk", project, talk.id) == 404


def test_what_is_wrong_stands_at_its_field_and_keeps_what_was_typed(people, project):
    future = (today() + timedelta(days=1)).isoformat()
    response = log(people, project, held_on=future)
    assert response.status_code == 422
    assert "still to come" in response.content.decode()
    assert "The drivers." in response.content.decode()
    response = log(people, project, next_on="2020-01-01")
    assert "The next talk comes after this one." in response.content.decode()
    response = log(people, project, about="", agreements=" ")
    assert 'id="about-wrong"' in response.content.decode()


def test_a_slower_tab_sees_both_texts(people, project):
    log(people, project)
    (talk,) = api.talks_of(project_id=project)
    page = address("project-talk", project, talk.id)
    assert browser(people.coach).post(page, {**TALK, "about": "First", "revision": "1"}).status_code == 302
    response = browser(people.coach).post(page, {**TALK, "about": "Second", "revision": "1"})
    assert response.status_code == 409
    body = response.content.decode()
    assert "First" in body
    assert "Second" in body
    assert browser(people.coach).post(page, {**TALK, "about": "Second", "revision": "2"}).status_code == 302
    assert api.talks_of(project_id=project)[0].about == "Second"


def test_a_measure_by_one_click_and_only_of_an_agreement_there_is(people, project):
    log(people, project)
    (talk,) = api.talks_of(project_id=project)
    page = address("project-talk-measure", project, talk.id)
    assert browser(people.coach).post(page, {"number": "0"}).status_code == 302
    assert [each.content["title"] for each in api.entries_of(project_id=project)] == ["Call five"]
    for number in ("9", "-1", "x", ""):
        assert browser(people.coach).post(page, {"number": number}).status_code == 404
    assert browser(people.peer).post(page, {"number": "1"}).status_code == 404


def test_a_light_of_ones_own(people, project):
    page = address("project-light", project)
    given = {"light": "red", "reason": "The owner is ill.", "until": (today() + timedelta(days=3)).isoformat()}
    assert browser(people.coach).post(page, {**given, "reason": ""}).status_code == 422
    assert browser(people.coach).post(page, {**given, "light": "blue"}).status_code == 422
    assert browser(people.coach).post(page, {**given, "until": "2020-01-01"}).status_code == 422
    assert not LightOverride.objects.exists()
    assert browser(people.coach).post(page, given).status_code == 302
    assert "The owner is ill." in text(people.coach, "projects-coached-run")
    assert browser(people.coach).post(address("project-light-end", project)).status_code == 302
    assert api.override_of(project_id=project) is None


def test_learners_never_see_the_staffs_own_light(people, project):
    many(9, member=people.anna)
    WaitingItem.objects.update(since=timezone.now() - timedelta(days=40))
    assert "longer than 10 working days" in text(people.teacher, "projects-matrix")
    assert "working days" not in text(people.anna, "project", project)


def test_the_overview_names_no_firm_and_hides_small_groups(people):
    rows = many(30)
    for page in ("projects-overview", "projects-overview-csv"):
        found = text(people.cora, page)
        assert not any(row.company.name in found or row.title in found for row in rows)
    lines = text(people.cora, "projects-overview-csv").splitlines()
    assert "Trade,7 smaller groups," in lines
    assert "Bakery" not in "".join(lines)
    assert "Light,On track,12" in lines


def rules_post(**more):
    form = RulesForm(rules=api.rules_of(course_keys=[SME1])[SME1])
    return {**{name: form[name].value() for name in form.fields}, **more}


def test_rules_are_chosen_reset_and_kept_in_the_trail(people, project):
    page = address("projects-rules")
    assert browser(people.cora).post(page, rules_post(behind_amber="5", week_2="8")).status_code == 302
    chosen = api.rules_of(course_keys=[SME1])[SME1]
    assert str(chosen.thresholds.behind_amber) == "0.05"
    assert chosen.weeks[Gate.INSIGHT] == 8
    assert browser(people.cora).post(address("projects-rules-reset")).status_code == 302
    assert str(api.rules_of(course_keys=[SME1])[SME1].thresholds.behind_amber) == "0.10"
    verbs = [each.verb for each in audit_log.page_of(course_key=SME1, actor_id=people.cora.pk).entries]
    assert verbs.count("project_rules_set") == 2


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"silence_amber_days": "29"}, {"silence_amber_days", "silence_red_days"}),
        ({"kpi_amber_pace": "20"}, {"kpi_amber_pace", "kpi_red_pace"}),
        ({"late_red": "101"}, {"late_red"}),
        ({"hold_days": "40"}, {"hold_days"}),
        ({"customers": "many"}, {"customers"}),
        ({"week_3": "2"}, {"week_3"}),
        ({"week_0": "0"}, {"week_0"}),
        ({"week_8": "900"}, {"week_8"}),
    ],
)
def test_amber_is_never_later_than_red(people, given, wrong):
    response = browser(people.cora).post(address("projects-rules"), rules_post(**given))
    assert response.status_code == 422
    body = response.content.decode()
    assert {name for name in rules_post() if f'id="w-{name}"' in body} == wrong


def test_an_empty_field_takes_the_usual_number(people):
    browser(people.cora).post(address("projects-rules"), rules_post(silence_amber_days="", week_0=""))
    assert api.rules_of(course_keys=[SME1])[SME1].thresholds.silence_amber_days == 14


@pytest.mark.parametrize(
    ("page", "who", "most"), [("projects-coached-run", "coach", 20), ("projects-matrix", "teacher", 30)]
)
def test_pages_cost_the_same_for_any_number(people, page, who, most):
    def cost() -> int:
        client = browser(getattr(people, who))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(page)).status_code == 200
        return len(caught)

    many(10, coach=people.coach, member=people.anna)
    # Whether a calendar is looked into depends on how long the oldest waits, not on how many wait.
    WaitingItem.objects.update(since=timezone.now() - timedelta(days=40))
    cost()
    few = cost()
    many(190, coach=people.coach, member=people.anna)
    assert cost() == few <= most


def test_ended_projects_say_so(people, project):
    enter(project, people.anna, Kind.CHARTER, CHARTER)
    row = many(1, coach=people.coach)[0]
    type(row).objects.filter(id=project).update(ended_on=today(), stopped=True, light=Light.RED.value)
    assert "Stopped" in text(people.coach, "projects-coached-run")
    assert "Stopped" in text(people.teacher, "projects-matrix")
    assert "Set a light" not in text(people.coach, "project-talks", project)
