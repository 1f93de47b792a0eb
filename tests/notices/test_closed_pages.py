"""Somebody who no longer takes part is led to no page that is closed."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api
from iciinsmes.notices.digests import send_digests
from iciinsmes.notices.models import NoticePreference
from iciinsmes_campus.learning import api as learning
from tests.people import SME1, person

from .conftest import tell

pytestmark = pytest.mark.django_db

CLOSED = "You no longer take part in this course, so its pages are closed to you."


def leave(user):
    learning.leave(user_id=user.pk, course_key=SME1)
    RequestCache.clear_all_namespaces()


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


def test_who_takes_part_is_led_to_the_page(as_anna, anna, committed):
    with committed():
        tell(anna)
    assert "/w01/" in mail.outbox[0].body
    notice = api.inbox(user_id=anna.pk).notices[0]
    assert reverse("iciinsmes:inbox-open", args=[notice.id]) in as_anna.get(reverse("iciinsmes:inbox")).content.decode()


def test_news_for_who_left_lead_nowhere(as_anna, anna, committed):
    leave(anna)
    with committed():
        tell(anna)
    assert "/w01/" not in mail.outbox[0].body
    assert CLOSED in mail.outbox[0].body
    notice = api.inbox(user_id=anna.pk).notices[0]
    page = as_anna.get(reverse("iciinsmes:inbox")).content.decode()
    assert "“Where customers speak” has passed" in page
    assert CLOSED in page
    assert reverse("iciinsmes:inbox-open", args=[notice.id]) not in page


def test_a_notice_from_before_leads_nowhere_any_more(as_anna, anna):
    tell(anna)
    notice = api.inbox(user_id=anna.pk).notices[0]
    leave(anna)
    response = as_anna.get(reverse("iciinsmes:inbox-open", args=[notice.id]), follow=True)
    assert response.redirect_chain == [(reverse("iciinsmes:inbox"), 302)]
    assert CLOSED in response.content.decode()


def test_a_digest_leads_to_nothing_that_is_closed(anna, committed):
    api.set_mails(user_id=anna.pk, mails=api.Mails.DAILY)
    tell(anna)
    leave(anna)
    NoticePreference.objects.update(digest_at="2000-01-01T00:00:00+00:00")
    with committed():
        send_digests()
    assert "/w01/" not in mail.outbox[0].body
    assert CLOSED in mail.outbox[0].body


def test_a_coach_from_outside_is_told_and_led_to_the_inbox(committed):
    coach = person("coach")
    with committed():
        tell(coach, notice_kinds.MENTOR_ASKS_COACH, address=reverse("iciinsmes:inbox"))
    assert len(mail.outbox) == 1
    assert api.inbox(user_id=coach.pk).notices[0].leads_on
