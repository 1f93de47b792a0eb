"""A learner's work and its mentor, through the pages of both: asking, answering, taking back, clearing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from edx_django_utils.cache import RequestCache

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments import mentor_views, notice_kinds
from iciinsmes.assignments.data import MentorNeed
from iciinsmes.assignments.mentor_part import awaits_mentor
from iciinsmes.assignments.models import Round
from iciinsmes.companies import api as companies
from iciinsmes.mentors import api
from iciinsmes.mentors.models import MentorAnswer, MentorRequest
from iciinsmes.mentors.sign_off_requests import remind_due
from iciinsmes.notices import api as notices
from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning
from tests.desk.conftest import waiting
from tests.people import SME1, person

from .conftest import ASK, BACK, PART, W01, YES, look, newest, place, said, state, token

pytestmark = pytest.mark.django_db


def verbs(learner) -> list[str]:
    work = assignments.work_of(user_id=learner.pk, usage_key=W01)
    return [happening.verb.removeprefix("work.") for happening in work.timeline]


def page(client) -> str:
    return client.get(reverse("iciinsmes:work", args=[W01])).content.decode()


def test_the_mentors_word_moves_the_work_and_reaches_the_learner(hand_in, learner, browser_of_learner):
    round_id = hand_in()
    assert "Ask a mentor" in page(browser_of_learner)
    answer = browser_of_learner.post(PART, ASK)
    assert "Show Lars Fyn the QR code below." in answer.content.decode()
    mentor = Client()
    shown = look(mentor, newest(round_id)).content.decode()
    assert "Were all places visited?" in shown
    assert "points" not in shown
    mentor.post(place(newest(round_id)) + "opened/", {"secret": token(newest(round_id))})
    mentor.post(place(newest(round_id)), said(newest(round_id)))
    assert state(learner) == "confirmed"
    assert verbs(learner) == ["mentor_asked", "link_opened", "confirmed"]
    assert "✓ Confirmed by Lars Fyn, owner." in page(browser_of_learner)
    (notice,) = notices.inbox(user_id=learner.pk).notices
    assert notice.headline.startswith("Lars Fyn has confirmed")


def test_work_that_is_sent_back_can_be_handed_in_again(hand_in, learner, browser_of_learner):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    Client().post(place(newest(round_id)), said(newest(round_id), BACK))
    assert state(learner) == "sent_back"
    shown = page(browser_of_learner)
    assert "Only eleven were asked." in shown
    assert "Lars Fyn sent it back." in shown
    assert "data-ici-hand-in" in shown


@pytest.fixture
def question(hand_in, browser_of_learner, django_capture_on_commit_callbacks):
    """Let the mentor ask the coach; return the round."""

    def ask(**contact):
        round_id = hand_in()
        browser_of_learner.post(PART, {**ASK, **contact})
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            api.ask_coach(token=token(newest(round_id)), question="Does a phone call count?")
        return round_id

    return ask


def told(who) -> tuple[str, str, str]:
    (notice,) = notices.inbox(user_id=who.pk).notices
    return notice.headline, notice.detail, notices.open_notice(user_id=who.pk, notice_id=notice.id)


def test_a_question_reaches_the_coach_of_the_firm_and_nobody_else(question, firm, learner):
    teacher, coach = person("tea", Role.TEACHER), person("carl")
    companies.assign_coach(company_id=firm.id, course_key=SME1, who=coach.username, actor_id=coach.id)
    round_id = question(mentor_email="lars@example.org")
    headline, detail, address = told(coach)
    assert headline.startswith("Lars Fyn asks for your advice on")
    assert detail.startswith(
        "Mette Holm (El-Service Fyn)\nDoes a phone call count?\nPlease answer to lars@example.org."
    )
    assert address == reverse("iciinsmes:inbox")
    assert kinds(teacher) == []
    assert [sent.to for sent in mail.outbox] == [["carl@example.org"]]
    assert newest(round_id).link not in mail.outbox[0].body
    assert verbs(learner)[-1] == "coach_asked"


def test_without_a_coach_the_staff_reads_the_question_on_the_desk(question):
    teacher = person("tea", Role.TEACHER)
    notices.set_mails(user_id=teacher.pk, mails=notices.Mails.NEVER)
    round_id = question()
    _headline, detail, address = told(teacher)
    assert "Mette Holm can put you in touch" in detail
    assert address == reverse("iciinsmes:desk-round", args=[SME1, round_id])
    assert mail.outbox == []


def test_a_refused_form_keeps_its_words(hand_in, learner, browser_of_learner):
    hand_in()
    answer = browser_of_learner.post(PART, {**ASK, "mentor_email": learner.email})
    assert answer.status_code == 422
    assert "Nobody is the own mentor" in answer.content.decode()
    assert 'value="Lars Fyn"' in answer.content.decode()
    assert not MentorRequest.objects.exists()


def test_remind_withdraw_and_ask_anew(hand_in, learner, browser_of_learner, django_capture_on_commit_callbacks):
    round_id = hand_in()
    with django_capture_on_commit_callbacks(execute=True):
        browser_of_learner.post(PART, {**ASK, "mentor_email": "lars@example.org"})
        first = newest(round_id)
        about = {"request": str(first.id)}
        assert "gets a reminder" in browser_of_learner.post(PART, {"do": "remind", **about}).content.decode()
        assert "One reminder a week" in browser_of_learner.post(PART, {"do": "remind", **about}).content.decode()
        assert "does not work any more" in browser_of_learner.post(PART, {"do": "revoke", **about}).content.decode()
        assert "Withdrawn." in page(browser_of_learner)
        browser_of_learner.post(PART, {"do": "renew", **about})
    assert newest(round_id).link not in ("", first.link)
    assert verbs(learner) == ["mentor_asked", "mentor_reminded", "link_revoked", "mentor_asked"]
    assert [sent.to for sent in mail.outbox] == [["lars@example.org"]] * 3


def after(days) -> None:
    """Let the schedule run so many days from now."""
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days)):
        notices.run_schedule()


def kinds(learner) -> list[notices.NoticeKind]:
    return [notice.kind for notice in notices.inbox(user_id=learner.pk).notices]


def test_the_schedule_reminds_mentors_and_tells_learners_of_the_end(hand_in, learner, browser_of_learner):
    round_id = hand_in()
    browser_of_learner.post(PART, {**ASK, "mentor_email": "lars@example.org"})
    after(8)
    after(9)
    work = assignments.work_of(user_id=learner.pk, usage_key=W01)
    assert [(line.verb, line.actor_id, line.note) for line in work.timeline[1:]] == [
        ("work.mentor_reminded", None, "Lars Fyn")
    ]
    assert kinds(learner) == []
    after(26)
    after(27)
    (notice,) = notices.inbox(user_id=learner.pk).notices
    assert notice.kind is notice_kinds.LINK_EXPIRING
    assert "Lars Fyn" in notice.headline
    assert newest(round_id).state == "open"


def test_nobody_is_told_of_links_that_nobody_waits_for(hand_in, learner, browser_of_learner):
    hand_in()
    browser_of_learner.post(PART, ASK)
    api.revoke_all(subjects=[assignments.work_of(user_id=learner.pk, usage_key=W01).rounds[-1].id])
    after(27)
    assert kinds(learner) == []


@pytest.mark.parametrize("data", [{"do": "remind", "request": "x"}, {"do": "nonsense", "request": ""}, {}])
def test_nonsense_is_not_found(hand_in, browser_of_learner, data):
    hand_in()
    assert browser_of_learner.post(PART, data).status_code == 404


def test_where_no_mentor_has_a_say_there_is_no_part(hand_in, learner, browser_of_learner):
    hand_in(MentorNeed.NONE)
    assert "data-ici-mentor" not in page(browser_of_learner)
    browser_of_learner.post(PART, ASK)
    assert not MentorRequest.objects.exists()


def test_a_round_that_was_taken_back_waits_for_no_mentor(hand_in, learner, browser_of_learner):
    round_id = hand_in(MentorNeed.OPTIONAL)
    browser_of_learner.post(PART, ASK)
    asked = newest(round_id)
    assignments.withdraw(user_id=learner.pk, usage_key=W01, round_id=round_id)
    assert look(Client(), asked).status_code == 410
    Client().post(place(asked), said(asked))
    assert not MentorAnswer.objects.exists()


def test_nobody_is_asked_about_a_round_that_goes_in_the_same_moment(hand_in, learner, browser_of_learner, monkeypatch):
    round_id = hand_in(MentorNeed.OPTIONAL)

    def awaits_until_the_other_tab(work):
        found = awaits_mentor(work)
        assignments.withdraw(user_id=learner.pk, usage_key=W01, round_id=round_id)
        return found

    monkeypatch.setattr(mentor_views, "awaits_mentor", awaits_until_the_other_tab)
    assert browser_of_learner.post(PART, ASK).status_code == 200
    assert not MentorRequest.objects.exists()


def test_what_a_mentor_has_begun_to_read_cannot_be_taken_back(hand_in, learner, browser_of_learner):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    assert assignments.work_of(user_id=learner.pk, usage_key=W01).withdrawable
    api.mark_opened(token=token(newest(round_id)))
    assert not assignments.work_of(user_id=learner.pk, usage_key=W01).withdrawable


def test_an_answer_nobody_waits_for_is_explained(hand_in, learner, browser_of_learner):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    assignments.sign_off(round_id=round_id, confirmed=False, by_name="Somebody")
    answer = Client().post(place(newest(round_id)), said(newest(round_id), language="en"))
    assert answer.status_code == 409
    assert not MentorAnswer.objects.exists()


def test_a_reopened_work_ends_its_links(hand_in, learner, browser_of_learner, django_user_model):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    staff = django_user_model.objects.create_user("staff")
    assignments.reopen(round_id=round_id, by_id=staff.pk, reason="Another try.")
    assert newest(round_id).state == "revoked"


def test_clearing_a_work_clears_its_mentors(hand_in, learner, browser_of_learner):
    round_id = hand_in()
    browser_of_learner.post(PART, ASK)
    api.answer(token=token(newest(round_id)), form=YES)
    assignments.clear_work(user_id=learner.pk, usage_key=W01)
    assert not MentorRequest.objects.exists()
    assert not MentorAnswer.objects.exists()


def test_the_form_for_paper(hand_in, browser_of_learner):
    address = reverse("iciinsmes:work-mentor-paper", args=[W01])
    assert browser_of_learner.get(address).status_code == 404
    hand_in()
    shown = browser_of_learner.get(address).content.decode()
    assert "Were all places visited?" in shown
    assert "El-Service Fyn" in shown
    assert "☐" in shown


def test_the_page_with_the_part_costs_few_queries(hand_in, browser_of_learner, django_assert_max_num_queries):
    hand_in(MentorNeed.OPTIONAL)
    with django_assert_max_num_queries(14):
        page(browser_of_learner)


@pytest.fixture
def team(hand_in, learner, firm):
    """A round that the learner and a colleague handed in together."""
    bo = person("bo", Role.LEARNER)
    companies.join_company(company_id=firm.id, user_id=bo.pk, course_key=SME1)
    round_id = hand_in()
    version = assignments.grading(round_id=round_id).version
    other = waiting(bo, version)
    Round.objects.filter(id__in=[round_id, other]).update(team=uuid4())
    return bo


def test_a_colleague_of_the_team_is_no_mentor_by_address(team, learner, browser_of_learner):
    for typed in ("bo@example.org", "B.O+firma@EXAMPLE.org", "Bo <bo@example.org>"):
        answer = browser_of_learner.post(PART, {**ASK, "mentor_email": typed})
        assert answer.status_code == 422
        assert "Nobody is the own mentor" in answer.content.decode()
    assert not MentorRequest.objects.exists()


def test_a_colleague_of_the_team_does_not_answer(team, learner, browser_of_learner):
    browser_of_learner.post(PART, ASK)
    browser_of_colleague = Client()
    browser_of_colleague.force_login(team, backend="django.contrib.auth.backends.ModelBackend")
    asked = newest(assignments.work_of(user_id=learner.pk, usage_key=W01).rounds[-1].shared_id)
    answer = browser_of_colleague.post(place(asked), said(asked))
    assert answer.status_code == 403
    assert "You cannot answer it yourself." in answer.content.decode()
    assert not MentorAnswer.objects.exists()


def test_a_request_is_not_renewed_to_an_address_that_has_become_the_own(hand_in, learner, browser_of_learner):
    hand_in()
    browser_of_learner.post(PART, {**ASK, "mentor_email": "lars@example.org"})
    learner.email = "lars+me@example.org"
    learner.save()
    answer = browser_of_learner.post(PART, {"do": "renew", "request": str(MentorRequest.objects.get().pk)})
    assert answer.status_code == 422
    assert MentorRequest.objects.count() == 1


def test_mentors_of_learners_who_left_are_not_reminded(hand_in, learner, browser_of_learner):
    hand_in()
    browser_of_learner.post(PART, {**ASK, "mentor_email": "lars@example.org"})
    learning.leave(user_id=learner.pk, course_key=SME1)
    RequestCache.clear_all_namespaces()
    mail.outbox.clear()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        remind_due()
    assert MentorRequest.objects.get().reminders == 0
