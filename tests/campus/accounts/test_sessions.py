"""Signing out, and what else ends a session, counts in every process at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning
from tests.people import PASSWORD, SME1, person

ACCOUNT = reverse("campus:account")

pytestmark = pytest.mark.django_db


@pytest.fixture
def memory(monkeypatch):
    """Keep what this process remembers, as if another process had done what happens in the test."""

    def remember():
        for name in ("delete", "set"):
            monkeypatch.setattr(cache, name, lambda *_arguments, **_options: None)

    return remember


@pytest.fixture
def ann():
    return person("ann", Role.LEARNER)


@pytest.fixture
def here(ann, memory):
    """Ann's browser, which this process knows."""
    client = Client()
    client.post(reverse("campus:login"), {"username": "ann", "password": PASSWORD})
    assert client.get(ACCOUNT).status_code == 200
    memory()
    return client


def copy_of(client: Client) -> Client:
    """Return the same browser as another process meets it."""
    other = Client()
    other.cookies["sessionid"] = client.cookies["sessionid"].value
    return other


def test_signing_out_elsewhere_counts_here(here):
    copy_of(here).post(reverse("campus:logout"))
    assert here.get(ACCOUNT).status_code == 302


def test_a_new_password_elsewhere_counts_here(here, ann):
    new = "another long secret"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    other = copy_of(here)
    other.post(reverse("campus:password-change"), form)
    assert other.get(ACCOUNT).status_code == 200
    old = Client()
    old.cookies["sessionid"] = here.cookies["sessionid"].value
    assert old.get(ACCOUNT).status_code == 302


def test_a_closed_account_is_out_at_once(here, ann):
    ann.is_active = False
    ann.save()
    assert here.get(ACCOUNT).status_code == 302


def test_another_role_counts_at_once(here, ann):
    people = reverse("campus:people", args=[SME1])
    assert here.get(people).status_code == 404
    learning.enrol(user_id=ann.pk, course_key=SME1, role=Role.COORDINATOR)
    assert here.get(people).status_code == 200
    learning.leave(user_id=ann.pk, course_key=SME1)
    assert here.get(people).status_code == 403


def test_what_another_process_has_put_into_the_session_is_seen(here):
    other = copy_of(here)
    session = other.session
    session["mark"] = "new"
    session.save()
    assert here.get(ACCOUNT).wsgi_request.session["mark"] == "new"


def test_a_remembered_session_costs_no_query_of_its_own(here, django_assert_num_queries):
    client = copy_of(here)
    with django_assert_num_queries(3):  # the account with its session, roles, the bell
        assert client.get(ACCOUNT).status_code == 200


def test_a_session_whose_time_is_over_is_none(here):
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert here.get(ACCOUNT).status_code == 302
