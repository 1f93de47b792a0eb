"""Colleagues hand in together: one click, a round and a result for each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from iciinsmes.assignments import api, teams, works
from iciinsmes.assignments.data import LateRule, MentorNeed, MentorRule
from iciinsmes.assignments.errors import (
    ColleaguesRefused,
    IncompleteWork,
    NoRoundsLeft,
    NotAColleague,
    NotAwaited,
    NotEditable,
    NotWithdrawable,
    TooLate,
)
from iciinsmes.assignments.models import Round, Work
from iciinsmes.companies import api as companies
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.notices import api as notices
from iciinsmes.platform import host, zones
from iciinsmes.review import api as review
from iciinsmes.waiting import api as waiting_room

from .conftest import BLOCK, COURSE, GOOD, attach, hand_in, person, work, write
from .test_views import form, signed_in

PASS = {"completeness": Decimal(3), "finding": Decimal(2)}
PART = reverse("iciinsmes:work", args=[BLOCK])
COLLEAGUES = reverse("iciinsmes:work-colleagues", args=[BLOCK])
HAND_IN = reverse("iciinsmes:work-hand-in", args=[BLOCK])


@pytest.fixture
def use(task, db):
    def freeze(**settings):
        return api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=replace(task, team=True, **settings))

    return freeze


@pytest.fixture
def version(use):
    return use()


def judge(row, version, teacher, outcome="passed"):
    review.propose(
        subject=row.id,
        rubric_id=version.rubric_id,
        assessor_id=teacher.id,
        points=PASS,
        comments={},
        feedback="Well seen.",
        base_revision=None,
    )
    return api.release(round_id=row.id, assessor_id=teacher.id, outcome=outcome)


def queue():
    return [(item.owner_id, item.with_ids) for item in waiting_room.queue(course_key=COURSE).items]


class TestHandingIn:
    def test_gives_everybody_an_own_round_with_the_same_content(self, version, anna, bo, cy):
        row = hand_in(anna, version, bo, cy)
        rounds = [work(user).rounds[0] for user in (anna, bo, cy)]
        assert {one.team for one in rounds} == {row.team}
        assert len({one.id for one in rounds}) == 3
        assert [one.answers for one in rounds] == [GOOD] * 3
        assert len({one.files for one in rounds}) == 1
        assert {one.member_ids for one in rounds} == {tuple(sorted([anna.id, bo.id, cy.id]))}
        assert [work(user).state for user in (anna, bo, cy)] == ["handed_in"] * 3

    def test_a_single_hand_in_stays_what_it_was(self, version, anna, bo):
        row = hand_in(anna, version)
        assert (row.team, row.member_ids) == (None, ())
        assert work(bo).state == "draft"

    def test_a_colleagues_own_draft_stays_as_it_is(self, version, anna, bo):
        api.save_draft(user_id=bo.id, usage_key=BLOCK, answers={"channels": "mine"}, hours=None, base_revision=0)
        hand_in(anna, version, bo)
        assert work(bo).draft.answers["channels"] == "mine"
        assert work(bo).draft.revision == 1

    def test_due_date_and_lateness_are_everybodys_own(self, use, anna, bo, teacher, monkeypatch):
        version = use(late=LateRule(percent_per_day=Decimal(10)))
        now = timezone.now()
        late = {anna.id: now + timedelta(days=1), bo.id: now - timedelta(hours=1)}
        monkeypatch.setattr(host(), "due_date", lambda user_id, _key: late[user_id])
        booked = {}
        monkeypatch.setattr(host(), "book_grade", lambda **values: booked.update({values["user_id"]: values["earned"]}))
        row = hand_in(anna, version, bo)
        assert [work(user).rounds[0].late for user in (anna, bo)] == [False, True]
        judge(row, version, teacher)
        assert booked[bo.id] == booked[anna.id] * Decimal("0.9")

    def test_what_is_missing_stops_it_for_everybody(self, version, anna, bo):
        with pytest.raises(IncompleteWork):
            api.hand_in(user_id=anna.id, usage_key=BLOCK, base_revision=0, version_id=version.id, colleague_ids=[bo.id])
        assert not Round.objects.exists()
        assert not Work.objects.filter(owner=bo).exists()

    def test_colleagues_are_told(self, version, anna, bo):
        row = hand_in(anna, version, bo)
        api.withdraw(user_id=anna.id, usage_key=BLOCK, round_id=row.id)
        told = [notice.headline for notice in notices.inbox(user_id=bo.id).notices]
        assert told == [
            "Anna has taken back “Where do our customers speak?” for you too",
            "Anna has handed in “Where do our customers speak?” for you too",
        ]
        assert notices.inbox(user_id=anna.id).notices == ()


class TestWhoMayBeIncluded:
    def refused(self, user, version, *colleagues):
        with pytest.raises(ColleaguesRefused) as refused:
            hand_in(user, version, *colleagues)
        assert work(user).state == "draft"
        return {user_id: type(error) for user_id, error in refused.value.reasons.items()}

    def test_nobody_of_another_firm_or_of_none(self, version, anna, join):
        elsewhere = join("eve", companies.create_company(name="Pod Dębem", country="pl"))
        alone = person("al", "learner")
        assert self.refused(anna, version, elsewhere, alone) == {elsewhere.id: NotAColleague, alone.id: NotAColleague}

    def test_nobody_who_has_left_the_firm_or_the_course(self, version, anna, bo, firm):
        gone = person("gus")
        companies.join_company(company_id=firm.id, user_id=gone.id, course_key=COURSE)
        companies.leave_company(user_id=bo.id, course_key=COURSE)
        assert self.refused(anna, version, bo, gone) == {bo.id: NotAColleague, gone.id: NotAColleague}

    def test_nobody_where_the_author_does_not_foresee_it(self, task, anna, bo):
        version = api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task)
        assert self.refused(anna, version, bo) == {bo.id: NotAColleague}

    def test_nobody_who_has_handed_in(self, version, anna, bo):
        hand_in(bo, version)
        assert self.refused(anna, version, bo) == {bo.id: NotEditable}

    def test_nobody_without_rounds(self, use, anna, bo, teacher):
        version = use(attempts=1)
        judge(hand_in(bo, version), version, teacher, "revise")
        assert self.refused(anna, version, bo) == {bo.id: NoRoundsLeft}

    def test_nobody_whose_own_deadline_is_over_where_nothing_late_is_taken(self, use, anna, bo, monkeypatch):
        version = use(late=LateRule(accept=False))
        now = timezone.now()
        due = {anna.id: now + timedelta(days=1), bo.id: now - timedelta(days=1)}
        monkeypatch.setattr(host(), "due_date", lambda user_id, _key: due[user_id])
        assert self.refused(anna, version, bo) == {bo.id: TooLate}


class TestWithdrawing:
    def test_takes_all_rounds_back(self, version, anna, bo, cy):
        row = hand_in(anna, version, bo, cy)
        api.withdraw(user_id=anna.id, usage_key=BLOCK, round_id=row.id)
        assert not Round.objects.exists()
        assert [work(user).state for user in (anna, bo, cy)] == ["draft"] * 3
        assert not EvidenceFile.objects.get().kept
        assert queue() == []

    def test_is_for_who_handed_in(self, version, anna, bo):
        hand_in(anna, version, bo)
        assert work(anna).withdrawable
        assert not work(bo).withdrawable
        with pytest.raises(NotWithdrawable):
            api.withdraw(user_id=bo.id, usage_key=BLOCK, round_id=work(bo).rounds[0].id)

    def test_ends_when_somebody_opens_the_round_of_any_of_them(self, version, anna, bo, teacher):
        row = hand_in(anna, version, bo)
        api.mark_opened(round_id=work(bo).rounds[0].id, by_id=teacher.id)
        assert not work(anna).withdrawable
        with pytest.raises(NotWithdrawable):
            api.withdraw(user_id=anna.id, usage_key=BLOCK, round_id=row.id)


class TestMentor:
    @pytest.mark.parametrize("by", ["round of a colleague", "shared id"])
    def test_one_word_counts_for_all(self, use, anna, bo, by):
        version = use(mentor=MentorRule(need=MentorNeed.REQUIRED))
        row = hand_in(anna, version, bo)
        named = row.shared_id if by == "shared id" else work(bo).rounds[0].id
        api.sign_off(round_id=named, confirmed=True, by_name="Karl")
        assert [work(user).state for user in (anna, bo)] == ["confirmed"] * 2
        assert queue() == [(anna.id, (bo.id,))]
        with pytest.raises(NotAwaited):
            api.sign_off(round_id=row.id, confirmed=False, by_name="Karl")

    def test_sent_back_everybody_writes_again(self, use, anna, bo):
        version = use(mentor=MentorRule(need=MentorNeed.REQUIRED))
        row = hand_in(anna, version, bo)
        api.sign_off(round_id=row.id, confirmed=False, by_name="Karl", note="Two channels are missing.")
        assert [work(user).state for user in (anna, bo)] == ["sent_back"] * 2
        assert hand_in(bo, version, anna).number == 2


class TestResult:
    def test_is_given_to_each_and_booked_for_each(self, version, anna, bo, teacher, monkeypatch):
        booked = []
        monkeypatch.setattr(host(), "book_grade", lambda **values: booked.append(values["user_id"]))
        judge(hand_in(anna, version, bo), version, teacher)
        results = [work(user).rounds[0].assessment for user in (anna, bo)]
        assert [result.points for result in results] == [PASS, PASS]
        assert len({result.id for result in results}) == 2
        assert sorted(booked) == sorted([anna.id, bo.id])
        assert [work(user).state for user in (anna, bo)] == ["passed"] * 2

    def test_can_be_given_from_the_page_of_any_of_them_and_twice_is_once(self, version, anna, bo, teacher):
        hand_in(anna, version, bo)
        row = work(bo).rounds[0]
        first = judge(row, version, teacher)
        assert api.release(round_id=row.id, assessor_id=teacher.id, outcome="passed") == first
        assert work(anna).state == "passed"

    def test_of_one_member_can_be_opened_again_and_she_goes_on_alone(self, version, anna, bo, teacher):
        judge(hand_in(anna, version, bo), version, teacher)
        api.reopen(round_id=work(bo).rounds[0].id, by_id=teacher.id, reason="Bo was on leave.")
        assert [work(user).state for user in (anna, bo)] == ["passed", "revise"]
        row = hand_in(bo, version)
        judge(row, version, teacher)
        assert [len(work(user).rounds) for user in (anna, bo)] == [1, 2]

    def test_stays_with_who_changes_the_firm(self, version, anna, bo, teacher, join, firm):
        judge(hand_in(anna, version, bo), version, teacher)
        companies.leave_company(user_id=bo.id, course_key=COURSE)
        assert work(bo).state == "passed"
        assert work(bo).rounds[0].member_ids == tuple(sorted([anna.id, bo.id]))
        assert work(join("newcomer")).rounds == ()


class TestQueue:
    def test_shows_the_team_once(self, version, anna, bo, cy):
        hand_in(anna, version, bo, cy)
        assert queue() == [(anna.id, (bo.id, cy.id))]
        assert waiting_room.waiting_count(course_key=COURSE) == 1

    def test_goes_on_for_the_others_when_one_member_is_opened_again(self, version, anna, bo, cy, teacher):
        row = hand_in(anna, version, bo, cy)
        api.reopen(round_id=row.id, by_id=teacher.id, reason="Anna wants to add something.")
        assert [owner for owner, _others in queue()] == [bo.id]
        hand_in(anna, version)
        assert sorted(owner for owner, _others in queue()) == sorted([anna.id, bo.id])

    def test_costs_one_query_for_any_number_of_teams(self, version, anna, bo, cy, django_assert_num_queries):
        hand_in(anna, version, bo)
        with django_assert_num_queries(1):
            queue()


class TestClearing:
    def test_who_handed_in_leaves_the_files_to_the_others(self, version, anna, bo):
        hand_in(anna, version, bo)
        api.clear_work(user_id=anna.id, usage_key=BLOCK)
        assert work(anna).rounds == ()
        (file,) = work(bo).rounds[0].files
        kept = EvidenceFile.objects.get(pk=file.id)
        assert (kept.owner_id, kept.in_draft) == (bo.id, False)
        assert queue() == [(bo.id, ())]

    def test_a_colleague_takes_nothing_from_the_others(self, version, anna, bo):
        hand_in(anna, version, bo)
        api.clear_work(user_id=bo.id, usage_key=BLOCK)
        assert work(anna).rounds[0].member_ids == (anna.id,)
        assert EvidenceFile.objects.get().owner_id == anna.id


class TestPage:
    def test_offers_colleagues_only(self, version, anna, bo, join):
        join("eve", companies.create_company(name="Pod Dębem", country="pl"))
        assert "Who did this together?" in signed_in(anna).get(PART).content.decode()
        offered = signed_in(anna).get(COLLEAGUES).content.decode()
        assert f'value="{bo.id}"' in offered
        assert offered.count('name="colleague"') == 1

    def test_tells_who_is_alone_and_offers_nothing_where_it_is_not_foreseen(self, version, anna, bo, task):
        alone = signed_in(person("al", "learner")).get(COLLEAGUES).content.decode()
        assert "Nobody else of your firm is in this course yet." in alone
        assert 'name="colleague"' not in alone
        api.freeze_task(usage_key=BLOCK, course_key=COURSE, task=task)
        assert "Who did this together?" not in signed_in(anna).get(PART).content.decode()
        assert 'name="colleague"' not in signed_in(anna).get(COLLEAGUES).content.decode()

    def test_nobody_looks_for_colleagues_in_a_block_that_no_learner_has_opened(self, anna):
        assert signed_in(anna).get(COLLEAGUES).status_code == 404

    def test_everybody_reads_who_did_it(self, version, anna, bo, cy):
        attach(anna)
        answer = signed_in(anna).post(HAND_IN, {**form(0, version, **GOOD), "colleague": [bo.id, cy.id]})
        assert "Together with Bo and Cy." in answer.content.decode()
        page = signed_in(bo).get(PART).content.decode()
        assert "Handed in by Anna for you too." in page
        assert "Together with Anna and Cy." in page
        assert GOOD["channels"] in page

    def test_a_refusal_names_who_and_why_and_keeps_the_ticks(self, version, anna, bo):
        hand_in(bo, version)
        attach(anna)
        answer = signed_in(anna).post(HAND_IN, {**form(0, version, **GOOD), "colleague": bo.id})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Bo has handed this task in already" in page
        assert f'value="{bo.id}" form="' in page
        assert " checked>" in page
        assert work(anna).draft.answers == GOOD

    def test_a_made_up_id_tells_nobodys_name(self, version, anna):
        stranger = person("zoe", "learner")
        attach(anna)
        answer = signed_in(anna).post(HAND_IN, {**form(0, version, **GOOD), "colleague": stranger.id})
        assert answer.status_code == 422
        assert "Zoe" not in answer.content.decode()

    def test_two_who_hand_in_for_each_other_are_told_who_was_faster(self, version, anna, bo):
        attach(anna), attach(bo)
        signed_in(anna).post(HAND_IN, {**form(0, version, **GOOD), "colleague": bo.id})
        other = {"channels": "four other words <b>here</b>", "remark": ""}
        page = signed_in(bo).post(HAND_IN, {**form(0, version, **other), "colleague": anna.id}).content.decode()
        assert "A colleague was faster" in page
        assert "four other words &lt;b&gt;here" in page
        assert Round.objects.count() == 2

    def test_a_double_click_is_one_set_of_rounds(self, version, anna, bo):
        attach(anna)
        client = signed_in(anna)
        for _click in range(2):
            answer = client.post(HAND_IN, {**form(0, version, **GOOD), "colleague": bo.id})
            assert answer.status_code == 200
        assert "A colleague was faster" not in answer.content.decode()
        assert Round.objects.count() == 2


def test_nobody_is_left_without_a_work_when_it_is_refused(version, anna, bo, cy):
    hand_in(bo, version)
    with pytest.raises(ColleaguesRefused):
        hand_in(anna, version, bo, cy)
    with pytest.raises(ObjectDoesNotExist):
        Work.objects.get(owner=cy)


@pytest.mark.parametrize("is_opened", [False, True], ids=["shown again", "opened"])
def test_a_round_that_comes_while_the_page_is_read_is_on_it(version, anna, monkeypatch, is_opened):
    revision = write(anna)
    find = works.find_work

    def find_after_the_other_tab(user_id, usage_key, **asked):
        monkeypatch.setattr(works, "find_work", find)
        api.hand_in(user_id=anna.id, usage_key=BLOCK, base_revision=revision, version_id=version.id)
        return find(user_id, usage_key, **asked)

    monkeypatch.setattr(works, "find_work", find_after_the_other_tab)
    if is_opened:
        block = {"usage_key": BLOCK, "course_key": COURSE, "task": version.task, "due_at": None}
        shown = api.open_work(user_id=anna.id, **block)
    else:
        shown = work(anna)
    assert (shown.state, len(shown.rounds)) == ("handed_in", 1)


def test_each_colleague_that_cannot_be_included_has_a_sentence(anna, bo):
    at = timezone.now()
    reasons = {anna.id: NoRoundsLeft(), bo.id: TooLate(at), 10**6: NotAColleague()}
    words = teams.refusals(reasons, COURSE)
    assert "has used all rounds of this task." in words
    assert f"the deadline was {zones.moment(at)}." in words
    assert words.endswith("One of those you ticked is no longer a colleague in this course.")
