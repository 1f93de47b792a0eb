from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from tests.people import PASSWORD, person

LOGIN = reverse("campus:login")
HOME = reverse("campus:home")

pytestmark = pytest.mark.django_db


def sign_in(client, name: str = "ann", password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"username": name, "password": password, **more})


def name_of(client) -> str:
    return get_user(client).get_username()


@pytest.mark.parametrize("typed", ["ann", "ann@example.org", " Ann@Example.org "])
def test_the_name_or_the_mail_address_opens_the_campus(client, typed):
    person("ann")
    response = sign_in(client, typed)
    assert (response.status_code, response["Location"]) == (302, HOME)
    assert name_of(client) == "ann"


def test_an_address_of_two_accounts_opens_neither(client):
    person("ann", email="office@example.org")
    person("bob", email="office@example.org")
    assert sign_in(client, "office@example.org").status_code == 200
    assert name_of(client) == ""


def test_somebody_elses_address_as_a_user_name_does_not_shadow_its_owner(client):
    person("ann")
    person("ann@example.org", email="other@example.org")
    sign_in(client, "ann@example.org")
    assert name_of(client) == "ann@example.org"


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("nobody", PASSWORD), ("ann", ""), ("", "")])
def test_what_was_wrong_is_not_told(client, name, password):
    person("ann")
    response = sign_in(client, name, password)
    assert response.status_code == 200
    if name and password:
        assert "Name and password do not fit" in response.content.decode()
    assert PASSWORD not in response.content.decode()
    assert name_of(client) == ""


def test_a_closed_account_stays_out(client):
    person("ann", is_active=False)
    assert sign_in(client).status_code == 200
    assert name_of(client) == ""


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("/outbox/", "/outbox/"),
        ("https://evil.example/", HOME),
        ("//evil.example/", HOME),
        ("/\\evil.example", HOME),
        ("javascript:alert(1)", HOME),
    ],
)
def test_the_way_on_stays_on_the_campus(client, settings, target, where):
    settings.DEMO = True
    person("ann")
    assert sign_in(client, next=target)["Location"] == where
    client.logout()
    person("teacher")
    assert client.post(reverse("campus:demo-login"), {"username": "teacher", "next": target})["Location"] == where


def test_who_is_in_goes_home(client):
    client.force_login(person("ann"))
    assert client.get(LOGIN)["Location"] == HOME


def test_pages_for_people_lead_here_and_back(client):
    response = client.get("/outbox/")
    assert response["Location"] == f"{LOGIN}?next=/outbox/"
    assert 'name="next" value="/outbox/"' in client.get(response["Location"]).content.decode()


def test_signing_out_takes_a_form(client):
    client.force_login(person("ann"))
    assert client.get(reverse("campus:logout")).status_code == 405
    assert name_of(client) == "ann"
    assert client.post(reverse("campus:logout"))["Location"] == LOGIN
    assert name_of(client) == ""


def test_signing_in_gives_a_new_session(client):
    person("ann")
    client.get(LOGIN)
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


class TestThrottle:
    @pytest.fixture(autouse=True)
    def _ann(self, client):
        person("ann")

    def test_after_eight_failures_the_right_password_waits_too(self, client):
        answers = [sign_in(client, password=f"wrong-{number}").status_code for number in range(8)]
        assert answers == [200] * 7 + [429]
        response = sign_in(client)
        assert response.status_code == 429
        assert "Wait a moment" in response.content.decode()
        assert name_of(client) == ""

    def test_name_and_address_are_one_account(self, client):
        for number in range(8):
            sign_in(client, "ann" if number % 2 else "ann@example.org", "wrong")
        assert sign_in(client).status_code == 429

    def test_others_are_not_held_up(self, client):
        for _ in range(8):
            sign_in(client, password="wrong")
        person("bob")
        assert sign_in(client, "bob").status_code == 302

    def test_another_machine_is_not_held_up(self, client):
        for _ in range(8):
            sign_in(client, password="wrong")
        answer = client.post(LOGIN, {"username": "ann", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
        assert answer.status_code == 302

    def test_the_right_password_in_time_forgives(self, client):
        for _ in range(7):
            sign_in(client, password="wrong")
        assert sign_in(client).status_code == 302
        client.logout()
        assert sign_in(client, password="wrong").status_code == 200

    def test_the_wait_ends(self, client):
        for _ in range(8):
            sign_in(client, password="wrong")
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        assert sign_in(client).status_code == 302
