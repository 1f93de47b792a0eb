"""Staff find the way to the desk in the platform's own pages, and back; learners never see it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import openedx_filters.learning.filters as filters
import pytest
from common.djangoapps.student.models import CourseEnrollment
from common.djangoapps.student.roles import CourseDataResearcherRole, CourseInstructorRole
from common.djangoapps.student.tests.factories import UserFactory
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from edx_django_utils.cache import RequestCache
from lms.djangoapps.courseware.tabs import get_course_tab_list
from openedx.features.course_experience import course_home_url
from xmodule.modulestore.tests.factories import CourseFactory

from iciinsmes.desk.dashboard import DashboardTab
from iciinsmes.platform import host
from iciinsmes.waiting import api as waiting_room

from .course import CourseTestCase
from .work import hand_in

SERVICE = "lms"


class WayTest(CourseTestCase):
    """A course in which one work waits."""

    def setUp(self) -> None:
        """Let a learner hand in."""
        super().setUp()
        self.round = hand_in(self.assignment, self.learner)
        self.desk = f"/iciinsmes/desk/{self.course.id}/"
        self.filtered = f"{self.desk}?assignment={quote(str(self.assignment.location), safe='')}"

    def get(self, user: Any, address: str, status: int = 200) -> str:
        RequestCache.clear_all_namespaces()
        self.client.login(username=user.username, password=self.TEST_PASSWORD)
        answer = self.client.get(address)
        assert answer.status_code == status, answer.content
        text: str = answer.content.decode()
        return text

    def page_of_unit(self, user: Any) -> str:
        return self.get(user, reverse("render_xblock", args=[str(self.assignment.location)]))

    def view_as(self, user: Any, role: str) -> None:
        self.client.login(username=user.username, password=self.TEST_PASSWORD)
        address = reverse("masquerade_update", args=[str(self.course.id)])
        answer = self.client.post(address, {"role": role}, content_type="application/json")
        assert answer.status_code == 200, answer.content


class BlockTest(WayTest):
    """The line above a task."""

    def test_staff_read_how_many_works_wait_and_find_them(self) -> None:
        page = self.page_of_unit(self.teacher)
        assert "<strong>1 waiting</strong>" in page
        assert f'href="{self.filtered}" target="_top"' in page
        assert "data-ici-draft" not in page

    def test_whom_the_course_team_enrolled_finds_both_the_desk_and_the_own_work(self) -> None:
        CourseEnrollment.enroll(self.teacher, self.course.id)
        page = self.page_of_unit(self.teacher)
        assert f'href="{self.filtered}"' in page
        assert "data-ici-draft" in page

    def test_learners_see_nothing_of_it_and_pay_nothing_for_it(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            page = self.page_of_unit(self.learner)
        assert "/iciinsmes/desk/" not in page
        assert not [query for query in asked.captured_queries if "COUNT(" in query["sql"] and "_work" in query["sql"]]

    def test_who_views_the_course_as_a_learner_sees_what_learners_see(self) -> None:
        self.view_as(self.teacher, "student")
        assert "/iciinsmes/desk/" not in self.page_of_unit(self.teacher)
        self.view_as(self.teacher, "staff")
        assert "/iciinsmes/desk/" in self.page_of_unit(self.teacher)


class CourseTabTest(WayTest):
    """The tab of the course, on the LMS's pages and in the learning MFE's bar."""

    def bar(self, user: Any) -> dict[str, str]:
        """Return address by title, as the learning MFE asks for it."""
        RequestCache.clear_all_namespaces()
        self.client.login(username=user.username, password=self.TEST_PASSWORD)
        answer = self.client.get(reverse("course-home:course-metadata", args=[str(self.course.id)]))
        assert answer.status_code == 200, answer.content
        return {tab["title"]: tab["url"] for tab in answer.json()["tabs"]}

    def test_staff_have_it_and_learners_have_not(self) -> None:
        assert self.bar(self.teacher)["Desk"] == f"http://testserver{self.desk}"
        bar = self.bar(self.learner)
        assert bar
        assert "Desk" not in bar

    def test_it_is_a_link_to_the_desk_on_the_lms_own_pages_too(self) -> None:
        (tab,) = [tab for tab in get_course_tab_list(self.teacher, self.course) if tab.type == "iciinsmes_desk"]
        assert tab.link_func(self.course, reverse) == self.desk

    def test_a_course_without_the_add_on_has_none(self) -> None:
        other = CourseFactory.create()
        CourseInstructorRole(other.id).add_users(self.teacher)
        assert "iciinsmes_desk" not in [tab.type for tab in get_course_tab_list(self.teacher, other)]
        assert "iciinsmes_desk" not in self.get(self.teacher, reverse("instructor_dashboard", args=[str(other.id)]))

    def test_it_costs_learners_no_query_beyond_the_platforms(self) -> None:
        from iciinsmes.platform.openedx.course_tab import DeskTab

        get_course_tab_list(self.learner, self.course)
        with self.assertNumQueries(0):
            assert not DeskTab.is_enabled(self.course, self.learner)


class DashboardTest(WayTest):
    """The section of the instructor dashboard, and the tab of its successor."""

    def dashboard(self, user: Any, status: int = 200) -> str:
        return self.get(user, reverse("instructor_dashboard", args=[str(self.course.id)]), status)

    def test_staff_have_a_section_that_leads_to_the_desk(self) -> None:
        page = self.dashboard(self.teacher)
        assert 'data-section="iciinsmes_desk"' in page
        assert '<section id="iciinsmes_desk"' in page
        assert "1 waiting" in page
        assert f'href="{self.desk}"' in page
        assert "/firms/" not in page

    def test_instructors_find_firms_and_personal_data_too(self) -> None:
        coordinator = UserFactory.create()
        CourseInstructorRole(self.course.id).add_users(coordinator)
        page = self.dashboard(coordinator)
        assert f"/iciinsmes/companies/{self.course.id}/firms/" in page
        assert f"/iciinsmes/trail/{self.course.id}/csv/" in page

    def test_data_researchers_get_reports_and_nothing_else(self) -> None:
        researcher = UserFactory.create()
        CourseDataResearcherRole(self.course.id).add_users(researcher)
        page = self.dashboard(researcher)
        report = f"/iciinsmes/trail/{self.course.id}/csv/"
        assert f'href="{report}"' in page
        assert f'href="{self.desk}"' not in page
        self.client.login(username=researcher.username, password=self.TEST_PASSWORD)
        assert self.client.get(report).status_code == 200
        self.get(researcher, self.desk, 404)
        self.get(researcher, f"/iciinsmes/trail/{self.course.id}/", 404)
        self.get(self.teacher, report, 404)
        self.get(self.learner, report, 404)

    def test_learners_get_neither(self) -> None:
        self.dashboard(self.learner, 404)
        step = DashboardTab("", [])
        assert step.run_filter([], self.learner, self.course.id)["tabs"] == []

    def test_the_steps_stand_beside_those_of_the_site(self) -> None:
        configured: dict[str, Any] = getattr(settings, "OPEN_EDX_FILTERS_CONFIG", {})
        (render, tabs) = (
            configured[f"org.openedx.learning.instructor.dashboard.{name}.v1"]["pipeline"]
            for name in ("render.started", "tabs.requested")
        )
        assert "iciinsmes.desk.dashboard.DashboardSection" in render
        assert "iciinsmes.desk.dashboard.DashboardTab" in tabs

    def test_the_newer_dashboard_gets_a_tab_with_a_whole_address(self) -> None:
        first = {"tab_id": "course_info", "title": "Course Info", "url": "/x/course_info", "sort_order": 10}
        tabs = DashboardTab("", []).run_filter([first], self.teacher, self.course.id)["tabs"]
        assert [tab["tab_id"] for tab in tabs] == ["course_info", "iciinsmes_desk"]
        assert tabs[1]["url"] == f"{host().absolute('')}{self.desk}"

    def test_the_newer_dashboard_asks_for_it(self) -> None:
        asked = getattr(filters, "InstructorDashboardTabsRequested", None)
        if asked is None:
            pytest.skip("this release has no such filter")
        tabs, _user, _key = asked.run_filter(tabs=[], user=self.teacher, course_key=self.course.id)
        assert [tab["tab_id"] for tab in tabs] == ["iciinsmes_desk"]


class BackTest(WayTest):
    """From the desk to the course, and from mails to the desk."""

    def test_the_desk_leads_back_to_the_course(self) -> None:
        assert f'href="{course_home_url(self.course.id)}"' in self.get(self.teacher, self.desk)

    def test_who_came_from_a_task_goes_back_to_it(self) -> None:
        address = f"{host().absolute('')}/courses/{self.course.id}/jump_to/{self.assignment.location}"
        assert f'href="{address}"' in self.get(self.teacher, self.filtered)

    def test_the_notice_of_a_hand_in_leads_to_the_round(self) -> None:
        from iciinsmes.notices import api as notices

        (notice,) = notices.inbox(user_id=self.teacher.id).notices
        address = notices.open_notice(user_id=self.teacher.id, notice_id=notice.id)
        assert str(self.round.id) in address
        self.get(self.teacher, address)

    def test_the_queue_is_still_there_for_a_work_of_a_deleted_block(self) -> None:
        self.store.delete_item(self.assignment.location, self.teacher.id)
        self.get(self.teacher, self.filtered)
        block = self.assignment.location
        assert waiting_room.waiting_count(course_key=block.course_key, place=str(block)) == 1
