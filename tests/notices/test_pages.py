"""The inbox, the choice of mails, and the link that stops them."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api
from iciinsmes.notices.data import Mails
from iciinsmes.notices.kinds import MESSAGE
from iciinsmes.notices.models import Notice

from .conftest import tell

INBOX = "/iciinsmes/inbox/"
MAILS = "/iciinsmes/inbox/mails/"
READ = "/iciinsmes/inbox/read/"


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response) -> str:
    return response.content.decode()


class TestInbox:
    def test_an_empty_inbox_says_so(self, as_anna):
        assert "Nothing yet" in text(as_anna.get(INBOX))

    def test_it_shows_the_own_notices_only(self, as_anna, anna, bo):
        tell(anna, title="Mine")
        tell(bo, title="Not mine")
        page = text(as_anna.get(INBOX))
        assert "“Mine” has passed" in page
        assert "Not mine" not in page

    def test_what_people_wrote_is_text(self, as_anna, anna):
        tell(anna, MESSAGE, actor_name="<b>Bo</b>", title="<i>W01</i>", detail="<script>alert(1)</script>")
        page = text(as_anna.get(INBOX))
        assert "&lt;b&gt;Bo" in page
        assert "<script>alert" not in page
        assert "<i>W01" not in page

    def test_opening_a_notice_leads_to_the_thing_and_marks_it_as_read(self, as_anna, anna):
        tell(anna)
        assert "1 " in _bell(as_anna.get("/"))
        response = as_anna.get(reverse("iciinsmes:inbox-open", args=[Notice.objects.get().id]))
        assert response["Location"] == "/w01/"
        assert _bell(as_anna.get("/")) == ""
        assert "● new" not in text(as_anna.get(INBOX))

    def test_somebody_elses_notice_stays_closed_and_unread(self, as_anna, bo):
        tell(bo)
        assert as_anna.get(reverse("iciinsmes:inbox-open", args=[Notice.objects.get().id])).status_code == 404
        assert as_anna.post(READ).status_code == 302
        assert api.unread_count(user_id=bo.pk) == 1

    def test_all_can_be_marked_as_read(self, as_anna, anna):
        for _number in range(3):
            tell(anna)
        assert api.unread_count(user_id=anna.pk) == 3
        assert "● new" not in text(as_anna.post(READ, follow=True))

    def test_pages_go_by_key_and_cost_the_same(self, as_anna, anna, django_assert_max_num_queries):
        for number in range(60):
            tell(anna, notice_kinds.HANDED_IN, title=f"Number {number:02}")
        address, seen = INBOX, []
        while address:
            with django_assert_max_num_queries(6):
                page = as_anna.get(address)
            seen += [notice.headline[-3:-1] for notice in page.context["page"].notices]
            older = page.context["page"].older
            address = f"{INBOX}?before={older}" if older else ""
        assert seen == [f"{number:02}" for number in reversed(range(60))]

    @pytest.mark.parametrize("before", ["x", "-1", "", "9" * 40, "²"])
    def test_a_nonsense_page_is_the_first(self, as_anna, anna, before):
        tell(anna)
        assert "has passed" in text(as_anna.get(INBOX, {"before": before}))

    def test_the_bell_counts_no_further_than_anybody_reads(self, as_anna, anna):
        tell(anna, notice_kinds.HANDED_IN)
        first = Notice.objects.get()
        Notice.objects.bulk_create(
            Notice(user=anna, kind="passed", course_key=first.course_key, created_at=first.created_at)
            for _number in range(150)
        )
        assert "99+" in _bell(as_anna.get("/"))


class TestPreferences:
    def test_a_choice_is_kept(self, as_anna, anna):
        assert as_anna.get(MAILS).context["chosen"] == "at_once"
        assert "Your choice is kept" in text(as_anna.post(MAILS, {"mails": "weekly"}, follow=True))
        assert as_anna.get(MAILS).context["chosen"] == "weekly"
        as_anna.post(MAILS, {"mails": "never"})
        assert api.mails_of(user_id=anna.pk) is Mails.NEVER

    @pytest.mark.parametrize("given", [{}, {"mails": "hourly"}])
    def test_anything_else_is_refused_with_a_word(self, as_anna, anna, given):
        response = as_anna.post(MAILS, given)
        assert response.status_code == 422
        assert "Choose one of these" in text(response)
        assert api.mails_of(user_id=anna.pk) is Mails.AT_ONCE


class TestStop:
    @pytest.fixture
    def link(self, anna, committed) -> str:
        with committed():
            tell(anna)
        return mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("/iciinsmes/")[2]

    def test_opening_the_link_changes_nothing(self, anna, link):
        for method in ("get", "head"):
            assert getattr(Client(), method)(f"/iciinsmes/{link}").status_code == 200
        assert api.mails_of(user_id=anna.pk) is Mails.AT_ONCE

    @pytest.mark.parametrize("data", [{}, {"x": "1"}, {"List-Unsubscribe": "No"}])
    def test_posting_anything_but_the_form_only_asks_again(self, anna, link, data):
        assert "Stop all mails?" in text(Client().post(f"/iciinsmes/{link}", data))
        assert api.mails_of(user_id=anna.pk) is Mails.AT_ONCE

    def test_the_form_of_the_page_stops_mails(self, anna, link):
        button = re.search(r'<button[^>]*name="([^"]+)" value="([^"]+)"', text(Client().get(f"/iciinsmes/{link}")))
        assert "You get no more mails" in text(Client().post(f"/iciinsmes/{link}", {button[1]: button[2]}))
        assert api.mails_of(user_id=anna.pk) is Mails.NEVER

    @pytest.mark.parametrize("data", [{"stop": "1"}, {"List-Unsubscribe": "One-Click"}])
    def test_posting_stops_mails_without_signing_in(self, anna, link, committed, data):
        browser = Client(enforce_csrf_checks=True)
        assert "You get no more mails" in text(browser.post(f"/iciinsmes/{link}", data))
        with committed():
            tell(anna)
        assert len(mail.outbox) == 1
        assert api.unread_count(user_id=anna.pk) == 2

    def test_the_link_in_the_text_keeps_from_servers_what_allows_it(self, anna, link):
        (shown,) = re.findall(r"\S+/inbox/stop/\S+", str(mail.outbox[0].body))
        # Signed a moment later, so only the part with the person is the same.
        assert shown.partition("#")[2].partition(":")[0] == link.rstrip("/").rpartition("/")[2].partition(":")[0]
        page = "/iciinsmes/inbox/stop/"
        assert "Stop all mails?" in text(Client().post(page, {"link": shown}))
        assert api.mails_of(user_id=anna.pk) is Mails.AT_ONCE
        assert "This is not the whole link." in text(Client().post(page, {"link": shown[:-2], "stop": "1"}))
        assert "This is not the whole link." in text(Client().post(page, {"stop": "1"}))
        assert "You get no more mails" in text(Client().post(page, {"link": shown, "stop": "1"}))
        assert api.mails_of(user_id=anna.pk) is Mails.NEVER

    def test_a_changed_link_is_a_page_that_does_not_exist(self, anna, link):
        assert Client().post(f"/iciinsmes/{link[:-3]}x/").status_code == 404
        assert api.mails_of(user_id=anna.pk) is Mails.AT_ONCE


def _bell(response) -> str:
    """Return what stands at the bell."""
    bell = text(response).partition('class="bell"')[2].partition("</a>")[0]
    return bell.partition('class="count">')[2].partition("<")[0]
