from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.exercises import api
from iciinsmes.exercises.data_sets import expire_data
from iciinsmes.exercises.errors import TooMuchData, UnknownData
from iciinsmes.exercises.models import DataSet
from iciinsmes.exercises.stored_table import pack, unpack
from iciinsmes.toolbox.api import all_instruments
from iciinsmes.toolbox.data import Table
from tests.examples import examples
from tests.exercises.conftest import keep
from tests.people import SME1
from tests.toolbox.rows import tables

pytestmark = pytest.mark.django_db


@settings(max_examples=examples(50))
@given(data=st.data())
def test_every_table_comes_back_as_it_was(data):
    instrument = data.draw(st.sampled_from(all_instruments()))
    table = data.draw(tables(instrument))
    assert unpack(instrument, pack(table)) == table


def test_new_rows_are_a_new_version_and_the_same_rows_none(learner):
    first = keep(learner)
    same = keep(learner, data_set_id=first.id)
    second = keep(learner, [9, 10], data_set_id=first.id, title="Spring, mended")
    assert (first.version, same.version, second.version) == (1, 1, 2)
    (known,) = api.data_sets_of(owner_id=learner.pk, course_key=SME1)
    assert (known.title, known.version, known.row_count) == ("Spring, mended", 2, 2)


def test_the_list_costs_two_queries_at_any_length_and_one_where_it_is_empty(learner, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert api.data_sets_of(owner_id=learner.pk, course_key=SME1) == ()
    for number in range(5):
        keep(learner, title=f"Data {number}")
    with django_assert_num_queries(2):
        assert len(api.data_sets_of(owner_id=learner.pk, course_key=SME1)) == 5
    assert api.data_sets_of(owner_id=learner.pk, course_key=SME1, instrument="kano-analysis") == ()


def test_days_and_empty_cells_survive(learner):
    table = Table.of(["date", "score"], [(date(2026, 5, 1), 9), (None, 8)])
    kept = keep(learner, table=table)
    assert api.read_data(data_set_id=kept.id, reader_id=learner.pk)[1] == table


def test_nobody_writes_into_the_data_of_another(learner, peer):
    kept = keep(learner)
    for refused in (
        lambda: keep(peer, data_set_id=kept.id),
        lambda: keep(learner, data_set_id=kept.id, instrument="complaint-pareto"),
        lambda: api.share_data(data_set_id=kept.id, owner_id=peer.pk, for_company=True, for_staff=True),
        lambda: api.remove_data(data_set_id=kept.id, owner_id=peer.pk),
        lambda: api.read_data(data_set_id=kept.id, reader_id=peer.pk),
    ):
        with pytest.raises(UnknownData):
            refused()


def test_the_owner_says_who_reads_it(learner, colleague, peer, teacher, firm):
    kept = keep(learner)

    def readers() -> set[str]:
        found = set()
        for user in (learner, colleague, peer, teacher):
            try:
                api.read_data(data_set_id=kept.id, reader_id=user.pk)
            except UnknownData:
                continue
            found.add(user.username)
        return found

    assert readers() == {"anna"}
    api.share_data(data_set_id=kept.id, owner_id=learner.pk, for_company=True, for_staff=False)
    assert readers() == {"anna", "jonas"}
    api.share_data(data_set_id=kept.id, owner_id=learner.pk, for_company=False, for_staff=True)
    assert readers() == {"anna", "tea"}


def test_colleagues_of_a_later_firm_see_nothing(learner, colleague, peer, firm):
    kept = keep(learner)
    api.share_data(data_set_id=kept.id, owner_id=learner.pk, for_company=True, for_staff=False)
    companies.leave_company(user_id=learner.pk, course_key=SME1)
    other = companies.company_of(user_id=peer.pk, course_key=SME1)
    companies.join_company(company_id=other.id, user_id=learner.pk, course_key=SME1)
    with pytest.raises(UnknownData):
        api.read_data(data_set_id=kept.id, reader_id=peer.pk)


def test_the_trail_tells_who_read_and_who_removed_it(learner, teacher):
    kept = keep(learner)
    api.share_data(data_set_id=kept.id, owner_id=learner.pk, for_company=False, for_staff=True)
    api.read_data(data_set_id=kept.id, reader_id=learner.pk)
    api.read_data(data_set_id=kept.id, reader_id=teacher.pk)
    api.remove_data(data_set_id=kept.id, owner_id=learner.pk)
    lines = audit_log.page_of(course_key=SME1).entries
    assert [(line.verb, line.actor_id) for line in lines] == [("data_removed", learner.pk), ("data_read", teacher.pk)]
    assert api.data_sets_of(owner_id=learner.pk, course_key=SME1) == ()


def test_there_is_an_end_to_data_sets_and_versions(learner, monkeypatch):
    monkeypatch.setattr("iciinsmes.exercises.data_sets.MAX_DATA_SETS", 1)
    monkeypatch.setattr("iciinsmes.exercises.data_sets.MAX_VERSIONS", 2)
    kept = keep(learner)
    keep(learner, [1], data_set_id=kept.id)
    with pytest.raises(TooMuchData):
        keep(learner, [2], data_set_id=kept.id)
    with pytest.raises(TooMuchData):
        keep(learner)


def test_data_are_dropped_when_nobody_has_used_them_for_long(learner):
    old, new = keep(learner), keep(learner, title="New")
    now = timezone.now()
    DataSet.objects.filter(pk=old.id).update(used_at=now - timedelta(days=400))
    before = now - timedelta(days=365)
    assert expire_data(before=before, dry_run=True) == 1
    assert expire_data(before=before) == 1
    assert [each.id for each in api.data_sets_of(owner_id=learner.pk, course_key=SME1)] == [new.id]
