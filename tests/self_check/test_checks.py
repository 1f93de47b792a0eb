"""Filling in and sending: what is kept, what is booked, who sees what."""

from __future__ import annotations

import pytest
from django.utils import timezone
from edx_django_utils.cache import RequestCache

from iciinsmes.companies import api as companies
from iciinsmes.notices.models import Notice
from iciinsmes.self_check import api, retirement
from iciinsmes.self_check.data import ItemAnswer, TypedItem
from iciinsmes.self_check.errors import AlreadySent, TooManyOpen, UnknownCheck
from iciinsmes.self_check.models import Check
from iciinsmes_campus.learning.models import Completion, Grade
from tests.people import SME1
from tests.self_check.conftest import BLOCK, CODES, LATER, send, settings, typed


def draft(user, values, number=1, **more):
    return api.save_draft(user_id=user.pk, usage_key=BLOCK, number=number, typed=typed(values), **more)


def standing(user):
    return api.standing_of(user_id=user.pk, usage_key=BLOCK)


def points(user) -> list[tuple[float, float]]:
    return [(float(row.earned), float(row.possible)) for row in Grade.objects.filter(user=user)]


def test_blank_does_not_apply_and_zero_are_three_states(anna):
    draft(anna, {"1": 0, "2": "none", "3": None})
    answers = standing(anna).draft.answers
    assert answers == {"1": ItemAnswer(0), "2": ItemAnswer(applies=False)}


def test_a_draft_earns_nothing_and_sending_earns_the_points_once(anna):
    draft(anna, 2)
    assert points(anna) == []
    send(anna, 2)
    assert points(anna) == [(1, 1)]
    assert [row.fraction for row in Completion.objects.filter(user=anna)] == [1]
    assert api.done_points(user_id=anna.pk, usage_key=BLOCK).earned == 1


def test_a_second_send_changes_nothing_and_says_so(anna, jonas, firm):
    send(jonas)
    send(anna, 2)
    with pytest.raises(AlreadySent):
        send(anna, 4)
    assert standing(anna).last.answers["1"] == ItemAnswer(2)
    assert Check.objects.filter(owner=anna).count() == 1
    assert points(anna) == [(1, 1)]
    assert Notice.objects.filter(user=jonas).count() == 1


def test_a_late_save_of_the_other_tab_neither_changes_what_was_sent_nor_begins_a_repeat(anna):
    send(anna, 2)
    with pytest.raises(AlreadySent):
        draft(anna, 4)
    with pytest.raises(UnknownCheck):
        draft(anna, 4, number=2)
    assert standing(anna).draft is None


def test_too_few_answers_are_kept_and_not_sent(anna):
    with pytest.raises(TooManyOpen) as caught:
        send(anna, dict.fromkeys(CODES[:16], 1) | {"17": "none"})
    assert caught.value.left == 1
    assert len(standing(anna).draft.answers) == 17
    assert points(anna) == []
    send(anna, {"18": "none"})
    assert standing(anna).last.answers["1"] == ItemAnswer(1)


def test_a_begun_repeat_never_replaces_the_last_complete_one(anna):
    first = send(anna, 1)
    api.begin_again(user_id=anna.pk, usage_key=BLOCK)
    api.begin_again(user_id=anna.pk, usage_key=BLOCK)
    draft(anna, {"1": 4}, number=2)
    assert api.latest_id(owner_id=anna.pk, course_key=SME1) == first.id
    assert standing(anna).last.id == first.id
    api.drop_repeat(user_id=anna.pk, usage_key=BLOCK)
    assert standing(anna).draft is None
    assert standing(anna).last.answers["1"] == ItemAnswer(1)
    assert points(anna) == [(1, 1)]


def test_before_and_after_over_two_blocks_of_the_course(anna):
    send(anna, 1)
    later = send(anna, 3, block=LATER)
    before, change = api.compare_with_first(check=later)
    assert before.usage_key == BLOCK
    assert (change.responsive.before, change.responsive.after) == (25, 75)
    assert api.compare_with_first(check=before) is None
    assert api.latest_id(owner_id=anna.pk, course_key=SME1) == later.id


def test_answers_stay_with_the_statements_that_were_shown(anna):
    mark = api.version_mark(usage_key=BLOCK)
    first = standing(anna).model
    own = '{"scale": {"low": 1, "high": 5}, "dimensions": [{"code": "D1", "title": "x"}], "items": ['
    own += '{"code": "1", "dimension": "D1", "axis": "responsive", "text": "Other words", "advice": "T05"},'
    own += '{"code": "2", "dimension": "D1", "axis": "proactive", "text": "More words", "advice": "T05"}]}'
    api.freeze_block(usage_key=BLOCK, course_key=SME1, settings=settings(model=own))
    draft(anna, {"1": 0}, mark=mark)
    assert standing(anna).model == first
    assert standing(anna).draft.answers == {"1": ItemAnswer(0)}


def test_a_mark_that_no_page_has_shown_means_the_present_statements(anna):
    draft(anna, {"1": 3}, mark="made-up")
    assert standing(anna).draft.answers == {"1": ItemAnswer(3)}


def test_colleagues_are_compared_without_names_once_the_own_one_is_sent(anna, jonas, peer, firm):
    mine = send(anna, 2)
    assert api.company_together(check=mine) is None
    send(jonas, dict.fromkeys(CODES, 2) | {"5": 4})
    send(peer, 0)
    found = api.company_together(check=mine)
    assert found.persons == 2
    assert [each.code for each in found.items if each.talk] == ["5"]
    assert {each.low for each in found.items} == {2}


def test_a_colleague_who_has_sent_nothing_sees_nothing_and_is_told_nothing(anna, jonas, firm):
    send(anna, 2)
    draft(jonas, 3)
    assert standing(jonas).last is None
    assert not Notice.objects.filter(user=jonas).exists()


def test_who_changes_the_firm_takes_the_answers_of_neither_along(anna, jonas, peer, firm):
    mine = send(anna, 2)
    send(jonas, 4)
    send(peer, 0)
    companies.leave_company(user_id=jonas.pk, course_key=SME1)
    assert api.company_together(check=mine) is None
    other = companies.company_of(user_id=peer.pk, course_key=SME1)
    companies.join_company(company_id=other.id, user_id=jonas.pk, course_key=SME1)
    its = api.own_check(check_id=api.latest_id(owner_id=peer.pk, course_key=SME1), owner_id=peer.pk)
    assert api.company_together(check=its) is None


def test_nobody_else_reads_a_check(anna, jonas, teacher, firm):
    mine = send(anna)
    assert api.own_check(check_id=mine.id, owner_id=anna.pk).id == mine.id
    for other in (jonas, teacher):
        with pytest.raises(UnknownCheck):
            api.own_check(check_id=mine.id, owner_id=other.pk)


def test_staff_see_medians_of_firms_and_a_coach_only_the_own_ones(anna, jonas, peer, teacher, firm, django_user_model):
    send(anna, 1)
    send(jonas, 3)
    send(peer, 4)
    page = api.staff_page(reader_id=teacher.pk, course_key=SME1)
    assert {(line.persons, line.responsive) for line in page.lines} == {(2, 50), (1, 100)}
    coach = django_user_model.objects.create_user("coach")
    assert api.staff_page(reader_id=coach.pk, course_key=SME1) is None
    companies.assign_coach(company_id=firm.id, course_key=SME1, who="coach", actor_id=teacher.pk)
    assert [line.company_id for line in api.staff_page(reader_id=coach.pk, course_key=SME1).lines] == [firm.id]
    assert api.staff_page(reader_id=anna.pk, course_key=SME1) is None


def test_means_of_all_need_five_persons(anna, jonas, peer, teacher, firm):
    for user in (anna, jonas, peer):
        send(user)
    assert api.run_means(reader_id=teacher.pk, course_key=SME1) is None


def test_the_staffs_page_costs_the_same_for_many(anna, jonas, peer, teacher, firm, django_assert_num_queries):
    send(anna)
    RequestCache.clear_all_namespaces()
    with django_assert_num_queries(3):
        api.staff_page(reader_id=teacher.pk, course_key=SME1)
    send(jonas)
    send(peer)
    RequestCache.clear_all_namespaces()
    with django_assert_num_queries(3):
        api.staff_page(reader_id=teacher.pk, course_key=SME1)


def test_clearing_brings_an_earlier_check_back(anna):
    first = send(anna, 1)
    send(anna, 3, block=LATER)
    api.clear_block(user_id=anna.pk, usage_key=LATER)
    assert api.latest_id(owner_id=anna.pk, course_key=SME1) == first.id
    api.clear_block(user_id=anna.pk, usage_key=BLOCK)
    assert api.latest_id(owner_id=anna.pk, course_key=SME1) is None


def test_old_ones_go_after_their_time(anna):
    send(anna)
    api.begin_again(user_id=anna.pk, usage_key=BLOCK)
    now = timezone.now()
    assert retirement.expire_drafts(before=now) == 1
    assert retirement.expire_sent(before=now, dry_run=True) == 1
    assert Check.objects.filter(owner=anna).count() == 1
    assert retirement.expire_sent(before=now) == 1


def test_a_proof_is_kept_and_cut_at_its_length(anna):
    sent = {"1": TypedItem(choice="4", proof=" The list. " + "x" * 900)}
    api.save_draft(user_id=anna.pk, usage_key=BLOCK, number=1, typed=sent)
    proof = standing(anna).draft.answers["1"].proof
    assert proof.startswith("The list. x")
    assert len(proof) == 500


def test_what_was_sent_before_there_was_a_firm_goes_along_to_the_first(anna):
    send(anna)
    company = companies.create_company(name="Late", country="de")
    assert not api.sent_for(company_id=company.id).exists()
    companies.join_company(company_id=company.id, user_id=anna.pk, course_key=SME1)
    assert api.sent_for(company_id=company.id).exists()
