"""Digests: one mail about all that is new, at the time of day and week that was chosen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api, rules
from iciinsmes.notices.data import Mails
from iciinsmes.notices.kinds import MESSAGE
from iciinsmes.notices.models import Notice, NoticePreference
from iciinsmes_campus.accounts import api as accounts
from tests.people import person

from .conftest import tell

OTHER = CourseKey.from_string("course-v1:ICI+OTHER+2026")
#: A Wednesday, after the hour of digests.
WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=UTC)


def run(committed, moment: datetime) -> int:
    """Run the command at a moment; return how many mails it sent."""
    before = len(mail.outbox)
    with time_machine.travel(moment, tick=False), committed():
        call_command("ici_notices")
    return len(mail.outbox) - before


@pytest.fixture
def told(anna, committed):
    """Tell Anna two things on Wednesday, after she chose when to hear of them."""

    def choose(mails: Mails) -> None:
        with time_machine.travel(WEDNESDAY, tick=False), committed():
            api.set_mails(user_id=anna.pk, mails=mails)
            tell(anna, title="First")
            tell(anna, MESSAGE, title="Second", detail="Can we talk?", course_key=OTHER)

    return choose


class TestDigest:
    def test_daily_leaves_the_next_morning_once_with_everything_by_course(self, anna, told, committed):
        told(Mails.DAILY)
        assert run(committed, WEDNESDAY + timedelta(hours=10)) == 0
        assert run(committed, datetime(2026, 3, 5, 3, 59, tzinfo=UTC)) == 0
        assert run(committed, datetime(2026, 3, 5, 4, 1, tzinfo=UTC)) == 1
        assert run(committed, datetime(2026, 3, 6, 4, 1, tzinfo=UTC)) == 0
        (sent,) = mail.outbox
        assert sent.subject == "2 things are new for you"
        for words in ("“First” has passed", "Can we talk?", str(OTHER), "/w01/", "/iciinsmes/inbox/stop/#"):
            assert words in sent.body
        assert "List-Unsubscribe" in sent.extra_headers

    def test_weekly_leaves_on_monday(self, told, committed):
        told(Mails.WEEKLY)
        assert run(committed, datetime(2026, 3, 8, 23, tzinfo=UTC)) == 0
        assert run(committed, datetime(2026, 3, 9, 4, tzinfo=UTC)) == 1

    def test_what_was_read_meanwhile_is_left_out(self, anna, told, committed):
        told(Mails.DAILY)
        api.read_all(user_id=anna.pk)
        assert run(committed, WEDNESDAY + timedelta(days=1)) == 0
        assert not Notice.objects.filter(awaits_mail=True).exists()

    def test_who_goes_back_to_mails_at_once_gets_what_waits_with_the_next_run(self, anna, told, committed):
        told(Mails.WEEKLY)
        api.set_mails(user_id=anna.pk, mails=Mails.AT_ONCE)
        assert run(committed, WEDNESDAY + timedelta(minutes=5)) == 1

    def test_who_wants_no_mails_gets_none(self, anna, told, committed):
        told(Mails.DAILY)
        api.set_mails(user_id=anna.pk, mails=Mails.NEVER)
        assert run(committed, WEDNESDAY + timedelta(days=1)) == 0

    def test_a_digest_says_how_many_more_there_are(self, anna, told, committed):
        told(Mails.DAILY)
        with time_machine.travel(WEDNESDAY, tick=False):
            for _number in range(60):
                tell(anna, notice_kinds.HANDED_IN)
        run(committed, WEDNESDAY + timedelta(days=1))
        assert "12 more are in your inbox" in mail.outbox[0].body

    def test_it_is_written_in_the_receivers_language(self, anna, told, committed):
        accounts.keep_language(user_id=anna.pk, language="de")
        told(Mails.DAILY)
        with time_machine.travel(WEDNESDAY + timedelta(days=1), tick=False), committed():
            seen = []
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("iciinsmes.notices.digests.send_mail", lambda **values: seen.append(values["language"]))
                call_command("ici_notices")
        assert seen == ["de"]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_digest():
    anna = person("anna")
    api.set_mails(user_id=anna.pk, mails=Mails.DAILY)
    tell(anna)
    NoticePreference.objects.update(digest_at=timezone.now() - timedelta(days=2))
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            api.run_schedule()
        finally:
            connection.close()

    runs = [threading.Thread(target=work) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert len(mail.outbox) == 1


@given(
    mails=st.sampled_from([Mails.DAILY, Mails.WEEKLY]),
    last=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    wait=st.timedeltas(timedelta(0), timedelta(days=15)),
)
def test_a_digest_comes_neither_twice_in_a_period_nor_later_than_the_next(mails, last, wait):
    period = timedelta(days=1 if mails is Mails.DAILY else 7)
    due = rules.digest_is_due(mails, last=last, now=last + wait)
    if wait == timedelta(0):
        assert not due
    if wait > period:
        assert due
    if due:
        assert not rules.digest_is_due(mails, last=last + wait, now=last + wait)


@given(attempts=st.integers(1, 20))
def test_pauses_grow_and_end(attempts):
    pause, after = rules.pause_after(attempts), rules.pause_after(attempts + 1)
    assert after is None or (pause is not None and after > pause)
    assert (pause is None) == (attempts > len(rules.PAUSES))
