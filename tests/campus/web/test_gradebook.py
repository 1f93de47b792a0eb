"""The gradebook on the page and as a file."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iciinsmes.companies import api as companies
from iciinsmes.lib.untrusted import harmless
from iciinsmes.platform import Role
from iciinsmes_campus.demo.course import QUIZ_1
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Grade, Membership

from .conftest import COURSE, W01, answer, browser, key, page, person

PAGE = reverse("campus:gradebook", args=[COURSE])
FILE = reverse("campus:gradebook-csv", args=[COURSE])


def crowd(number: int) -> None:
    """Enrol so many learners with a grade each, in few statements."""
    users = get_user_model()
    start = users.objects.count()
    made = users.objects.bulk_create(
        [
            users(username=f"learner{place}", first_name="Learner", last_name=f"{place:04}")
            for place in range(start, start + number)
        ]
    )
    Membership.objects.bulk_create([Membership(user=user, course_key=COURSE) for user in made])
    Grade.objects.bulk_create(
        [Grade(user=user, course_key=COURSE, usage_key=W01, earned=Decimal(7), possible=Decimal(10)) for user in made]
    )


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode()


def rows_of(response) -> list[list[str]]:
    content = text_of(response)
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


def test_learners_by_subsections(tea, anna, bo):
    firm = companies.create_company(name="Tischlerei Nordlicht", country="de")
    companies.join_company(company_id=firm.id, user_id=anna.id, course_key=COURSE)
    answer(anna, *QUIZ_1)
    for name in ("w01", "w02", "w03", "w04", "w05"):
        assignment = key("workplace_assignment", name)
        learning.book_grade(user_id=anna.id, usage_key=assignment, earned=Decimal(10), possible=Decimal(10))
    learning.complete(user_id=bo.id, usage_key=W01, fraction=1)
    html = " ".join(page(tea, "gradebook").content.decode().split())
    assert "Anna Test" in html
    assert "Tischlerei Nordlicht" in html
    # All assignments, which count 60 %, and one of the five quizzes that count 15 % together.
    assert "<strong>63 %</strong>" in html
    assert html.count("✓ passed") == 1
    assert "10/10" in html
    assert html.count("◐ waits") == 1
    assert "Tea Test</th>" not in html


def test_only_staff_see_it_and_only_coordinators_take_it_away(anna, tea, cora, stranger):
    assert page(anna, "gradebook").status_code == 404
    assert page(stranger, "gradebook").status_code == 403
    assert page(tea, "gradebook").status_code == 200
    assert page(tea, "gradebook-csv").status_code == 404
    assert FILE not in page(tea, "gradebook").content.decode()
    assert page(cora, "gradebook-csv").status_code == 200
    assert FILE in page(cora, "gradebook").content.decode()


def test_a_teacher_of_another_course_sees_nothing(db):
    other = person("otto", Role.TEACHER, key("course", "x").course_key.replace(course="OTHER"))
    assert page(other, "gradebook").status_code == 403


@pytest.mark.parametrize("number", [1, 200])
def test_the_number_of_queries_is_the_same_for_every_size(tea, number):
    crowd(number)
    client = browser(tea)
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(PAGE).status_code == 200
    assert len(queries) == 8


def test_pages_follow_each_other_by_key(tea):
    crowd(120)
    client = browser(tea)
    seen, address = 0, PAGE
    for _number in range(3):
        response = client.get(address)
        seen += len(response.context["rows"])
        after = response.context["next_after"]
        address = f"{PAGE}?after={after}"
    assert (seen, after) == (120, None)


@pytest.mark.parametrize("mark", ["x", "-1", "", "9" * 30, "٣"])
def test_a_mark_that_is_none_begins_at_the_start(tea, anna, mark):
    assert "Anna Test" in browser(tea).get(PAGE, {"after": mark}).content.decode()


def test_nobody_yet(cora):
    assert "No learner takes part yet." in page(cora, "gradebook").content.decode()
    assert "Nobody follows here." in browser(cora).get(PAGE, {"after": "999999"}).content.decode()


def test_the_file(cora, anna, bo):
    answer(anna, *QUIZ_1, earned=0.5)
    learning.book_grade(user_id=anna.id, usage_key=W01, earned=Decimal("8.25"), possible=Decimal(10))
    learning.complete(user_id=bo.id, usage_key=W01, fraction=1)
    response = page(cora, "gradebook-csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="SME1-2026-2026-11-22.csv"'
    head, first, second = rows_of(response)
    assert head[:4] == ["Number", "Name", "Firm", "Quiz 1: Quiz 1, %"]
    told, other = dict(zip(head, first, strict=True)), dict(zip(head, second, strict=True))
    w01 = next(name for name in head if name.startswith("W 1: "))
    assert {name: value for name, value in told.items() if value} == {
        **{"Number": str(anna.id), "Name": "Anna Test", "Quiz 1: Quiz 1, %": "50.0", w01: "82.5"},
        **{head[-2]: "11", head[-1]: "no"},
    }
    assert (other[w01], other[head[-2]], other[head[-1]]) == ("waits for a result", "0", "no")


def test_the_file_opens_in_a_country_with_a_decimal_comma(cora, anna):
    learning.book_grade(user_id=anna.id, usage_key=W01, earned=Decimal("8.25"), possible=Decimal(10))
    content = text_of(browser(cora).get(FILE, headers={"accept-language": "de"}))
    assert ";82,5;" in content


def test_a_long_file_comes_in_pages(cora):
    crowd(450)
    response = page(cora, "gradebook-csv")
    with CaptureQueriesContext(connection) as queries:
        assert len(rows_of(response)) == 451
    assert len(queries) == 4 + 3 * 4


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_a_name_is_never_run_as_a_formula(cora, name):
    user = person("mallory", Role.LEARNER)
    get_user_model().objects.filter(pk=user.pk).update(first_name=name, last_name="x")
    cell = rows_of(page(cora, "gradebook-csv"))[1][1]
    assert cell.lstrip()[0] not in "=+-@"


@pytest.mark.parametrize("cell", ["=1", " =1", "\t1", "\r1", "\n1", "@x", "＝1"])  # noqa: RUF001
def test_every_cell_is_guarded(cell):
    assert harmless(cell) == f"'{cell}"


def test_ordinary_texts_stay_as_they_are():
    assert [harmless(cell) for cell in ("Anna", "12.5", "a=b", "")] == ["Anna", "12.5", "a=b", ""]


def test_two_of_one_name_are_told_apart_on_the_page_and_in_the_file(tea, cora, anna):
    for name in ("ewa1", "ewa2"):
        user = person(name, Role.LEARNER)
        get_user_model().objects.filter(pk=user.pk).update(first_name="Ewa", last_name="Nowak")
    html = page(tea, "gradebook").content.decode()
    table = text_of(browser(cora).get(FILE))
    for shown in (html, table):
        assert "Ewa Nowak (ewa1)" in shown
        assert "Ewa Nowak (ewa2)" in shown
        assert "(anna)" not in shown
