"""Who gets onto the desk, and whose work is there."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.platform import Role

from .conftest import COURSE, OTHER_COURSE, W01, make_task, person, url, waiting

pytestmark = pytest.mark.django_db


def addresses(round_id):
    return [
        ("get", reverse("iciinsmes:desk-queue", args=[COURSE])),
        ("get", url(round_id)),
        ("post", url(round_id)),
        ("post", url(round_id, "desk-draft")),
    ]


@pytest.mark.parametrize(
    ("role", "course_key"),
    [(None, COURSE), (Role.LEARNER, COURSE), (Role.TEACHER, OTHER_COURSE), (Role.COORDINATOR, OTHER_COURSE)],
)
def test_others_find_nothing(client, first, role, course_key):
    client.force_login(person("eve", role, course_key))
    for method, address in addresses(first):
        assert getattr(client, method)(address).status_code == 404


def test_learners_do_not_see_their_own_work_there(client, first, anna):
    client.force_login(anna)
    for method, address in addresses(first):
        assert getattr(client, method)(address).status_code == 404


def test_strangers_sign_in_first(client, first):
    for method, address in [*addresses(first), ("get", reverse("iciinsmes:desk"))]:
        response = getattr(client, method)(address)
        assert response.status_code == 302
        assert "next=" in response.url


def test_a_part_never_becomes_a_sign_in_page(client, first):
    assert client.post(url(first, "desk-draft"), headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("role", [Role.TEACHER, Role.COORDINATOR])
def test_staff_of_the_course_gets_in(client, first, role):
    client.force_login(person("sam", role))
    for method, address in addresses(first):
        assert getattr(client, method)(address).status_code in (200, 302)


def test_a_round_of_another_course_is_not_here(desk, bo):
    key = W01.map_into_course(OTHER_COURSE)
    foreign = assignments.freeze_task(usage_key=key, course_key=OTHER_COURSE, task=make_task())
    round_id = waiting(bo, foreign)
    for method, address in addresses(round_id)[1:]:
        assert getattr(desk, method)(address).status_code == 404
    assert str(round_id) not in desk.get(reverse("iciinsmes:desk-queue", args=[COURSE])).content.decode()


def test_an_unknown_round_is_not_here(desk):
    for method, address in addresses(uuid.uuid4())[1:]:
        assert getattr(desk, method)(address).status_code == 404


@pytest.mark.parametrize("address", ["/iciinsmes/desk/nonsense/", f"/iciinsmes/desk/{COURSE}/rounds/1/"])
def test_malformed_addresses(desk, address):
    assert desk.get(address).status_code == 404
