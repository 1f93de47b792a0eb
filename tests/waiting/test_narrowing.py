"""A queue is narrowed by any conditions, across course runs, at the same cost, and nothing is passed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations_with_replacement, product
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iciinsmes.assignments.data import ROUND
from iciinsmes.companies import api as companies
from iciinsmes.subjects import Subject
from iciinsmes.waiting import api, name_index, pages
from iciinsmes.waiting.data import CHOICES_COUNTED_TO, MentorWord, Narrowing, Progress, WaitingFor
from iciinsmes.waiting.models import WaitingItem, WaitingWord
from iciinsmes.waiting.pages import conditions
from tests.people import SME1

pytestmark = pytest.mark.django_db
OTHER = SME1.replace(run="other")


def learner(username, first="", last=""):
    return get_user_model().objects.create_user(username, first_name=first, last_name=last)


def enter(owner, *, days=1.0, course_key=SME1, company_id=None, **more):
    one = Subject(id=uuid4(), kind=ROUND, course_key=course_key, company_id=company_id)
    since = timezone.now() - timedelta(days=days)
    given = {"title": "W01", "place": "w01", "since": since, **more}
    api.enter(subject=one, waiting_for=WaitingFor.STAFF, owner_id=owner.id, **given)
    return one.id


def walk(limit=2, **more):
    """Return the ids of all pages of a queue, and how many pages there were."""
    found, after = [], None
    for number in range(1, 100):
        page = api.queue_across(after=after, limit=limit, **more)
        found += [item.subject.id for item in page.items]
        after = page.next_after
        if after is None:
            return found, number
    raise AssertionError("the pages do not end")


@pytest.fixture
def anna():
    return learner("anna.b", "Anna", "Żółć-Őry")


def test_any_two_conditions_find_what_looking_at_each_finds(anna, monkeypatch):
    # So small that every second page ends in the middle of what is looked through.
    monkeypatch.setattr(pages, "WINDOW", 3)
    firms = [companies.create_company(name=name, country="de").id for name in ("Nord", "Ost")]
    every = []
    for number, (late, word, place, key) in enumerate(
        product((False, True), (MentorWord.NONE, MentorWord.CONFIRMED), ("w01", "gate-3"), (SME1, OTHER))
    ):
        days = 20 - number // 2
        firm = firms[number % 2]
        subject = enter(anna, days=days, late=late, word=word, place=place, course_key=key, company_id=firm)
        if number % 3 == 0:
            api.note_progress(subjects=[subject], progress=Progress.OPENED)
        every.append(WaitingItem.objects.get(subject=subject))
    every.sort(key=lambda row: (row.since, row.id))
    moment = timezone.now() - timedelta(days=16.5)
    conditions_known: list[tuple[dict[str, Any], Callable[[WaitingItem], bool]]] = [
        ({}, lambda row: True),
        ({"late": True}, lambda row: row.late),
        ({"word": MentorWord.CONFIRMED}, lambda row: row.word == "confirmed"),
        ({"place": "gate-3"}, lambda row: row.place == "gate-3"),
        ({"progress": Progress.OPENED}, lambda row: row.progress == "opened"),
        ({"language": "en"}, lambda row: row.language == "en"),
        ({"kind": ROUND}, lambda row: True),
        ({"company_ids": [firms[0]]}, lambda row: row.company_id == firms[0]),
        ({"company_ids": firms}, lambda row: True),
        ({"company_ids": []}, lambda row: False),
        ({"text": "ann"}, lambda row: True),
        ({"since_before": {SME1: moment, OTHER: moment}}, lambda row: row.since < moment),
    ]
    for (one, holds), (two, holds_too) in combinations_with_replacement(conditions_known, 2):
        for keys in ([SME1], [SME1, OTHER]):
            expected = [row.subject for row in every if row.course_key in keys and holds(row) and holds_too(row)]
            if {"company_ids"} == one.keys() & two.keys():
                expected = [row.subject for row in every if row.course_key in keys and holds_too(row)]
            found, _pages = walk(course_keys=keys, narrowed=Narrowing(**{**one, **two}))
            assert found == expected, (one, two, keys)


def test_a_page_by_several_conditions_says_that_it_has_not_looked_at_everything(anna, monkeypatch):
    monkeypatch.setattr(pages, "WINDOW", 3)
    for days in range(10, 4, -1):
        enter(anna, days=days, late=True)
    last = enter(anna, days=1, late=True, word=MentorWord.CONFIRMED, place="w02")
    enter(anna, days=0, late=True, place="w02")
    to = Narrowing(late=True, kind=ROUND)
    assert not api.queue(course_key=SME1, narrowed=to, limit=2).is_cut
    rare = Narrowing(kind=ROUND, language="en", late=True, progress=Progress.NEW, word=MentorWord.CONFIRMED)
    assert walk(course_keys=[SME1], narrowed=rare) == ([last], 1)
    monkeypatch.setattr(pages, "conditions", lambda narrowed: conditions(narrowed)[::-1])
    page = api.queue(course_key=SME1, narrowed=rare, limit=2)
    assert (page.items, page.is_cut) == ((), True)
    assert walk(course_keys=[SME1], narrowed=rare)[0] == [last]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("anna", True),
        ("ANN", True),
        ("zolc", True),
        ("Ory anna", True),
        ("anna bo", False),
        ("nna", False),
        ("anna.b", True),
        ("bo", True),
        ("%", False),
        ("ann_", True),
    ],
)
def test_people_are_found_by_beginnings_of_their_names(anna, text, is_found):
    enter(anna, with_ids=[learner("bo").id]) if text == "bo" else enter(anna)
    enter(learner("cy"))
    assert len(api.queue(course_key=SME1, narrowed=Narrowing(text=text)).items) == is_found


def test_a_search_of_many_of_one_name_says_that_it_is_cut(anna, monkeypatch):
    monkeypatch.setattr(name_index, "FOUND_AT_MOST", 2)
    for _item in range(3):
        enter(anna)
    page = api.queue(course_key=SME1, narrowed=Narrowing(text="anna"))
    assert (len(page.items), page.is_cut) == (2, True)


def test_names_follow_who_takes_the_place_and_go_with_the_person(anna):
    bo = learner("bo")
    one = enter(anna, with_ids=[bo.id])
    api.hand_over(subject=one, to=one, company_id=None, owner_id=bo.id, with_ids=[])
    assert set(WaitingWord.objects.values_list("user_id", flat=True)) == {bo.id}
    api.leave(subjects=[one])
    assert not WaitingWord.objects.exists()


def test_progress_never_goes_back_and_begins_anew_for_whoever_is_next(anna):
    one = enter(anna)
    api.note_progress(subjects=[one], progress=Progress.BEGUN)
    api.note_progress(subjects=[one], progress=Progress.OPENED)
    assert api.queue(course_key=SME1).items[0].progress is Progress.BEGUN
    api.pass_on(subject=one, waiting_for=WaitingFor.MENTOR)
    to = Narrowing(waiting_for=WaitingFor.MENTOR)
    assert api.queue(course_key=SME1, narrowed=to).items[0].progress is Progress.NEW


def test_choices_are_counted_to_their_limit_in_one_query(anna):
    for _item in range(3):
        enter(anna, late=True)
    rows = [
        WaitingItem(subject=uuid4(), kind=ROUND, course_key=SME1, owner=anna, waiting_for="staff", since=timezone.now())
        for _number in range(CHOICES_COUNTED_TO)
    ]
    WaitingItem.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as asked:
        found = api.choice_counts(
            course_key=SME1,
            choices=[Narrowing(late=True), Narrowing(company_ids=[]), Narrowing(), Narrowing(place="w02")],
        )
    assert found == [3, 0, CHOICES_COUNTED_TO + 1, 0]
    assert len(asked) == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="another database explains itself in other words")
@pytest.mark.parametrize(
    "narrowed",
    [
        Narrowing(kind=ROUND),
        Narrowing(place="w01"),
        Narrowing(word=MentorWord.OPEN),
        Narrowing(progress=Progress.NEW),
        Narrowing(language="en"),
        Narrowing(late=True),
        Narrowing(late=True, language="en"),
        Narrowing(company_ids=[1]),
        Narrowing(company_ids=[1, 2]),
    ],
)
@pytest.mark.parametrize("keys", [[SME1], [SME1, OTHER]])
def test_each_condition_is_a_range_of_an_index(anna, narrowed, keys):
    enter(anna, late=True)
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        api.queue_across(course_keys=keys, narrowed=narrowed, after="2026-01-01T00:00:00+00:00_1")
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
        steps = [row[-1] for row in cursor.fetchall()]
    reads = [step for step in steps if "iciinsmes_waitingitem" in step]
    assert reads
    assert all("ici_waiting_" in step and "since>" in step for step in reads), steps
    assert not [step for step in steps if "TEMP B-TREE" in step]
