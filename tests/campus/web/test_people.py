"""The coordinator's list of people."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning
from iciinsmes_campus.learning.models import Membership

from .conftest import COURSE, browser, page, person, read

PAGE = reverse("campus:people", args=[COURSE])


def role_of(user) -> str | None:
    row = Membership.objects.filter(user=user, course_key=COURSE).first()
    return row.role if row else None


def enrol(client, who: str, role: str = "learner"):
    return client.post(PAGE, {"who": who, "role": role}, follow=True)


def url(name: str, user) -> str:
    return reverse(f"campus:{name}", args=[COURSE, user.pk])


def test_only_coordinators(anna, tea, stranger, cora):
    for user, status in ((anna, 404), (tea, 404), (stranger, 403), (cora, 200)):
        assert page(user, "people").status_code == status
        assert browser(user).post(url("people-role", anna), {"role": "coordinator"}).status_code in (status, 302)
    assert role_of(anna) == "coordinator"


@pytest.mark.parametrize("who", ["sven", "sven@example.org", "SVEN@example.org", "  sven "])
def test_enrol_by_user_name_or_mail(cora, stranger, who):
    response = enrol(browser(cora), who, "teacher")
    assert "Sven Test now takes part as teacher." in response.content.decode()
    assert role_of(stranger) == "teacher"


@pytest.mark.parametrize(
    ("who", "role", "message"),
    [
        ("", "learner", "Write a user name or a mail address."),
        ("nobody", "learner", "There is no account with this user name or mail address."),
        ("anna", "learner", "Anna Test already takes part as learner."),
        ("sven", "king", "Choose a role."),
        ("shared@example.org", "learner", "Several accounts have this mail address."),
        ("gone", "learner", "There is no account with this user name or mail address."),
        ("<b>x", "learner", "&lt;b&gt;x"),
    ],
)
def test_what_is_wrong_stands_at_the_field(cora, anna, stranger, who, role, message):
    for name in ("one", "two"):
        get_user_model().objects.create_user(name, "shared@example.org")
    get_user_model().objects.create_user("gone", is_active=False)
    response = enrol(browser(cora), who, role)
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert 'aria-invalid="true" aria-describedby="who-wrong"' in html
    assert role_of(stranger) is None


def test_a_user_name_wins_over_the_mail_address_of_another(cora):
    exact = get_user_model().objects.create_user("x@example.org")
    get_user_model().objects.create_user("other", "x@example.org")
    enrol(browser(cora), "x@example.org")
    assert role_of(exact) == "learner"


def test_change_a_role(cora, anna):
    client = browser(cora)
    response = client.post(url("people-role", anna), {"role": "teacher"}, follow=True)
    assert "Anna Test now takes part as teacher." in response.content.decode()
    assert role_of(anna) == "teacher"
    assert client.post(url("people-role", anna), {"role": "king"}).status_code == 422
    assert role_of(anna) == "teacher"


def test_remove_keeps_what_was_reached(cora, anna):
    read(anna, "why-firms-move-text")
    response = browser(cora).post(url("people-remove", anna), follow=True)
    assert "Anna Test no longer takes part. Results are kept." in response.content.decode()
    assert role_of(anna) is None
    assert learning.completions(user_id=anna.id, course_key=COURSE)


@pytest.mark.parametrize("name", ["people-role", "people-remove"])
def test_nobody_locks_out_the_last_coordinator(cora, name):
    response = browser(cora).post(url(name, cora), {"role": "learner"})
    assert response.status_code == 422
    assert "You cannot change or remove yourself" in response.content.decode()
    assert role_of(cora) == "coordinator"


@pytest.mark.parametrize("name", ["people-role", "people-remove"])
def test_people_of_other_courses_are_out_of_reach(cora, name, stranger):
    client = browser(cora)
    assert client.post(url(name, stranger), {"role": "learner"}).status_code == 404
    assert client.get(url(name, stranger)).status_code == 405


def test_staff_stand_first_and_learners_come_in_pages(cora, tea):
    users = get_user_model()
    made = users.objects.bulk_create([users(username=f"learner{number}") for number in range(60)])
    Membership.objects.bulk_create([Membership(user=user, course_key=COURSE) for user in made])
    first = browser(cora).get(PAGE)
    assert [(title, len(rows)) for title, rows in first.context["groups"]] == [
        ("Coordinators", 1),
        ("Teachers", 1),
        ("Learners", 50),
    ]
    second = browser(cora).get(PAGE, {"after": first.context["next_after"]})
    assert [(title, len(rows)) for title, rows in second.context["groups"]] == [("Learners", 10)]


@pytest.mark.parametrize("number", [1, 45])
def test_queries_do_not_grow(cora, number, django_assert_max_num_queries):
    for place in range(number):
        person(f"learner{place}", Role.LEARNER)
    client = browser(cora)
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        client.get(PAGE)
