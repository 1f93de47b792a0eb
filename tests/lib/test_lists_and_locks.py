"""Pages by key, locks, leases and counts, each on a table of a room that uses it."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from iciinsmes.companies.models import Company
from iciinsmes.lib.leases import claim
from iciinsmes.lib.locks import locked
from iciinsmes.lib.paging import moment_mark, page_of, read_moment_mark
from iciinsmes.lib.throttling import Limit, allows, count_in_cache, count_in_table
from iciinsmes.lib.untrusted import read_uuid, whole_number
from iciinsmes.notices.models import ScheduledRun
from iciinsmes_campus.accounts.models import Count

PACKAGES = Path(__file__).parents[2] / "xblocks"
LIMIT = Limit("tried", most=2, within=timedelta(minutes=15))


@pytest.fixture
def companies(db):
    names = ["b", "a", "c", "a", "b", "a", "c"]
    return [Company.objects.create(name=name, country="DE") for name in names]


@pytest.mark.parametrize("order", [("id",), ("-id",), ("name", "id"), ("-name", "id"), ("-name", "-id")])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_are_the_list_cut_in_pieces(companies, order, limit, django_assert_num_queries):
    seen, after, is_more = [], None, True
    while is_more:
        with django_assert_num_queries(1):
            page, is_more = page_of(Company.objects.all(), *order, after=after, limit=limit)
        assert len(page) == limit or not is_more
        seen += page
        after = [getattr(page[-1], column.removeprefix("-")) for column in order]
    assert seen == list(Company.objects.order_by(*order))


def test_a_row_that_comes_in_between_moves_no_page(companies):
    page, _more = page_of(Company.objects.all(), "name", "id", limit=3)
    Company.objects.create(name="A first one", country="DE")
    rest, _more = page_of(Company.objects.all(), "name", "id", after=(page[-1].name, page[-1].id), limit=9)
    assert not set(page) & set(rest)
    assert all(one.name <= other.name for one, other in pairwise(rest))


def test_a_mark_survives_an_address():
    at, key = timezone.now(), uuid4()
    assert read_moment_mark(moment_mark(at, key), UUID) == (at, key)
    assert read_moment_mark(moment_mark(at, 17), whole_number) == (at, 17)


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "_", "x_1", "2026-11-30T10:00:00_1", "2026-11-30T10:00:00+00:00_x"),
        *(f"2026-11-30T10:00:00+00:00_{number}" for number in (-1, 2**63)),
    ],
)
def test_anything_else_is_no_mark(text):
    assert read_moment_mark(text, whole_number) is None


@pytest.mark.parametrize("text", [None, "", "x", "1e999", "9" * 5000, "\0", "block-v1:A+B+C+type@x+block@\0"])
def test_what_is_no_id_is_none(text):
    assert read_uuid(text) is None


def test_an_id_comes_back():
    key = uuid4()
    assert read_uuid(str(key)) == key


@pytest.mark.django_db(transaction=True)
def test_a_lock_refuses_to_be_taken_outside_of_a_transaction():
    with pytest.raises(TransactionManagementError, match="Company"):
        locked(Company.objects)
    with transaction.atomic():
        assert list(locked(Company.objects.filter(name="x"))) == []


def test_nobody_locks_past_the_refusal():
    taken = re.compile(r"\.select_for_update\(")
    files = [path for path in PACKAGES.rglob("*.py") if taken.search(path.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(PACKAGES)) for path in files] == ["iciinsmes/lib/locks.py"]


def test_one_of_two_does_what_is_due(db):
    def may() -> bool:
        return claim(ScheduledRun.objects.all(), pause=timedelta(hours=1), name="sweep")

    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False) as clock:
        assert [may(), may()] == [True, False]
        clock.shift(timedelta(hours=1))
        assert [may(), may()] == [True, False]


def test_counts_in_a_table_end_with_their_time(db):
    with time_machine.travel("2026-11-30T08:00:00+00:00", tick=False) as clock:
        assert [count_in_table(Count.objects, LIMIT, " A@B.example") for _try in range(3)] == [True, True, False]
        assert not allows(Count.objects, LIMIT, "a@b.example")
        assert allows(Count.objects, LIMIT, "c@d.example")
        clock.shift(timedelta(minutes=15))
        assert count_in_table(Count.objects, LIMIT, "a@b.example")
        assert "a@b" not in Count.objects.get().key


def test_counts_in_the_cache_cost_no_query(django_assert_num_queries, db):
    cache.clear()
    with django_assert_num_queries(0):
        assert [count_in_cache(LIMIT, "10.0.0.1") for _try in range(3)] == [1, 2, 3]
        assert count_in_cache(LIMIT, "10.0.0.2") == 1
