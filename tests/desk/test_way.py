"""Ways to the desk and back, and teachers whom the host limits to some of the learners."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from iciinsmes.companies.api import can_grade_of
from iciinsmes.platform import Role, host
from iciinsmes_campus.host import CampusHost

from .conftest import COURSE, OTHER_COURSE, W01, person, text_of, url, waiting

pytestmark = pytest.mark.django_db
QUEUE = f"/iciinsmes/desk/{COURSE}/"


def test_the_desk_leads_back_to_the_course_and_from_a_task_to_the_task(desk, first):
    assert f'href="{host().course_url(COURSE)}">Back to the course</a>' in text_of(desk.get(QUEUE))
    page = text_of(desk.get(f"{QUEUE}?assignment={quote(str(W01), safe='')}"))
    assert f'href="{host().block_url(W01)}"' in page
    assert "Back to the task" in page


@pytest.fixture
def limited(monkeypatch, anna):
    """Limit teachers to the work of Anna, as a host may."""
    only = get_user_model().objects.filter(id=anna.id)
    monkeypatch.setattr(
        CampusHost,
        "limited_to",
        lambda self, user_id, key: only if Role.TEACHER in self.roles(user_id, key) else None,
    )


def test_a_limited_teacher_sees_counts_and_opens_the_own_learners_only(desk, limited, anna, bo, version):
    own, other = waiting(anna, version), waiting(bo, version)
    page = text_of(desk.get(QUEUE))
    assert str(own) in page
    assert str(other) not in page
    assert "1 waiting" in page
    assert "1 waiting" in text_of(desk.get(reverse("iciinsmes:desk")))
    assert desk.get(url(own)).status_code == 200
    for name in ("desk-round", "desk-draft", "desk-reopen"):
        assert desk.post(url(other, name)).status_code == 404
    assert desk.get(url(other)).status_code == 404


def test_a_coordinator_is_not_limited(client, limited, colleague, bo, version):
    client.force_login(colleague)
    assert client.get(url(waiting(bo, version))).status_code == 200
    assert can_grade_of(user_id=colleague.id, owner_id=bo.id, course_key=COURSE)
    assert not can_grade_of(user_id=bo.id, owner_id=bo.id, course_key=COURSE)
    assert not can_grade_of(user_id=None, owner_id=bo.id, course_key=COURSE)


@pytest.fixture
def dashboard(monkeypatch, teacher):
    """Return the steps for the platform's dashboard, with stand-ins of the two modules that only an LMS has."""
    here: list[Any] = []
    names: dict[str, dict[str, Any]] = {
        "openedx_filters": {"PipelineStep": object},
        "crum": {"get_current_user": lambda: here[-1]},
    }
    for name, held in names.items():
        module = ModuleType(name)
        vars(module).update(held)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "iciinsmes.desk.dashboard", raising=False)
    found = import_module("iciinsmes.desk.dashboard")

    def section(user, course_key=COURSE):
        here.append(user)
        context = {"course": SimpleNamespace(id=course_key), "sections": [{"section_key": "course_info"}]}
        answer = found.DashboardSection().run_filter(context=context, template_name="x.html")
        assert answer["template_name"] == "x.html"
        return answer["context"]["sections"][1:]

    def tabs(user, course_key=COURSE):
        return found.DashboardTab().run_filter(tabs=[], user=user, course_key=course_key)["tabs"]

    yield SimpleNamespace(section=section, tabs=tabs)
    sys.modules.pop("iciinsmes.desk.dashboard", None)


def test_the_dashboards_of_the_platform_get_a_way_for_staff(dashboard, first, teacher, colleague):
    """As tests/openedx/test_way.py tries it in a real LMS (Teak)."""
    (section,) = dashboard.section(teacher)
    content = section["fragment"].content
    assert (section["section_key"], section["section_display_name"]) == ("iciinsmes_desk", "Desk")
    assert "1 waiting" in content
    assert f'href="{QUEUE}"' in content
    assert "/trail/" not in content
    assert f"/iciinsmes/trail/{COURSE}/csv/" in dashboard.section(colleague)[0]["fragment"].content
    (tab,) = dashboard.tabs(teacher)
    assert tab["url"] == host().absolute(QUEUE)


def test_nobody_else_gets_it_nor_a_course_that_has_no_assignment(dashboard, first, teacher, anna):
    assert dashboard.section(anna) == dashboard.tabs(anna) == []
    stranger = person("eve", Role.TEACHER, OTHER_COURSE)
    assert dashboard.section(stranger) == dashboard.tabs(stranger) == []
    assert dashboard.section(stranger, OTHER_COURSE) == dashboard.tabs(stranger, OTHER_COURSE) == []


def test_who_may_have_reports_and_does_not_teach_gets_reports_only(dashboard, first, bo, monkeypatch, client):
    monkeypatch.setattr(CampusHost, "may_have_reports", lambda _self, user_id, _key: user_id == bo.id)
    content = dashboard.section(bo)[0]["fragment"].content
    assert f"/iciinsmes/trail/{COURSE}/csv/" in content
    assert QUEUE not in content
    assert dashboard.tabs(bo) == []
    client.force_login(bo)
    assert client.get(reverse("iciinsmes:trail-csv", args=[COURSE])).status_code == 200
    assert client.get(reverse("iciinsmes:trail", args=[COURSE])).status_code == 404
