"""A queue is read and counted without joins, for any kind of subject, at the same cost in any course."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iciinsmes.assignments.data import ROUND
from iciinsmes.lib.registry import UnknownKey
from iciinsmes.subjects import Subject
from iciinsmes.waiting import api, registry, retirement
from iciinsmes.waiting.data import COUNTED_TO, Narrowing, QueueCounts, WaitingFor, capped
from iciinsmes.waiting.models import WaitingItem, WaitingWord
from tests.people import SME1

pytestmark = pytest.mark.django_db
only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="another database has other words for a plan")


@pytest.fixture
def owner():
    return get_user_model().objects.create_user("anna")


def ten_days_ago():
    return timezone.now() - timedelta(days=10)


def subject(kind=ROUND, course_key=SME1):
    return Subject(id=uuid4(), kind=kind, course_key=course_key)


def fill(owner, count, *, days=1, waiting_for=WaitingFor.STAFF):
    since = timezone.now() - timedelta(days=days)
    WaitingItem.objects.bulk_create(
        WaitingItem(
            subject=uuid4(),
            kind=ROUND,
            course_key=SME1,
            owner=owner,
            waiting_for=waiting_for.value,
            since=since,
            title="W01",
            place="w01",
        )
        for _item in range(count)
    )


def test_what_nobody_can_open_does_not_wait(owner):
    with pytest.raises(UnknownKey):
        api.enter(subject=subject("riddle"), waiting_for=WaitingFor.STAFF, owner_id=owner.id, title="?")
    assert not WaitingItem.objects.exists()


def test_from_one_queue_to_the_next_and_out(owner):
    one = subject()
    api.enter(subject=one, waiting_for=WaitingFor.MENTOR, owner_id=owner.id, title="W01", with_ids=[9, 7])
    (item,) = api.queue(course_key=SME1, narrowed=Narrowing(waiting_for=WaitingFor.MENTOR)).items
    assert (item.subject, item.owner_id, item.with_ids) == (one, owner.id, (7, 9))
    assert api.pass_on(subject=one.id, waiting_for=WaitingFor.STAFF)
    assert not api.pass_on(subject=one.id, waiting_for=WaitingFor.STAFF)
    assert api.queue(course_key=SME1, narrowed=Narrowing(waiting_for=WaitingFor.MENTOR)).items == ()
    (later,) = api.queue(course_key=SME1).items
    assert later.waiting_since > item.waiting_since
    api.leave(subjects=[one.id])
    assert not api.pass_on(subject=one.id, waiting_for=WaitingFor.MENTOR)
    assert api.queue(course_key=SME1).items == ()


def test_counts_stop_at_a_thousand(owner):
    other = SME1.replace(run="other")
    fill(owner, COUNTED_TO, days=11)
    oldest = WaitingItem.objects.earliest("since").since
    found = api.queue_counts(course_key=SME1, overdue_before=ten_days_ago())
    assert found == QueueCounts(COUNTED_TO, COUNTED_TO, 0, oldest)
    fill(owner, 5)
    fill(owner, 3, waiting_for=WaitingFor.MENTOR)
    counts = api.queue_counts_of(overdue_before=dict.fromkeys([SME1, other], ten_days_ago()))
    assert counts[SME1] == QueueCounts(COUNTED_TO + 1, COUNTED_TO, 3, oldest)
    assert counts[other] == QueueCounts(0, 0, 0)
    assert api.waiting_count(course_key=SME1, place="w01") == COUNTED_TO + 1
    assert api.waiting_count(course_key=SME1, place="w02") == 0
    assert (capped(COUNTED_TO), capped(COUNTED_TO + 1)) == ("1000", "1000+")
    words = Template("{% load iciinsmes %}{{ number|capped }}").render(Context({"number": counts[SME1].waiting}))
    assert words == "1000+"


def test_counts_of_some_people_only(owner):
    bo = get_user_model().objects.create_user("bo")
    fill(owner, 2)
    fill(bo, 1)
    only = get_user_model().objects.filter(pk=bo.pk)
    assert api.queue_counts(course_key=SME1, overdue_before=ten_days_ago(), limited_to=only).waiting == 1
    assert [item.owner_id for item in api.queue(course_key=SME1, limited_to=only).items] == [bo.pk]


def test_nothing_waits_anywhere():
    assert api.queue_counts(course_key=SME1, overdue_before=ten_days_ago()) == QueueCounts(0, 0, 0)
    assert api.queue_counts_of(overdue_before={}) == {}


def plan(statement):
    """Return how the database goes about a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [row[-1] for row in cursor.fetchall()]


def forget(user_id, course_key=None):
    """Forget a person, and return the statements that this took."""
    with CaptureQueriesContext(connection) as asked:
        retirement.forget_person(user_id=user_id, course_key=course_key)
    return [query["sql"] for query in asked.captured_queries]


@only_sqlite
@pytest.mark.parametrize(
    "ask",
    [
        lambda: api.queue(course_key=SME1),
        lambda: api.queue(course_key=SME1, narrowed=Narrowing(place="w01")),
        lambda: api.queue(course_key=SME1, after="2026-01-01T00:00:00+00:00_1"),
        lambda: api.queue_counts(course_key=SME1, overdue_before=ten_days_ago()),
        lambda: api.waiting_count(course_key=SME1, place="w01"),
    ],
)
def test_each_question_is_a_range_of_an_index(owner, ask):
    fill(owner, 50)
    with CaptureQueriesContext(connection) as asked:
        ask()
    (statement,) = asked.captured_queries
    steps = plan(statement["sql"])
    reads = [step for step in steps if "ici_waiting" in step or "iciinsmes_waitingitem" in step]
    assert any("ici_waiting_" in step for step in reads), steps
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_a_kind_says_how_it_is_opened_and_called(owner, monkeypatch):
    monkeypatch.setattr(registry._KINDS, "_entries", dict(registry._KINDS))
    api.register_kind(
        kind="riddle",
        words="Riddles",
        address=lambda item: f"/riddles/{item.subject.id}/",
        label=lambda item: "riddle",
        places=lambda course_key: [("sphinx", "Sphinx")],
    )
    one = subject("riddle")
    api.enter(subject=one, waiting_for=WaitingFor.COACH, owner_id=owner.id, title="Who am I?")
    (item,) = api.queue(course_key=SME1, narrowed=Narrowing(waiting_for=WaitingFor.COACH)).items
    assert (api.address_of(item=item), api.label_of(item=item)) == (f"/riddles/{one.id}/", "riddle")


def test_who_is_forgotten_is_in_no_list_of_any_work(owner):
    """Also in work that was handed over to a colleague, and only in the course run that was asked for."""
    bo, cleo = (get_user_model().objects.create_user(name).id for name in ("bo", "cleo"))
    here, handed, elsewhere = subject(), subject(), subject(course_key=SME1.replace(run="other"))
    for each in (here, handed, elsewhere):
        api.enter(subject=each, waiting_for=WaitingFor.STAFF, owner_id=owner.id, title="W01", with_ids=[bo])
    api.hand_over(subject=handed.id, to=handed.id, company_id=None, owner_id=cleo, with_ids=[bo, owner.id])
    retirement.forget_person(user_id=bo, course_key=SME1)
    assert [item.with_ids for item in api.queue(course_key=SME1).items] == [(), (owner.id,)]
    assert [item.with_ids for item in api.queue(course_key=elsewhere.course_key).items] == [(bo,)]
    retirement.forget_person(user_id=bo)
    assert [item.with_ids for item in api.queue(course_key=elsewhere.course_key).items] == [()]
    retirement.forget_person(user_id=owner.id)
    assert [item.with_ids for item in api.queue(course_key=SME1).items] == [()]
    assert not WaitingWord.objects.filter(user_id__in=[bo, owner.id]).exists()


def test_who_has_no_word_in_the_name_is_forgotten_too(owner):
    dots = get_user_model().objects.create_user("...")
    api.enter(subject=subject(), waiting_for=WaitingFor.STAFF, owner_id=owner.id, title="W01", with_ids=[dots.id])
    retirement.forget_person(user_id=dots.id)
    assert [item.with_ids for item in api.queue(course_key=SME1).items] == [()]


@only_sqlite
def test_forgetting_reads_what_is_the_persons_and_not_all_that_waits(owner):
    """It costs the same however much waits of others."""
    bo = get_user_model().objects.create_user("bo").id
    for _each in range(2):
        api.enter(subject=subject(), waiting_for=WaitingFor.STAFF, owner_id=owner.id, title="W01", with_ids=[bo])
    statements = forget(bo)
    for each in range(2):
        api.enter(subject=subject(), waiting_for=WaitingFor.STAFF, owner_id=owner.id, title="W01", with_ids=[bo])
        api.enter(
            subject=subject(), waiting_for=WaitingFor.STAFF, owner_id=owner.id, title="W01", with_ids=[bo + 1 + each]
        )
    fill(owner, 50)
    assert len(forget(bo)) == len(statements)
    read = [statement for statement in statements if statement.startswith(("SELECT", "DELETE"))]
    assert not [step for statement in read for step in plan(statement) if "SCAN iciinsmes_waiting" in step]
