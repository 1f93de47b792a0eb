"""Exceptions at the desk: what teachers decide beside a work and for a course run, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Extension, Waiver
from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes_campus.host import CampusHost

from .conftest import COURSE, OTHER_COURSE, PASS, W01, make_task, person, text_of, url, waiting

DUE = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)
HERE = reverse("iciinsmes:desk-exceptions", args=[COURSE])
pytestmark = pytest.mark.django_db


@pytest.fixture
def dated(monkeypatch):
    monkeypatch.setattr(CampusHost, "due_date", lambda *_args: DUE)


@pytest.fixture
def berlin(desk):
    desk.cookies["ici_zone"] = "Europe/Berlin"
    return desk


def panel(round_id):
    return url(round_id, "desk-round-exceptions")


def released(desk, round_id):
    assert desk.post(url(round_id), {**PASS, "decision": "passed", "feedback": "Good."}).status_code == 302
    return assignments.grading(round_id=round_id).round.assessment


class TestMoreTime:
    def test_a_week_more_by_the_clock_on_the_wall(self, dated, berlin, first, anna):
        answer = berlin.post(panel(first), {"do": "extend", "days": "7", "reason": "Ill."}, follow=True)
        assert "Wed 28 Oct 2026, 18:00 CET" in text_of(answer)
        assert assignments.due_date(user_id=anna.id, usage_key=W01) == datetime(2026, 10, 28, 17, 0, tzinfo=UTC)

    def test_the_panel_says_what_counts_now_with_its_zone(self, dated, berlin, first, anna):
        assert "Due for Anna: Wed 21 Oct 2026, 18:00 CEST" in text_of(berlin.get(panel(first)))
        part = berlin.get(panel(first), headers={"HX-Request": "true"})
        assert "<html" not in text_of(part)

    @pytest.mark.parametrize(
        "typed",
        [
            {"days": "0"},
            {"days": "x"},
            {"days": "900"},
            {"until": "tomorrow"},
            {},
            {"days": "2", "until": "2026-12-01T12:00"},
            {"until": "2026-10-01T12:00"},
        ],
    )
    def test_what_is_no_later_date_is_refused_and_kept(self, dated, desk, first, typed):
        page = text_of(desk.post(panel(first), {"do": "extend", "reason": "Trade <fair>", **typed}), 422)
        assert "Trade &lt;fair&gt;" in page
        assert not Extension.objects.exists()

    def test_where_nothing_is_due_there_is_nothing_to_extend(self, desk, first):
        assert "Nothing is due here for Anna." in text_of(desk.get(panel(first)))
        text_of(desk.post(panel(first), {"do": "extend", "days": "3", "reason": "Ill."}), 422)

    def test_a_firm_and_everybody(self, dated, berlin, first, second, anna, bo):
        grant = {"kind": "extend", "block": str(W01), "reason": "Harvest."}
        berlin.post(HERE, {**grant, "scope": "company", "who": "nordlicht", "days": "2"})
        assert assignments.due_date(user_id=anna.id, usage_key=W01) == DUE + timedelta(days=2)
        assert assignments.due_date(user_id=bo.id, usage_key=W01) == DUE
        berlin.post(HERE, {**grant, "scope": "all", "days": "1"})
        assert assignments.due_date(user_id=bo.id, usage_key=W01) == DUE + timedelta(days=1)
        page = text_of(berlin.get(HERE))
        assert "Tischlerei Nordlicht" in page
        assert "Everybody" in page

    def test_a_firm_of_another_course_is_none(self, dated, desk, first):
        firm = companies.create_company(name="Elsewhere", country="de")
        companies.join_company(company_id=firm.id, user_id=person("ed").id, course_key=OTHER_COURSE)
        asked = {"kind": "extend", "block": str(W01), "scope": "company", "who": "Elsewhere", "days": "2"}
        text_of(desk.post(HERE, {**asked, "reason": "Why not."}), 422)
        assert not Extension.objects.exists()

    def test_namesakes_are_told_apart(self, dated, desk, first):
        for name in ("kim1", "kim2"):
            user = person(name, Role.LEARNER)
            user.first_name = "Kim"
            user.save()
        asked = {"kind": "extend", "block": str(W01), "scope": "learner", "days": "2", "reason": "Ill."}
        page = text_of(desk.post(HERE, {**asked, "who": "Kim"}), 422)
        assert "kim1" in page
        assert "kim2" in page
        desk.post(HERE, {**asked, "who": "kim2"})
        assert Extension.objects.get().owner.username == "kim2"

    def test_it_is_taken_back(self, dated, desk, first, anna):
        desk.post(panel(first), {"do": "extend", "days": "7", "reason": "Ill."})
        row = Extension.objects.get()
        end = reverse("iciinsmes:desk-extension-end", args=[COURSE, row.id])
        assert desk.post(end).status_code == 302
        assert assignments.due_date(user_id=anna.id, usage_key=W01) == DUE
        elsewhere = reverse("iciinsmes:desk-extension-end", args=[OTHER_COURSE, row.id])
        assert desk.post(elsewhere).status_code == 404


class TestWhoMay:
    def test_the_own_work_is_nobodys_own_to_except(self, dated, client, version, teacher):
        mine = waiting(teacher, version)
        client.force_login(teacher)
        assert client.get(panel(mine)).status_code == 404
        assert client.post(panel(mine), {"do": "waive", "reason": "I may."}).status_code == 404

    def test_who_teaches_some_learners_decides_about_these_alone(
        self, dated, desk, first, second, anna, bo, monkeypatch
    ):
        only_bo = type(bo).objects.filter(pk=bo.pk)
        monkeypatch.setattr(CampusHost, "limited_to", lambda *_args: only_bo)
        assert desk.get(panel(first)).status_code == 404
        grant = {"kind": "extend", "block": str(W01), "reason": "Harvest.", "days": "2"}
        text_of(desk.post(HERE, {**grant, "scope": "all"}), 422)
        text_of(desk.post(HERE, {**grant, "scope": "learner", "who": "anna"}), 422)
        assert not Extension.objects.exists()
        assert desk.post(HERE, {**grant, "scope": "learner", "who": "bo"}).status_code == 302
        others = assignments.extend(
            usage_key=W01,
            course_key=COURSE,
            by_id=bo.pk,
            due_at=DUE + timedelta(days=1),
            reason="A.",
            owner_id=anna.pk,
        )
        end = reverse("iciinsmes:desk-extension-end", args=[COURSE, others.id])
        assert desk.post(end).status_code == 404
        assert "Anna" not in text_of(desk.get(HERE))


class TestNotNeeded:
    def test_a_learner_who_has_not_begun(self, desk, version, anna):
        asked = {"kind": "waive", "block": str(W01), "scope": "learner", "who": "anna", "reason": "Did it before."}
        assert desk.post(HERE, asked).status_code == 302
        assert "Did it before." in text_of(desk.get(HERE))
        desk.post(HERE, {"kind": "unwaive", "owner": anna.id, "block": str(W01)})
        assert not Waiver.objects.exists()

    def test_one_after_the_other(self, desk, version):
        asked = {"kind": "waive", "block": str(W01), "scope": "all", "reason": "Easter."}
        text_of(desk.post(HERE, asked), 422)
        assert not Waiver.objects.exists()


class TestAnotherResult:
    def correct(self, round_id):
        return url(round_id, "desk-correct")

    def test_the_learner_reads_the_old_one_until_the_new_one_is_released(self, desk, first):
        before = released(desk, first)
        page = text_of(desk.get(self.correct(first)))
        assert "The result now" in page
        assert assignments.grading(round_id=first).round.assessment == before
        sent = {
            "points.completeness": "3",
            "points.finding": "3",
            "decision": "passed",
            "reason": "A page was overlooked.",
            "base_revision": before.revision,
        }
        answer = desk.post(self.correct(first), sent, follow=True)
        page = text_of(answer)
        assert "A page was overlooked." in page
        assert assignments.grading(round_id=first).round.assessment.earned == 6
        assert desk.post(self.correct(first), sent).status_code == 302
        assert len(review.corrected(subjects=[first])[first]) == 1

    def test_what_was_typed_stays_where_it_is_not_taken(self, desk, first):
        before = released(desk, first)
        sent = {**PASS, "feedback": "New <words>", "decision": "passed", "base_revision": before.revision}
        page = text_of(desk.post(self.correct(first), sent), 422)
        assert "New &lt;words&gt;" in page
        assert "Say why" in page

    def test_a_newer_rubric_is_offered_and_copies_nothing_unseen(self, desk, first):
        released(desk, first)
        task = make_task()
        criteria = (task.rubric.criteria[0], replace(task.rubric.criteria[1], key="value", title="Value"))
        newer = replace(task, rubric=replace(task.rubric, criteria=criteria))
        assignments.freeze_task(usage_key=W01, course_key=COURSE, task=newer)
        assert "The author has changed the rubric since." in text_of(desk.get(self.correct(first)))
        empty = text_of(desk.get(self.correct(first) + "?rubric=new"))
        assert "checked" not in empty
        assert "Value" in empty
        taken = text_of(desk.get(self.correct(first) + "?rubric=new&take=1"))
        assert taken.count("checked") == 1

    def test_without_a_result_there_is_nothing_to_change(self, desk, first):
        assert desk.get(self.correct(first)).status_code == 404


class TestTheRound:
    def test_it_does_not_count(self, desk, first, anna):
        released(desk, first)
        desk.post(panel(first), {"do": "cancel", "reason": "Handed in for somebody else."})
        page = text_of(desk.get(url(first)))
        assert "Does not count" in page
        assert "Handed in for somebody else." in page
        assert assignments.work_of(user_id=anna.id, usage_key=W01).state == "revise"

    def test_beginning_anew_is_asked_for_twice(self, desk, first, anna):
        text_of(desk.post(panel(first), {"do": "reset", "reason": "The wrong course."}), 422)
        assert assignments.work_of(user_id=anna.id, usage_key=W01).rounds
        answer = desk.post(panel(first), {"do": "reset", "reason": "The wrong course.", "sure": "yes"})
        assert answer.status_code == 302
        assert not assignments.work_of(user_id=anna.id, usage_key=W01).rounds
        assert desk.post(panel(first), {"do": "reset", "reason": "Again.", "sure": "yes"}).status_code == 404

    def test_nonsense_is_nothing(self, desk, first):
        assert desk.post(panel(first), {"do": "delete everything"}).status_code == 404


def test_the_queue_page_costs_no_query_more(desk, first, django_assert_max_num_queries):
    desk.get(url(first))
    with django_assert_max_num_queries(20):
        desk.get(url(first))
