"""The courses of a teacher, and the queue of one."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning

from .conftest import COURSE, W02, person, text_of, url, waiting

pytestmark = pytest.mark.django_db

QUEUE = f"/iciinsmes/desk/{COURSE}/"
PART = {"HX-Request": "true"}


def many(count, version):
    for number in range(count):
        waiting(person(f"learner{number:03}", Role.LEARNER), version, days=count - number)


def test_index_names_the_courses_and_what_waits(desk, first, second):
    page = text_of(desk.get(reverse("iciinsmes:desk")))
    assert QUEUE in page
    assert "2 waiting" in page
    assert "1 overdue" in page


def test_index_costs_the_same_for_many_courses(desk, teacher, first, django_assert_max_num_queries):
    for number in range(20):
        key = CourseKey.from_string(f"course-v1:ICI+C{number}+2026")
        learning.enrol(user_id=teacher.id, course_key=key, role=Role.TEACHER)
    with django_assert_max_num_queries(6):  # two of them for the working days of each course
        page = text_of(desk.get(reverse("iciinsmes:desk")))
    assert page.count("Nothing waits") == 20


def test_index_without_a_course_says_what_to_do(client, anna):
    client.force_login(anna)
    assert "You do not teach or coordinate a course here yet." in text_of(client.get(reverse("iciinsmes:desk")))


def test_longest_waiting_first_with_firm_and_days(desk, second, first):
    page = text_of(desk.get(QUEUE))
    assert page.index(url(first)) < page.index(url(second))
    assert "Tischlerei Nordlicht" in page
    assert "30 days" in page
    assert "2 waiting" in page
    assert "1 overdue" in page


def test_wide_screens_begin_with_the_longest_waiting(desk, second, first):
    page = text_of(desk.get(QUEUE))
    assert "Delivery notes." in page
    assert f'action="{url(first)}"' in page


def test_nothing_waits(desk):
    page = text_of(desk.get(QUEUE))
    assert "Nothing waits for you. When a learner hands in, the work appears here." in page


def test_one_assignment(desk, first, bo, other_version):
    of_w02 = waiting(bo, other_version)
    page = text_of(desk.get(QUEUE, {"assignment": str(W02)}))
    assert url(of_w02) in page
    assert url(first) not in page
    # The filter goes along to the work and back.
    assert f"{url(of_w02)}?{urlencode({'assignment': str(W02)})}" in page


def test_nothing_waits_for_one_assignment(desk, first, other_version):
    page = text_of(desk.get(QUEUE, {"assignment": str(W02)}))
    assert "Nothing waits by this filter." in page


@pytest.mark.parametrize(
    "query",
    [
        {"assignment": "nonsense"},
        {"assignment": "block-v1:ICI+OTHER+2026+type@workplace_assignment+block@w01"},
        {"after": "nonsense"},
        {"after": "2026-01-01_x"},
        {"after": "0001-01-01T00:00:00+00:00_1"},
        {"after": f"2020-01-01T00:00:00+00:00_{10**30}"},
    ],
)
def test_nonsense_in_the_address_shows_everything(desk, first, query):
    assert url(first) in text_of(desk.get(QUEUE, query))


def test_paged_by_key(desk, version):
    many(30, version)
    page = text_of(desk.get(QUEUE))
    assert "Learner000" in page
    assert "Learner025" not in page
    more = next(part for part in page.split('"') if part.startswith(f"{QUEUE}?after="))
    part = text_of(desk.get(more.replace("&amp;", "&"), headers=PART))
    assert "<html" not in part
    assert "Learner025" in part
    assert "Learner000" not in part
    assert "Show more" not in part
    # Without a script the same address is a page.
    assert "<html" in text_of(desk.get(more.replace("&amp;", "&")))


def test_the_end_of_the_queue_leads_to_its_beginning(desk, first):
    page = text_of(desk.get(QUEUE, {"after": "2100-01-01T00:00:00+00:00_1"}))
    assert "This is the end of the queue." in page
    assert f'href="{QUEUE}"' in page


def test_names_are_escaped(desk, version):
    waiting(person("<script>x</script>", Role.LEARNER), version)
    assert "<script>X" not in text_of(desk.get(QUEUE))


def test_no_answer_is_kept_by_the_browser(desk, first):
    response = desk.get(QUEUE)
    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("count", [1, 200])
def test_queries_do_not_grow(desk, version, count, django_assert_max_num_queries):
    many(count, version)
    with django_assert_max_num_queries(15):  # one of them for the life of the work shown
        desk.get(QUEUE)
    with django_assert_max_num_queries(9):
        desk.get(QUEUE, headers=PART)
