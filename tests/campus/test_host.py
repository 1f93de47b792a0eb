"""The campus as the add-on's host."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from edx_django_utils.cache import RequestCache

from iciinsmes.platform import CourseInfo, Role, host
from iciinsmes_campus.host import CampusHost
from iciinsmes_campus.learning import api as learning
from tests.campus.folders import COURSE, course_folder, key, policy

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _course(settings: Any, tmp_path: Path) -> None:
    settings.COURSES_ROOT = tmp_path
    settings.ROOT_URLCONF = "tests.campus.bare_pages"
    course_folder(tmp_path, policy(sequential__s1={"due": DUE.isoformat()}))
    RequestCache.clear_all_namespaces()


@pytest.fixture
def ann() -> Any:
    user = get_user_model().objects.create_user("ann", first_name="Ann", last_name="Berg")
    learning.enrol(user_id=user.pk, course_key=COURSE)
    return user


def test_it_is_the_host() -> None:
    assert isinstance(host(), CampusHost)


def test_people_and_courses(ann: Any, django_assert_num_queries: Any) -> None:
    tom = get_user_model().objects.create_user("tom")
    learning.enrol(user_id=tom.pk, course_key=COURSE, role=Role.TEACHER)
    campus = CampusHost()
    assert campus.roles(ann.pk, COURSE) == {Role.LEARNER}
    assert campus.staffed_courses(ann.pk) == []
    assert campus.staffed_courses(tom.pk) == [CourseInfo(COURSE, "Small course")]
    assert campus.staff_ids(COURSE) == [tom.pk]
    assert campus.course(COURSE.replace(run="1999")).title == "Small course"
    unknown = COURSE.replace(course="OLX0")
    assert campus.course(unknown).title == str(unknown)
    with django_assert_num_queries(1):
        assert campus.names([ann.pk, tom.pk, 0]) == {ann.pk: "Ann Berg", tom.pk: "tom"}
    assert campus.language(ann.pk) == "en"
    assert campus.anonymous_id(ann.pk, COURSE) == learning.anonymous_id(ann.pk, COURSE)


def test_due_dates(ann: Any) -> None:
    campus = CampusHost()
    assert campus.due_date(ann.pk, key("html", "h1")) == DUE
    assert campus.due_date(ann.pk, key("chapter", "c1")) is None
    assert campus.due_date(ann.pk, key("html", "nowhere")) is None
    learning.extend_due(user_id=ann.pk, usage_key=key("vertical", "u1"), until=DUE + timedelta(days=2))
    learning.extend_due(user_id=ann.pk, usage_key=key("chapter", "c1"), until=DUE + timedelta(days=9))
    assert campus.due_date(ann.pk, key("html", "h1")) == DUE + timedelta(days=2)
    assert campus.due_date(ann.pk, key("sequential", "s1")) == DUE + timedelta(days=9)


def test_results(ann: Any, settings: Any) -> None:
    campus = CampusHost()
    campus.book_grade(user_id=ann.pk, usage_key=key("html", "h1"), earned=Decimal(3), possible=Decimal(4))
    campus.complete(user_id=ann.pk, usage_key=key("html", "h1"), fraction=1.0)
    assert learning.grades(user_id=ann.pk, course_key=COURSE)[key("html", "h1")].earned == 3
    assert learning.completions(user_id=ann.pk, course_key=COURSE) == {key("html", "h1"): 1.0}
    assert campus.block_url(key("html", "h1")) == f"{settings.ADDRESS}/courses/{COURSE}/block/{key('html', 'h1')}/"


def test_a_third_partys_id_leads_back_to_a_member_only(ann: Any) -> None:
    campus = CampusHost()
    stranger = get_user_model().objects.create_user("stranger")
    assert campus.user_for_anonymous_id(campus.anonymous_id(ann.pk, COURSE), COURSE) == ann.pk
    assert campus.user_for_anonymous_id(campus.anonymous_id(stranger.pk, COURSE), COURSE) is None
    assert campus.user_for_anonymous_id(learning.anonymous_id(ann.pk), COURSE) is None


def test_a_result_is_taken_back_with_its_completion(ann: Any) -> None:
    campus = CampusHost()
    block, other = key("html", "h1"), key("html", "h2")
    for usage_key in (block, other):
        campus.book_grade(user_id=ann.pk, usage_key=usage_key, earned=Decimal(1), possible=Decimal(2))
        campus.complete(user_id=ann.pk, usage_key=usage_key, fraction=1.0)
    campus.forget_result(user_id=ann.pk, usage_key=block)
    campus.forget_result(user_id=ann.pk, usage_key=block)
    assert list(learning.grades(user_id=ann.pk, course_key=COURSE)) == [other]
    assert list(learning.completions(user_id=ann.pk, course_key=COURSE)) == [other]
