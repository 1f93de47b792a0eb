"""Results that more than one person makes: proposed and released by two, or judged blind and agreed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.errors import NotReleasable, OwnWork, SecondNeeded
from iciinsmes.assignments.planned_releases import release_due
from iciinsmes.audit_log import api as audit_log
from iciinsmes.notices.models import Notice
from iciinsmes.platform import Role
from iciinsmes.review import api as review
from iciinsmes.review.data import Marking
from iciinsmes.review.models import Assessment
from iciinsmes.waiting.models import WaitingItem
from tests.desk.conftest import COURSE, PASS, W01, make_task, person, text_of, url, waiting

REVISE = {"points.completeness": "1", "points.finding": "0", "feedback": "Count again, please.", "decision": "revise"}
GOOD = {**PASS, "feedback": "A good list.", "decision": "passed"}


def task_with(marking):
    return assignments.freeze_task(usage_key=W01, course_key=COURSE, task=replace(make_task(), marking=marking))


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def second_desk(colleague):
    return browser_of(colleague)


@pytest.fixture
def third(db):
    return person("theo", Role.TEACHER)


@pytest.fixture
def proposed_by_two(anna, teacher):
    return waiting(anna, task_with(Marking.PROPOSE))


def blind_round(owner):
    round_id = waiting(owner, task_with(Marking.BLIND))
    WaitingItem.objects.filter(subject=round_id).update(is_blind=True)
    return round_id


@pytest.fixture
def blind(anna):
    return blind_round(anna)


def result(round_id):
    return review.released(subjects=[round_id]).get(round_id)


class TestProposeAndRelease:
    def test_nothing_goes_out_before_a_second_person_releases_it(
        self, desk, second_desk, teacher, colleague, proposed_by_two
    ):
        desk.post(url(proposed_by_two), GOOD)
        assert result(proposed_by_two) is None
        assert [each.user_id for each in Notice.objects.filter(kind="proposed")] == [colleague.pk]
        assert not Notice.objects.filter(kind="passed").exists()
        page = text_of(second_desk.get(url(proposed_by_two)))
        assert "Tea proposes" in page
        assert "A good list." in page
        second_desk.post(url(proposed_by_two), GOOD)
        done = result(proposed_by_two)
        assert (done.assessor_id, done.released_by_id, done.outcome) == (teacher.pk, colleague.pk, "passed")

    def test_the_second_may_change_it_and_both_texts_stay(self, desk, second_desk, teacher, colleague, proposed_by_two):
        desk.post(url(proposed_by_two), GOOD)
        second_desk.post(url(proposed_by_two), {**GOOD, "feedback": "A very good list."})
        done = result(proposed_by_two)
        assert (done.assessor_id, done.feedback) == (colleague.pk, "A very good list.")
        assert Assessment.objects.get(assessor=teacher).feedback == "A good list."
        rounds = assignments.round_ids(usage_key=W01)
        assert review.agreement_of(subjects=rounds) == (), "who has seen the other's levels is no second opinion"

    def test_nobody_releases_the_own_proposal(self, desk, teacher, colleague, proposed_by_two):
        desk.post(url(proposed_by_two), GOOD)
        with pytest.raises(SecondNeeded):
            assignments.release(
                round_id=proposed_by_two, assessor_id=teacher.pk, outcome="passed", reason="In a hurry."
            )
        desk.post(url(proposed_by_two, "desk-marking"), {"do": "release"})
        desk.post(reverse("iciinsmes:desk-let-out", args=[COURSE]), {"do": "release", "round": str(proposed_by_two)})
        desk.post(reverse("iciinsmes:desk-let-out", args=[COURSE]), {"do": "release", "all": "1"})
        release_due()
        assert result(proposed_by_two) is None

    def test_it_is_taken_back_and_changed(self, desk, proposed_by_two, colleague):
        desk.post(url(proposed_by_two), GOOD)
        assert desk.post(url(proposed_by_two), {**GOOD, "feedback": "Late words."}).status_code == 409
        desk.post(url(proposed_by_two, "desk-marking"), {"do": "take_back"})
        assert 'name="decision"' in text_of(desk.get(url(proposed_by_two)))
        assert WaitingItem.objects.get().progress == "begun"

    def test_a_teacher_who_is_alone_is_told_what_to_do(self, desk, proposed_by_two):
        desk.post(url(proposed_by_two), GOOD)
        assert "You are the only one here" in text_of(desk.get(url(proposed_by_two)))

    def test_a_coordinator_who_is_alone_releases_with_a_reason(self, second_desk, colleague, anna):
        round_id = waiting(anna, task_with(Marking.PROPOSE))
        second_desk.post(url(round_id), GOOD)
        second_desk.post(url(round_id, "desk-marking"), {"do": "alone", "reason": " "})
        assert result(round_id) is None
        second_desk.post(url(round_id, "desk-marking"), {"do": "alone", "reason": "My colleague is ill."})
        assert result(round_id).outcome == "passed"
        lines = audit_log.page_of(course_key=COURSE, verb="released_alone").entries
        assert [line.detail["why_alone"] for line in lines] == ["My colleague is ill."]

    def test_a_coordinator_who_is_not_alone_does_not(self, second_desk, colleague, proposed_by_two):
        second_desk.post(url(proposed_by_two), GOOD)
        second_desk.post(url(proposed_by_two, "desk-marking"), {"do": "alone", "reason": "Quick."})
        assert result(proposed_by_two) is None


class TestBlind:
    def plain(self, response):
        page = text_of(response)
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
        return re.sub(r'nonce="[^"]+"', "", page)

    def test_nothing_tells_the_second_of_the_first(self, desk, second_desk, teacher, colleague, anna, blind):
        queue = reverse("iciinsmes:desk-queue", args=[COURSE])
        places = [
            (url(blind), {}),
            (queue, {}),
            (queue, {"find": "1"}),
            (queue, {"state": "new"}),
            (queue, {"state": "ready"}),
            (queue, {"allocated": str(teacher.pk)}),
            (reverse("iciinsmes:desk-releases", args=[COURSE]), {}),
            (reverse("iciinsmes:desk-agreement", args=[COURSE]), {}),
            (reverse("iciinsmes:desk"), {}),
        ]
        second_desk.get(url(blind))  # what the second sees is kept once; nothing of that may change
        before = [self.plain(second_desk.get(*place)) for place in places]
        desk.get(url(blind))
        desk.post(url(blind, "desk-draft"), {"points.finding": "0"})
        desk.post(url(blind), {**REVISE, "base_revision": "1"})
        assert Assessment.objects.get(assessor=teacher).proposed_at is not None
        after = [self.plain(second_desk.get(*place)) for place in places]
        assert after == before
        assert not Notice.objects.filter(user=colleague).exclude(kind="handed_in").exists()
        lines = audit_log.page_of(course_key=COURSE).entries
        assert {line.actor_id for line in lines} == {None}
        assert audit_log.page_of(course_key=COURSE, actor_id=teacher.pk).entries == ()

    def test_both_then_see_the_differences_and_agree(self, desk, second_desk, teacher, colleague, third, blind):
        desk.post(url(blind), REVISE)
        second_desk.post(url(blind), GOOD)
        assert {each.user_id for each in Notice.objects.filter(kind="both_marked")} == {teacher.pk, colleague.pk}
        page = text_of(second_desk.get(url(blind)))
        for words in ("What both think", "one level apart", "further apart", "Count again, please."):
            assert words in page
        assert "Two colleagues have judged this work" in text_of(browser_of(third).get(url(blind)))
        assert browser_of(third).post(url(blind), GOOD).status_code == 409
        second_desk.post(url(blind), {**GOOD, "feedback": "Agreed between us."})
        done = result(blind)
        assert (done.outcome, done.feedback, done.joint) == ("passed", "Agreed between us.", True)
        found = {each.title: each.found for each in review.agreement_of(subjects=assignments.round_ids(usage_key=W01))}
        assert (found["Completeness"].exact, found["Completeness"].adjacent) == (0, 1)
        assert audit_log.page_of(course_key=COURSE, actor_id=colleague.pk).entries

    def test_a_coordinator_may_agree_for_two_others(self, desk, second_desk, teacher, third, blind):
        desk.post(url(blind), REVISE)
        browser_of(third).post(url(blind), GOOD)
        page = text_of(second_desk.get(url(blind)))
        assert "What both think" in page
        second_desk.post(url(blind), GOOD)
        assert result(blind).outcome == "passed"

    def test_one_alone_releases_nothing(self, desk, teacher, colleague, blind):
        desk.post(url(blind), GOOD)
        for assessor in (teacher.pk, colleague.pk):
            with pytest.raises((SecondNeeded, NotReleasable)):
                assignments.release(round_id=blind, assessor_id=teacher.pk, outcome="passed", by_id=assessor)
        assert result(blind) is None

    def test_after_both_nobody_takes_the_own_back(self, desk, second_desk, teacher, blind):
        desk.post(url(blind), REVISE)
        second_desk.post(url(blind), GOOD)
        assert not assignments.take_back(round_id=blind, assessor_id=teacher.pk)

    def test_it_is_in_nobodys_hand_and_passed_over_by_who_is_done(self, desk, blind, bo, version):
        desk.get(url(blind))
        assert WaitingItem.objects.get().claimed_by is None
        desk.post(url(blind), GOOD)
        other = waiting(bo, task_with(Marking.BLIND), days=0.5)
        WaitingItem.objects.update(is_blind=True)
        answer = desk.post(url(other), GOOD)
        assert answer["Location"] == reverse("iciinsmes:desk-queue", args=[COURSE])


class TestRelease:
    def ready(self, desk, *rounds):
        for round_id in rounds:
            desk.post(url(round_id), {**GOOD, "later": "1"})

    def page(self, browser):
        return text_of(browser.get(reverse("iciinsmes:desk-releases", args=[COURSE])))

    def let_out(self, browser, **data):
        return browser.post(reverse("iciinsmes:desk-let-out", args=[COURSE]), data, follow=True).content.decode()

    def test_some_go_out_and_what_cannot_is_named(self, desk, second_desk, first, second, teacher, colleague):
        self.ready(desk, first, second)
        assert result(first) is None
        assert "Tischlerei Nordlicht" in self.page(second_desk)
        gone = waiting(person("gunda", Role.LEARNER), task_with(Marking.PROPOSE))
        said = self.let_out(second_desk, do="release", round=[str(first), str(gone), str(second)])
        assert "2 results are released." in said
        assert "Not released: W01" in said
        assert result(first).released_by_id == colleague.pk
        assert result(first).assessor_id == teacher.pk
        assert "Nothing is ready" in self.page(second_desk)

    def test_all_at_a_moment_and_nothing_before_and_each_once(self, desk, first, second, monkeypatch):
        self.ready(desk, first, second)
        tomorrow = timezone.now() + timedelta(days=1)
        said = self.let_out(desk, do="plan", all="1", at=tomorrow.strftime("%Y-%m-%dT%H:%M"))
        assert "2 results go out on" in said
        release_due()
        assert result(first) is None
        Assessment.objects.update(release_at=timezone.now() - timedelta(minutes=1))
        for _run in range(2):
            release_due()
        assert {result(first).outcome, result(second).outcome} == {"passed"}
        assert Notice.objects.filter(kind="passed").count() == 2

    def test_one_that_fails_stops_no_other_and_is_told(self, desk, teacher, first, second, monkeypatch):
        self.ready(desk, first, second)
        self.let_out(desk, do="plan", all="1", at=(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
        Assessment.objects.update(release_at=timezone.now() - timedelta(minutes=1))
        Assessment.objects.filter(subject=first).update(points={})
        release_due()
        assert (result(first), result(second).outcome) == (None, "passed")
        assert [each.user_id for each in Notice.objects.filter(kind="not_released")] == [teacher.pk]
        release_due()
        assert Notice.objects.filter(kind="not_released").count() == 1

    @pytest.mark.parametrize("at", ["", "nonsense", "2001-01-01T10:00"])
    def test_a_moment_that_is_none_or_past_plans_nothing(self, desk, first, at):
        self.ready(desk, first)
        assert "still to come" in self.let_out(desk, do="plan", all="1", at=at)
        assert Assessment.objects.get().release_at is None

    def test_the_enter_key_releases_nothing(self, desk, first):
        self.ready(desk, first)
        assert "Nothing has gone out" in self.let_out(desk, do="", round=str(first), all="1")
        assert (result(first), Assessment.objects.get().release_at) == (None, None)

    def test_a_plan_is_taken_away(self, desk, first):
        self.ready(desk, first)
        at = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        self.let_out(desk, do="plan", round=str(first), at=at)
        assert Assessment.objects.get().release_at is not None
        assert "goes out on" in self.page(desk)
        self.let_out(desk, do="unplan", round=str(first))
        assert Assessment.objects.get().release_at is None

    def test_all_now_goes_out_behind_the_request(self, desk, first, second, django_capture_on_commit_callbacks):
        self.ready(desk, first, second)
        with django_capture_on_commit_callbacks(execute=True):
            said = self.let_out(desk, do="release", all="1")
        assert "2 results are going out now." in said
        release_due()
        assert result(second).outcome == "passed"

    @pytest.mark.parametrize("count", [2, 30])
    def test_queries_do_not_grow(self, desk, version, count, django_assert_max_num_queries):
        for number in range(count):
            self.ready(desk, waiting(person(f"l{number}", Role.LEARNER), version))
        with django_assert_max_num_queries(13):
            assert self.page(desk).count('name="round"') == min(count, 50)

    def test_who_did_it_oneself_releases_it_by_no_way(self, desk, second_desk, colleague, version):
        own = waiting(colleague, version)
        self.ready(desk, own)
        assert 'name="round"' not in self.page(second_desk)
        self.let_out(second_desk, do="release", round=str(own))
        self.let_out(second_desk, do="release", all="1")
        release_due()
        with pytest.raises(OwnWork):
            assignments.release(round_id=own, assessor_id=colleague.pk, outcome="passed")
        assert result(own) is None
