"""A course run as tables: who stands in them, what is not told, and how they are written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import MentorNeed, MentorRule
from iciinsmes.assignments.models import Round
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import MentorContact
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.sheets.headings import MOST_CRITERIA, keys_of, result_columns
from iciinsmes.toolbox import api as toolbox
from tests.desk.conftest import COURSE, W02, make_task, person, waiting
from tests.mentors.conftest import MATTER, YES, token
from tests.sheets.conftest import in_german, rows_of, sheets_url, table

pytestmark = pytest.mark.django_db
POINTS = {"completeness": Decimal(2), "finding": Decimal("3")}


def judge(round_id, assessor, version, feedback="Well done"):
    return review.propose(
        subject=round_id,
        rubric_id=version.rubric_id,
        assessor_id=assessor.pk,
        points=POINTS,
        comments={"finding": "=SUM(A1)"},
        feedback=feedback,
        base_revision=None,
    )


def test_results_have_a_row_for_each_work_with_everything_that_was_judged(desk, teacher, first, second, version):
    judge(first, teacher, version)
    assignments.release(round_id=first, assessor_id=teacher.pk, outcome="passed")
    row, other = rows_of(table(desk))
    assert row["Learner"].startswith("Anna")
    assert (row["Firm"], row["Round"], row["Outcome"], row["Result"]) == (
        "Tischlerei Nordlicht",
        "1",
        "passed",
        "released",
    )
    assert (row["Criterion 1"], row["Points 1"], row["Level 1"]) == ("Completeness", "2", "8 or more")
    assert (row["Comment 2"], row["Feedback"]) == ("'=SUM(A1)", "Well done")
    assert row["Sum of points"] == "5.00"
    assert (other["Result"], other["Points 1"], other["Hours"]) == ("", "", "4.50")
    assert any(name.startswith("Handed in (") for name in row)


def test_a_reader_of_another_country_gets_other_signs(desk, first, teacher, version):
    Round.objects.update(hours=Decimal("4.5"))
    with in_german():
        desk.cookies.load({"django_language": "de"})
        content = table(desk)
    (row,) = rows_of(content, ";")
    assert "4,50" in row.values()


def test_excel_has_the_same(desk, first):
    sheet = toolbox.open_table(content=table(desk, kind="xlsx"), as_written=True)
    assert list(sheet.names[:3]) == ["Learner", "Mail address", "Firm"]
    assert 4.5 in sheet.rows[0]


def test_what_others_have_proposed_is_in_no_table_before_it_is_released(desk, first, colleague, teacher, version):
    judge(first, colleague, version, feedback="A secret between us")
    for name in ("results", "rounds"):
        assert b"A secret" not in table(desk, table=name)
        (row,) = rows_of(table(desk, table=name))
        assert not row["Points 1"]
        assert not row["Assessed by"]
    assignments.release(round_id=first, assessor_id=colleague.pk, outcome="passed")
    (row,) = rows_of(table(desk))
    assert row["Assessed by"].startswith("Cora")


def test_rounds_have_each_round_and_results_the_newest(desk, anna, first, version):
    waiting(anna, version, days=1)
    assert [row["Round"] for row in rows_of(table(desk, table="rounds"))] == ["1", "2"]
    assert [row["Round"] for row in rows_of(table(desk))] == ["2"]


def test_hours_have_a_row_for_each_line_of_the_log(desk, first):
    Round.objects.update(log=[{"date": "2026-03-01", "hours": "1.5", "what": "-counted"}])
    (row,) = rows_of(table(desk, table="hours"))
    assert (row["Day"], row["Hours"], row["What was done"]) == ("2026-03-01", "1.5", "'-counted")


def test_mentors_have_a_row_for_each_round_about_which_somebody_was_asked(desk, anna, second):
    task = replace(make_task("W03"), mentor=MentorRule(need=MentorNeed.OPTIONAL))
    first = waiting(anna, assignments.freeze_task(usage_key=W02, course_key=COURSE, task=task))
    contact = MentorContact(name="Mia Owner", email="mia@example.org", language="en", role="owner")
    subject = assignments.round_subject(first, COURSE, None)
    asked = mentors.request_sign_off(subject=subject, asked_by=anna.pk, contact=contact, matter=MATTER)
    (row,) = rows_of(table(desk, table="mentors"))
    assert (row["State"], row["Mentor"]) == ("asked", "Mia Owner")
    mentors.answer(token=token(asked), form=YES)
    (row,) = rows_of(table(desk, table="mentors"))
    assert row["State"] == "confirmed"
    assert rows_of(table(desk, assignment=str(W02)))[0]["Mentor"] == "confirmed"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"assignment": str(W02)}, 1),
        ({"assignment": "nonsense"}, 3),
        ({"firm": "nordlicht"}, 1),
        ({"q": "bo@example"}, 2),
        ({"firm": "nowhere"}, 0),
    ],
)
def test_tables_are_narrowed_as_the_queue_is(desk, bo, first, second, other_version, query, count):
    waiting(bo, other_version)
    assert len(rows_of(table(desk, **query))) == count


def test_only_what_waits_leaves_out_what_has_a_result(desk, teacher, first, second, version):
    judge(first, teacher, version)
    assignments.release(round_id=first, assessor_id=teacher.pk, outcome="passed")
    (row,) = rows_of(table(desk, open="1"))
    assert row["Key of the round (do not change)"] == str(second)


def test_a_teacher_of_some_learners_gets_those_and_nobody_the_own_work(desk, teacher, first, second, anna, monkeypatch):
    from django.contrib.auth import get_user_model

    from iciinsmes_campus.host import CampusHost

    limit = get_user_model().objects.filter(pk=anna.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda _self, _user, _course: limit)
    assert [row["Mail address"] for row in rows_of(table(desk))] == ["anna@example.org"]
    monkeypatch.setattr(CampusHost, "limited_to", lambda _self, _user, _course: None)
    Round.objects.get(id=first).work.__class__.objects.filter(rounds=first).update(owner=teacher)
    assert [row["Mail address"] for row in rows_of(table(desk))] == ["bo@example.org"]


def test_what_is_kept_to_the_coach_is_named_and_not_told(desk, colleague, first, teacher, version):
    judge(first, teacher, version)
    Round.objects.filter(id=first).update(audience="coach")
    (row,) = rows_of(table(desk))
    assert row["Learner"].startswith("Anna")
    assert not row["Points 1"] + row["Hours"] + row["Feedback"]


def test_learners_and_strangers_find_nothing(client, anna, first):
    client.force_login(anna)
    assert client.get(sheets_url("sheets-table"), {"table": "results"}).status_code == 404
    assert Client().get(sheets_url("sheets-table")).status_code == 302


def test_that_a_table_was_taken_out_stands_in_the_trail(desk, teacher, first):
    table(desk, table="hours")
    entry = AuditLogEntry.objects.get(verb="sheet_taken_out")
    assert (entry.actor_id, entry.detail) == (teacher.pk, {"table": "hours"})


def test_queries_do_not_grow_with_the_rounds(desk, first, version, django_assert_max_num_queries):
    for number in range(25):
        waiting(person(f"learner{number}", Role.LEARNER), version)
    with django_assert_max_num_queries(30):
        assert len(rows_of(table(desk))) == 26


def test_columns_are_found_again_in_every_language():
    for language in ("en", "de", "da", "pl", "hu"):
        from django.utils import translation

        with translation.override(language):
            columns = result_columns(MOST_CRITERIA)
        assert keys_of([name for _key, name in columns]) == [key for key, _name in columns]
