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

    def test_one_customer_is_one_address(self, client):
        for number in range(8):
            client.post(LOGIN, {"username": "ann", "password": "x"}, REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
        right = {"username": "ann", "password": PASSWORD}
        assert client.post(LOGIN, right, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
        assert client.post(LOGIN, right, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302

    def test_nobody_closes_an_account_at_its_owners_address(self, client):
        for header in ("192.0.2.7", "192.0.2.7, 192.0.2.7", "[2001:db8::1]", "nonsense", ""):
            for _ in range(8):
                client.post(LOGIN, {"username": "ann", "password": "x"}, HTTP_X_FORWARDED_FOR=header)
        answer = client.post(LOGIN, {"username": "ann", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
        assert answer.status_code == 302

    def test_one_password_on_very_many_names(self, client):
        for number in range(100):
            assert sign_in(client, f"name-{number}", "summer-2026").status_code == 200
        assert sign_in(client, "name-100", "summer-2026").status_code == 429
        answer = client.post(LOGIN, {"username": "ann", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
        assert answer.status_code == 302


class TestBehindProxies:
    @pytest.fixture(autouse=True)
    def _ann(self, settings):
        settings.PROXIES = 1
        person("ann")

    def try_from(self, client, forwarded: str, password: str = "x", times: int = 1) -> int:
        sent = {"username": "ann", "password": password}
        for _ in range(times):
            answer = client.post(LOGIN, sent, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
        return answer.status_code

    def test_the_client_is_counted_and_not_the_proxy(self, client):
        assert self.try_from(client, "192.0.2.6", times=8) == 429
        assert self.try_from(client, "192.0.2.7", PASSWORD) == 302

    @pytest.mark.parametrize("written", ["192.0.2.7, ", "192.0.2.7,198.51.100.1, ", ", , ", "nonsense, "])
    def test_what_the_client_writes_itself_counts_for_nothing(self, client, written):
        assert self.try_from(client, f"{written}192.0.2.6", times=8) == 429
        assert self.try_from(client, "192.0.2.7", PASSWORD) == 302
        client.logout()
        assert self.try_from(client, f"198.51.100.9, {written}192.0.2.6", PASSWORD) == 429

    @pytest.mark.parametrize("same", ["192.0.2.6:4711", "::ffff:192.0.2.6", " 192.0.2.6 "])
    def test_one_address_in_other_words(self, client, same):
        self.try_from(client, "192.0.2.6", times=8)
        assert self.try_from(client, same, PASSWORD) == 429

    def test_of_two_proxies_the_outer_one_knows_the_client(self, client, settings):
        settings.PROXIES = 2
        assert self.try_from(client, "evil, 192.0.2.6, 10.0.0.1", times=8) == 429
        assert self.try_from(client, "192.0.2.7, 10.0.0.1", PASSWORD) == 302
