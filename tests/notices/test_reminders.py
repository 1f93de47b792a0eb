"""At most one reminder a week of the same thing."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from iciinsmes.assignments import notice_kinds
from iciinsmes.notices import api
from iciinsmes.notices.data import NoticeKind
from tests.people import SME1, person


def remind(user, subject: str = "w01", kind: NoticeKind = notice_kinds.DUE_SOON) -> bool:
    return api.remind(user_id=user.pk, kind=kind, course_key=SME1, title="W01", address="/w01/", subject=subject)


def told(user) -> int:
    return len(api.inbox(user_id=user.pk).notices)


def test_the_same_is_told_once_a_week(anna):
    start = timezone.now()
    answers = []
    for days in (0, 1, 6.9, 7, 8, 13.9, 14):
        with time_machine.travel(start + timedelta(days=days), tick=False):
            answers.append(remind(anna))
    assert answers == [True, False, False, True, False, False, True]
    assert told(anna) == 3


def test_another_person_thing_or_kind_is_not_the_same(anna, bo):
    assert [remind(anna), remind(bo), remind(anna, "w02"), remind(anna, kind=notice_kinds.LINK_EXPIRING)] == [True] * 4
    assert (told(anna), told(bo)) == (3, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_reminds():
    anna = person("anna")
    answers = []
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        try:
            answers.append(remind(anna))
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _ in range(4)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert sorted(answers) == [False, False, False, True]
    assert told(anna) == 1
