"""Grades from a sheet: previewed, all or nothing, once, undone; and what is refused at which line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round, Work
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.sheets import import_work
from iciinsmes.sheets.models import GradeImport
from iciinsmes.waiting.models import WaitingItem
from tests.desk.conftest import OTHER_COURSE, person, waiting
from tests.sheets.conftest import (
    as_csv,
    do,
    problems,
    proposal,
    rows_of,
    send,
    sent,
    sheets_url,
    table,
    verdicts,
)

pytestmark = pytest.mark.django_db
KEY, VERSION = "Key of the round (do not change)", "Version (do not change)"
GRADED = {"Points 1": "2", "Points 2": "3", "Comment 2": "Fine", "Feedback": "Well done"}


def test_grades_become_proposals_once_they_are_confirmed(desk, teacher, first, second, edited):
    row = sent(desk, edited(GRADED, {}))
    assert verdicts(row) == ["changed", "unchanged"]
    assert proposal(first, teacher) is None
    page = desk.get(sheets_url("sheets-import", row.id)).content.decode()
    assert "1 line with changes" in page
    assert "Well done" in page
    assert do(desk, row, "confirm").state == "saved"
    kept = proposal(first, teacher)
    assert (kept.points, kept.comments) == (
        {"completeness": Decimal(2), "finding": Decimal(3)},
        {"finding": "Fine"},
    )
    assert (kept.feedback, kept.earned, kept.released_at) == ("Well done", 5, None)
    assert WaitingItem.objects.get(subject=first).progress == "begun"
    assert Round.objects.get(id=first).opened_at is not None
    assert Round.objects.get(id=second).opened_at is None


def test_an_empty_cell_changes_nothing_and_a_mark_clears(desk, teacher, first, edited):
    do(desk, sent(desk, edited(GRADED)), "confirm")
    row = sent(desk, edited({"Points 1": "", "Points 2": "[-]", "Comment 2": "", "Feedback": "[-]"}))
    do(desk, row, "confirm")
    kept = proposal(first, teacher)
    assert (kept.points, kept.comments, kept.feedback) == ({"completeness": Decimal(2)}, {"finding": "Fine"}, "")


def test_sending_a_table_back_changes_nothing(desk, first, second, edited):
    do(desk, sent(desk, edited(GRADED, GRADED)), "confirm")
    assert verdicts(sent(desk, edited({}, {}))) == ["unchanged", "unchanged"]


@pytest.mark.parametrize("text", ["2", "2.0", " 2 ", "2,0", "2,00"])
def test_numbers_are_read_as_people_write_them(desk, teacher, first, edited, text):
    do(desk, sent(desk, edited({"Points 1": text})), "confirm")
    assert proposal(first, teacher).points == {"completeness": Decimal(2)}


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"Points 1": "7"}, "Points 1", "Its levels are worth 0 · 1 · 2 · 3."),
        ({"Points 2": "-1"}, "Points 2", "Choose one of the levels."),
        ({"Points 1": "good"}, "Points 1", "“good” is no number."),
        ({"Points 1": "1e999999"}, "Points 1", "no number"),
        ({"Points 1": "NaN"}, "Points 1", "no number"),
        ({"Points 1": "2", "Criterion 1": "Another one"}, "Criterion 1", "Completeness"),
        ({"Feedback": "x" * 6_000}, "Feedback", "too long"),
        ({KEY: "nonsense"}, "", "no such round"),
        ({KEY: "00000000-0000-0000-0000-000000000007"}, "", "no such round"),
        ({"Points 1": "2", VERSION: "v0"}, "", "was changed after the sheet was made"),
    ],
)
def test_what_does_not_fit_is_told_with_line_and_column(desk, teacher, first, second, edited, change, column, words):
    row = sent(desk, edited({}, change))
    assert verdicts(row) == ["unchanged", "refused"]
    ((number, found, text),) = problems(row)
    assert (number, found) == (3, column)
    assert words in text
    page = desk.get(sheets_url("sheets-import", row.id)).content.decode()
    assert "1 line is refused" in page
    do(desk, row, "confirm")
    assert not review.proposals(subject=second)


def test_a_round_that_stands_twice_is_refused_in_both_lines(desk, first, edited):
    rows = rows_of(edited({"Points 1": "2"}))
    row = sent(desk, as_csv([*rows, *rows]))
    assert [(number, text) for number, _column, text in problems(row)] == [
        (2, "The same round stands in line 3 too."),
        (3, "The same round stands in line 2 too."),
    ]


def test_the_own_work_a_foreign_course_and_other_peoples_learners_are_refused(desk, teacher, first, edited, bo):
    content = edited({"Points 1": "2"})
    Work.objects.update(owner=teacher)
    assert "own work" in problems(sent(desk, content))[0][2]
    Work.objects.update(owner=bo)
    Work.objects.update(course_key=OTHER_COURSE)
    assert "no such round" in problems(sent(desk, content))[0][2]


def test_learners_of_another_teacher_are_as_if_they_were_not_there(desk, first, second, edited, anna, monkeypatch):
    from django.contrib.auth import get_user_model

    from iciinsmes_campus.host import CampusHost

    content = edited(GRADED, GRADED)
    limit = get_user_model().objects.filter(pk=anna.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda _self, _user, _course: limit)
    row = sent(desk, content)
    assert verdicts(row) == ["changed", "refused"]
    assert not row.lines.get(number=3).learner_id
    assert not row.lines.get(number=3).title


def test_what_is_released_stays(desk, teacher, first, second, edited):
    do(desk, sent(desk, edited(GRADED, {})), "confirm")
    assignments.release(round_id=first, assessor_id=teacher.pk, outcome="passed")
    row = sent(desk, edited({"Points 1": "3"}, {}))
    assert "The result is released" in problems(row)[0][2]
    assert verdicts(sent(desk, edited({}, {}))) == ["unchanged", "unchanged"]


def test_an_older_round_and_one_that_waits_for_its_learner_are_refused(desk, anna, first, version, edited):
    content = edited(GRADED)
    Work.objects.update(state="sent_back")
    assert "waits for its learner" in problems(sent(desk, content))[0][2]
    waiting(anna, version)
    assert "newer round" in problems(sent(desk, content))[0][2]


def test_one_that_changes_between_preview_and_confirmation_keeps_all_from_being_saved(
    desk, teacher, first, second, version, edited
):
    row = sent(desk, edited(GRADED, GRADED))
    review.propose(
        subject=second,
        rubric_id=version.rubric_id,
        assessor_id=teacher.pk,
        points={},
        comments={},
        feedback="In another tab",
        base_revision=None,
    )
    row = do(desk, row, "confirm")
    assert (row.state, row.was_stale) == ("checked", True)
    assert proposal(first, teacher) is None
    assert verdicts(row) == ["changed", "refused"]
    assert "Something has changed since" in desk.get(sheets_url("sheets-import", row.id)).content.decode()
    do(desk, row, "confirm")
    assert proposal(first, teacher).feedback == "Well done"
    assert proposal(second, teacher).feedback == "In another tab"


def test_a_round_that_was_taken_back_keeps_all_from_being_saved(desk, teacher, first, second, edited):
    row = sent(desk, edited(GRADED, GRADED))
    Round.objects.filter(id=second).delete()
    row = do(desk, row, "confirm")
    assert verdicts(row) == ["changed", "refused"]
    assert not review.proposals(subject=second)


def test_two_clicks_save_once_and_two_workers_too(desk, teacher, first, edited):
    row = sent(desk, edited(GRADED))
    do(desk, row, "confirm")
    saved = row.saved_at
    assert do(desk, row, "confirm").saved_at == saved
    assert proposal(first, teacher).revision == 1
    # A second worker that took the job for left behind finds nothing to do.
    GradeImport.objects.update(state="saving")
    before = proposal(first, teacher)
    import_work.go_on_with_imports()
    assert proposal(first, teacher).revision == before.revision


def test_undo_brings_back_what_was_there(desk, teacher, first, second, edited):
    do(desk, sent(desk, edited({"Feedback": "Typed before"}, {})), "confirm")
    row = do(desk, sent(desk, edited(GRADED, GRADED)), "confirm")
    row = do(desk, row, "undo")
    assert row.state == "undone"
    kept = proposal(first, teacher)
    assert (kept.feedback, kept.points) == ("Typed before", {})
    assert proposal(second, teacher) is None
    assert do(desk, row, "undo").state == "undone"


def test_what_has_changed_since_is_not_undone_and_both_are_shown(desk, teacher, first, second, version, edited):
    row = do(desk, sent(desk, edited(GRADED, GRADED)), "confirm")
    kept = proposal(first, teacher)
    review.propose(
        subject=first,
        rubric_id=version.rubric_id,
        assessor_id=teacher.pk,
        points=kept.points,
        comments=kept.comments,
        feedback="Said otherwise",
        base_revision=kept.revision,
    )
    row = do(desk, row, "undo")
    assert proposal(first, teacher).feedback == "Said otherwise"
    assert proposal(second, teacher) is None
    page = desk.get(sheets_url("sheets-import", row.id), {"show": "changed"}).content.decode()
    for words in ("1 line is undone", "1 stays", "Well done", "Said otherwise", "It was changed after the import"):
        assert words in page


def test_a_worker_that_dies_is_followed(desk, teacher, first, edited, monkeypatch):
    content = edited(GRADED)
    monkeypatch.setattr(import_work, "_check", lambda _row: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(MemoryError):
        send(desk, content)
    monkeypatch.undo()
    row = GradeImport.objects.get()
    assert row.state == "checking"
    import_work.go_on_with_imports()
    row.refresh_from_db()
    assert row.state == "checking", "the worker may still be at it"
    GradeImport.objects.update(last_at="2026-01-01T00:00:00Z")
    import_work.go_on_with_imports()
    row.refresh_from_db()
    assert row.state == "checked"


def test_progress_is_told_until_it_is_done(desk, first, edited):
    row = sent(desk, edited(GRADED))
    GradeImport.objects.update(state="checking", done=0)
    response = desk.get(sheets_url("sheets-progress", row.id), headers={"HX-Request": "true"})
    assert "0 of 1 lines are checked" in response.content.decode()
    assert "HX-Refresh" not in response
    GradeImport.objects.update(state="checked")
    assert desk.get(sheets_url("sheets-progress", row.id))["HX-Refresh"] == "true"


def test_nobody_reaches_the_import_of_somebody_else(desk, client, first, edited, colleague):
    row = sent(desk, edited(GRADED))
    client.force_login(colleague)
    assert client.get(sheets_url("sheets-import", row.id)).status_code == 404
    assert client.post(sheets_url("sheets-import", row.id), {"do": "confirm"}).status_code == 404


def test_a_sheet_of_somebody_else_is_stale_where_it_would_change_something(desk, client, first, colleague, edited):
    content = edited(GRADED)
    client.force_login(colleague)
    assert "somebody else's" in problems(sent(client, content))[0][2]


def test_what_was_not_saved_can_be_dropped(desk, first, edited):
    row = sent(desk, edited(GRADED))
    assert desk.post(sheets_url("sheets-import", row.id), {"do": "drop"})["Location"] == sheets_url()
    assert not GradeImport.objects.exists()


def test_columns_of_ones_own_are_named_and_left_alone(desk, first):
    rows = rows_of(table(desk))
    for row in rows:
        row["My notes"] = "x"
    assert sent(desk, as_csv(rows)).ignored == ["My notes"]


def test_everybody_is_named_so_that_namesakes_are_told_apart(desk, version):
    for name in ("jonas1", "jonas2"):
        user = person(name, Role.LEARNER)
        user.first_name, user.last_name = "Jonas", "Petersen"
        user.save()
        waiting(user, version)
    assert len({row["Learner"] for row in rows_of(table(desk))}) == 2


def test_a_criterion_that_the_round_does_not_have_is_refused(desk, first):
    rows = rows_of(table(desk))
    rows[0]["Points 3"] = "2"
    assert problems(sent(desk, as_csv(rows))) == [(2, "Points 3", "This round has only 2 criteria.")]
