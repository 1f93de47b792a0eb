from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import PASSWORD, person

CHANGE = reverse("campus:password-change")
FORGOTTEN = reverse("campus:password-reset")
NEW = "another long secret"

pytestmark = pytest.mark.django_db


def ask(client, address: str):
    return client.post(FORGOTTEN, {"email": address})


def ask_from(client, source: str, address: str):
    return client.post(FORGOTTEN, {"email": address}, REMOTE_ADDR=source)


def link() -> str:
    return re.findall(r"http://127\.0\.0\.1:8000(/password/new/\S+)", str(mail.outbox[-1].body))[0]


def open_link(client, address: str) -> str:
    """Follow the link as a browser does; the token moves from the address into the session."""
    return client.get(address)["Location"]


def signs_in(client, password: str) -> bool:
    client.logout()
    client.post(reverse("campus:login"), {"username": "ann", "password": password})
    return get_user(client).is_authenticated


def test_a_password_is_changed_by_who_knows_it(client):
    client.force_login(person("ann"))
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    response = client.post(CHANGE, form)
    assert response["Location"] == reverse("campus:account")
    assert "Your new password is set" in client.get(response["Location"]).content.decode()
    assert not signs_in(client, PASSWORD)
    assert signs_in(client, NEW)


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}, "old password"),
        ({"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}, "too short"),
        ({"old_password": PASSWORD, "new_password1": "password123", "new_password2": "password123"}, "too common"),
        ({"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW + "x"}, "match"),
    ],
)
def test_a_refused_change_says_why(client, form, reason):
    client.force_login(person("ann"))
    page = client.post(CHANGE, form)
    assert page.status_code == 200
    assert reason in page.content.decode()
    assert signs_in(client, PASSWORD)


def test_a_change_signs_other_browsers_out(client):
    ann = person("ann")
    other = Client()
    other.force_login(ann)
    client.force_login(ann)
    client.post(CHANGE, {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert client.get(reverse("campus:account")).status_code == 200
    assert other.get(reverse("campus:account")).status_code == 302


def test_a_link_by_mail_sets_a_password_once(client):
    person("ann")
    ask(client, "ann@example.org")
    assert mail.outbox[-1].to == ["ann@example.org"]
    address = link()
    response = client.post(open_link(client, address), {"new_password1": NEW, "new_password2": NEW})
    assert response["Location"] == reverse("campus:login")
    assert signs_in(client, NEW)
    client.logout()
    assert "does not work any more" in client.get(address, follow=True).content.decode()


def test_the_answer_does_not_tell_who_has_an_account(client):
    person("ann")
    known, unknown = ask(client, "ann@example.org"), ask(client, "nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert client.get(known["Location"]).status_code == 200
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("https://campus.example.org", "https://campus.example.org/password/new/"),
        ("http://10.0.0.5:8000", "http://10.0.0.5:8000/password/new/"),
    ],
)
def test_the_link_leads_to_the_campus_whatever_host_was_called(client, settings, address, start):
    settings.ALLOWED_HOSTS = ["*"]
    settings.ADDRESS = address
    person("ann")
    client.post(FORGOTTEN, {"email": "ann@example.org"}, HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example")
    assert start in str(mail.outbox[-1].body)
    assert "evil" not in f"{mail.outbox[-1].body}{mail.outbox[-1].subject}"


def test_few_mails_an_hour_go_to_one_address(client):
    person("ann")
    person("bob")
    answers = {
        ask_from(client, f"192.0.2.{number}", "Ann@Example.org" if number % 2 else "ann@example.org").status_code
        for number in range(10)
    }
    assert answers == {302}
    assert len(mail.outbox) == 3
    ask(client, "bob@example.org")
    assert mail.outbox[-1].to == ["bob@example.org"]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        ask(client, "ann@example.org")
    assert len(mail.outbox) == 5


def test_one_source_cannot_have_everybody_written_to(client):
    for number in range(40):
        person(f"p{number}")
        ask_from(client, f"2001:db8:1:2::{number:x}", f"p{number}@example.org")
    assert len(mail.outbox) == 30
    ask_from(client, "2001:db8:1:3::1", "p39@example.org")
    assert len(mail.outbox) == 31


def test_a_clock_that_was_wrong_closes_nothing_for_long(client):
    person("ann")
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        for _ in range(5):
            ask(client, "ann@example.org")
    ask(client, "ann@example.org")
    assert len(mail.outbox) == 4


def test_a_broken_link_is_explained(client):
    page = client.get(reverse("campus:password-new", args=["MQ", "set-password"]))
    assert "does not work any more" in page.content.decode()


def test_accounts_without_a_password_get_no_mail(client):
    ann = person("ann")
    ann.set_unusable_password()
    ann.save()
    ask(client, "ann@example.org")
    assert mail.outbox == []
    client.force_login(ann)
    assert CHANGE not in client.get(reverse("campus:account")).content.decode()
