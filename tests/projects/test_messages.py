"""The thread about a project: members, coach and staff write, others find nothing, and it goes with the project."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iciinsmes.notices import api as notices
from iciinsmes.projects import retirement
from iciinsmes.threads.models import Message

pytestmark = pytest.mark.django_db


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def headlines(user) -> list[str]:
    return [line.headline for line in notices.inbox(user_id=user.pk).notices]


def test_a_firm_and_its_coach_write_to_each_other(people, project):
    address = reverse("iciinsmes:thread", args=["project", project])
    assert as_user(people.anna).post(address, {"text": "Which day?"}, follow=True).status_code == 200
    assert len(headlines(people.coach)) == 1
    assert headlines(people.teacher) == []
    page = as_user(people.coach).get(address).content.decode()
    assert "Which day?" in page
    as_user(people.coach).post(address, {"text": "Friday."})
    assert len(headlines(people.anna)) == len(headlines(people.jonas)) == 1
    assert "Friday." in as_user(people.jonas).get(address).content.decode()
    assert as_user(people.teacher).get(address).status_code == 200
    for user in (people.peer, people.stranger):
        assert as_user(user).get(address).status_code == 404
        assert as_user(user).post(address, {"text": "Hi"}).status_code == 404


def test_it_goes_with_the_project(people, project):
    as_user(people.anna).post(reverse("iciinsmes:thread", args=["project", project]), {"text": "Which day?"})
    assert retirement.expire(before=timezone.now()) == 1
    assert not Message.objects.exists()
    assert headlines(people.coach) == []
