from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from iciinsmes.platform import Role
from iciinsmes_campus.demo.accounts import PEOPLE, offered
from tests.people import person

LOGIN = reverse("campus:login")
DEMO_LOGIN = reverse("campus:demo-login")

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_staff_and_coach_come_first_then_learners_with_their_firms():
    accounts = offered()
    assert [account.role for account in accounts[:3]] == [Role.TEACHER, Role.COORDINATOR, None]
    assert {account.role for account in accounts[3:]} == {Role.LEARNER}
    assert all(account.company for account in accounts[3:])
    assert len({account.username for account in accounts}) == len(accounts)
    assert {person.role for person in PEOPLE} == {Role.TEACHER, Role.COORDINATOR, None}


@pytest.mark.usefixtures("demo")
def test_every_account_is_offered_by_name_and_role(client):
    page = client.get(LOGIN).content.decode()
    for account in offered():
        assert f'value="{account.username}"' in page
        assert account.name in page
    assert (
        page.index("Inga Sommer")
        < page.index("Piotr Lis")
        < page.index("Kirsten Dahlgaard")
        < page.index("Tischlerei Nordlicht")
    )


@pytest.mark.usefixtures("demo")
def test_one_click_is_enough(client):
    person("teacher", Role.TEACHER)
    response = client.post(DEMO_LOGIN, {"username": "teacher"})
    assert response["Location"] == reverse("campus:home")
    assert get_user(client).get_username() == "teacher"
    assert client.get("/outbox/").status_code == 200


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["admin", "", "teacher\x00", "TEACHER"])
def test_accounts_outside_of_the_list_are_not_opened(client, name):
    person("admin", is_superuser=True, is_staff=True)
    person("teacher")
    assert client.post(DEMO_LOGIN, {"username": name}).status_code == 404
    assert not get_user(client).is_authenticated


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("active", [None, False])
def test_an_account_that_is_gone_is_explained(client, active):
    if active is not None:
        person("teacher", is_active=active)
    page = client.post(DEMO_LOGIN, {"username": "teacher"}, follow=True).content.decode()
    assert "not there" in page
    assert not get_user(client).is_authenticated


@pytest.mark.usefixtures("demo")
def test_a_page_elsewhere_cannot_sign_anybody_in():
    person("teacher")
    assert Client(enforce_csrf_checks=True).post(DEMO_LOGIN, {"username": "teacher"}).status_code == 403


@pytest.mark.usefixtures("demo")
def test_only_a_form_signs_in(client):
    assert client.get(DEMO_LOGIN, {"username": "teacher"}).status_code == 405


def test_without_a_demo_there_is_no_such_door(client, settings):
    settings.DEMO = False
    person("teacher", Role.TEACHER)
    assert client.post(DEMO_LOGIN, {"username": "teacher"}).status_code == 404
    page = client.get(LOGIN).content.decode()
    assert "Inga Sommer" not in page
    assert DEMO_LOGIN not in page
