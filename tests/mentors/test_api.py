"""Asking, reminding, withdrawing, answering: what the room promises to other rooms."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.serializers.json import DjangoJSONEncoder

from iciinsmes.assignments.subjects import round_subject
from iciinsmes.mentors import api, signals
from iciinsmes.mentors.errors import (
    AlreadyAnswered,
    AnswerNotAwaited,
    BadLink,
    Expired,
    InvalidAnswer,
    InvalidContact,
    OwnSignOff,
    Revoked,
    TooManyMentors,
    TooSoon,
    UnknownRequest,
)
from iciinsmes.mentors.models import MentorAnswer, MentorRequest
from iciinsmes.mentors.retirement import export_person, forget_person
from iciinsmes.mentors.sign_off_requests import remind_due
from iciinsmes.platform import Role
from tests.people import SME1, person

from .conftest import ADVISER, BACK, MATTER, OWNER, YES, token

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REASON = "The owner is in hospital; I phoned the workshop."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


@pytest.fixture
def heard():
    """Every signal that is sent, by name."""
    found = []
    receivers = []
    for name in ("asked", "reminded", "revoked", "link_opened", "coach_asked", "answered"):

        def receive(name=name, **values):
            found.append((name, values))

        getattr(signals, name).connect(receive, weak=False)
        receivers.append((getattr(signals, name), receive))
    yield found
    for signal, receive in receivers:
        signal.disconnect(receive)


@pytest.fixture
def refusing():
    """A work that waits for no mentor."""

    def receive(**values):
        raise AnswerNotAwaited

    signals.answered.connect(receive)
    yield
    signals.answered.disconnect(receive)


def test_a_request_is_open_for_thirty_days(asked, subject, learner, heard):
    assert (asked.state, asked.subject, asked.asked_by, asked.contact) == ("open", subject, learner.pk, OWNER)
    assert asked.expires_at - asked.created_at == timedelta(days=30)
    assert api.requests_of(subjects=[subject]) == {subject: (asked,)}
    assert api.invitation(token=token(asked)).matter == MATTER


def test_how_long_is_a_setting(ask, firm, settings):
    settings.ICIINSMES_MENTOR_LINK_DAYS = 7
    request = ask()
    assert request.expires_at - request.created_at == timedelta(days=7)


def test_the_link_is_stored_nowhere(asked):
    row = MentorRequest.objects.values().get()
    secret = token(asked)
    assert secret not in json.dumps(row, cls=DjangoJSONEncoder, default=str)
    assert secret.split(".")[-1] not in json.dumps(row, cls=DjangoJSONEncoder, default=str)


def test_one_person_in_a_firm_asks_outside(ask, learner):
    with pytest.raises(InvalidContact) as refused:
        ask(one_person=True)
    assert "chamber" in refused.value.errors["role"]
    assert ask(ADVISER, one_person=True).state == "open"
    assert ask(replace(OWNER, role="other_owner"), one_person=True).state == "open"


def test_nobody_is_the_own_mentor(ask, learner):
    with pytest.raises(InvalidContact) as refused:
        ask(replace(OWNER, email=learner.email.upper()))
    assert set(refused.value.errors) == {"email"}
    assert not MentorRequest.objects.exists()


def test_a_double_click_asks_once(ask, firm, subject, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ask() == ask()
    assert len(mail.outbox) == 1


def test_asking_the_same_mentor_anew_ends_the_old_link(ask, firm, subject):
    with time_machine.travel(NOW, tick=False):
        first = ask()
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        second = ask(replace(OWNER, email=""))
        states = [row.state for row in api.requests_of(subjects=[subject])[subject]]
        assert states == ["open", "revoked"]
        with pytest.raises(Revoked):
            api.answer(token=token(first), form=YES)
        assert api.answer(token=token(second), form=YES).verdict == "confirmed"


def test_a_new_link_for_an_expired_one(asked, subject, learner):
    with time_machine.travel(asked.expires_at + timedelta(days=1)):
        with pytest.raises(Expired):
            api.answer(token=token(asked), form=YES)
        fresh = api.renew(request_id=asked.id, asked_by=learner.pk)
        assert api.invitation(token=token(fresh)).matter == MATTER
        assert fresh.contact == OWNER
        assert api.answer(token=token(fresh), form=YES).request == fresh.id


def test_nobody_asks_the_whole_town(ask, firm, learner):
    for number in range(20):
        ask(replace(OWNER, email=f"m{number}@example.org"))
    with pytest.raises(TooManyMentors):
        ask(ADVISER)


def test_a_reminder_a_week(asked, learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        once = api.remind(request_id=asked.id, asked_by=learner.pk)
    assert (once.reminders, once.link) == (1, asked.link)
    assert mail.outbox[-1].to == ["lars@example.org"]
    assert asked.link in mail.outbox[-1].body
    with pytest.raises(TooSoon):
        api.remind(request_id=asked.id, asked_by=learner.pk)
    with time_machine.travel(once.reminded_at + timedelta(days=7)):
        assert api.remind(request_id=asked.id, asked_by=learner.pk).reminders == 2


def test_without_an_address_there_is_nothing_to_remind(ask, firm, learner):
    request = ask(replace(OWNER, email=""))
    assert mail.outbox == []
    with pytest.raises(InvalidContact):
        api.remind(request_id=request.id, asked_by=learner.pk)


def test_others_can_do_nothing_with_a_request(asked):
    other = person("olaf", Role.LEARNER)
    for act in (api.remind, api.revoke, api.renew):
        with pytest.raises(UnknownRequest):
            act(request_id=asked.id, asked_by=other.pk)


@pytest.mark.parametrize("act", [api.remind, api.revoke])
def test_what_is_withdrawn_stays_so(asked, learner, act):
    assert api.revoke(request_id=asked.id, asked_by=learner.pk).state == "revoked"
    if act is api.remind:
        with pytest.raises(Revoked):
            act(request_id=asked.id, asked_by=learner.pk)
    else:
        assert act(request_id=asked.id, asked_by=learner.pk).link == ""


def test_all_links_of_a_subject_can_be_ended(ask, firm, subject):
    requests = [ask(), ask(ADVISER)]
    api.revoke_all(subjects=[subject])
    for request in requests:
        with pytest.raises(Revoked):
            api.answer(token=token(request), form=YES)


def test_an_answer_is_kept_once(asked, subject, heard):
    kept = api.answer(token=token(asked), form=YES)
    assert (kept.request, kept.verdict, kept.took_place, kept.change) == (asked.id, "confirmed", "yes", YES.change)
    assert (kept.name, kept.role, kept.signed_for_by) == ("Lars Fyn", "owner", None)
    with pytest.raises(AlreadyAnswered):
        api.answer(token=token(asked), form=BACK)
    signed_off = api.sign_offs_of(subjects=[subject])[subject]
    assert signed_off.answer == kept
    assert signed_off.requests[0].state == "confirmed"
    assert signed_off.requests[0].link == ""
    ((_name, values),) = [entry for entry in heard if entry[0] == "answered"]
    assert (values["answer"], values["request"].id) == (kept, asked.id)


def test_two_mentors_give_one_answer(ask, firm, subject):
    first, second = ask(), ask(ADVISER)
    api.answer(token=token(first), form=BACK)
    with pytest.raises(Revoked):
        api.answer(token=token(second), form=YES)
    assert api.answers_of(subjects=[subject])[subject].verdict == "sent_back"
    with pytest.raises(AlreadyAnswered):
        ask(ADVISER)


def test_an_incomplete_answer_uses_nothing_up(asked):
    with pytest.raises(InvalidAnswer) as refused:
        api.answer(token=token(asked), form=replace(YES, name=""))
    assert set(refused.value.errors) == {"name"}
    assert api.answer(token=token(asked), form=YES).verdict == "confirmed"


def test_the_learner_does_not_answer(asked, learner):
    with pytest.raises(OwnSignOff):
        api.answer(token=token(asked), form=YES, user_id=learner.pk)
    with pytest.raises(OwnSignOff):
        api.ask_coach(token=token(asked), question="Why?", user_id=learner.pk)


def test_work_that_waits_for_nobody_keeps_nothing(asked, subject, refusing):
    with pytest.raises(AnswerNotAwaited):
        api.answer(token=token(asked), form=YES)
    assert api.answers_of(subjects=[subject]) == {}
    assert api.requests_of(subjects=[subject])[subject][0].state == "open"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: "A" + text[1:] if text[0] != "A" else "B" + text[1:],
        lambda text: text.split(".")[0],
        lambda text: "",
        lambda text: "ü." + text,
    ],
)
def test_a_changed_link_opens_nothing(asked, change, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(BadLink):
        api.invitation(token=change(token(asked)))


def test_a_link_to_what_is_gone_opens_nothing(asked, subject):
    api.forget(subjects=[subject])
    with pytest.raises(BadLink):
        api.invitation(token=token(asked))


def test_opened_is_noted_once_and_not_for_the_learner(asked, subject, learner, heard):
    api.mark_opened(token=token(asked), user_id=learner.pk)
    assert api.requests_of(subjects=[subject])[subject][0].opened_at is None
    api.mark_opened(token=token(asked))
    api.mark_opened(token=token(asked))
    assert api.requests_of(subjects=[subject])[subject][0].opened_at is not None
    assert [name for name, _values in heard].count("link_opened") == 1


def test_a_question_leaves_the_link_open(asked, heard):
    request = api.ask_coach(token=token(asked), question=" Does a phone call count? ")
    assert (request.state, request.coach_question) == ("open", "Does a phone call count?")
    assert heard[-1][0] == "coach_asked"
    assert (heard[-1][1]["request"], heard[-1][1]["matter"]) == (request, MATTER)
    with pytest.raises(TooSoon):
        api.ask_coach(token=token(asked), question="And a mail?")


def test_a_question_fits_into_a_notice(asked):
    with pytest.raises(InvalidAnswer) as refused:
        api.ask_coach(token=token(asked), question="x" * 501)
    assert set(refused.value.errors) == {"question"}


def test_a_coordinator_signs_when_nobody_can_be_reached(asked, subject, learner, heard):
    cora = person("cora", Role.COORDINATOR)

    def sign(reason=REASON, by=cora.pk, form=YES):
        return api.sign_for(
            subject=round_subject(subject, SME1, None), owner_id=learner.pk, coordinator_id=by, reason=reason, form=form
        )

    with pytest.raises(InvalidAnswer) as refused:
        sign(reason=" short ")
    assert set(refused.value.errors) == {"reason"}
    with pytest.raises(OwnSignOff):
        sign(by=learner.pk)
    kept = sign()
    assert (kept.request, kept.signed_for_by, kept.reason) == (None, cora.pk, REASON)
    assert api.requests_of(subjects=[subject])[subject][0].state == "revoked"
    with pytest.raises(AlreadyAnswered):
        sign()
    assert heard[-1][1]["request"] is None


def test_signing_where_nobody_was_asked(learner, subject):
    cora = person("cora", Role.COORDINATOR)
    kept = api.sign_for(
        subject=round_subject(subject, SME1, None),
        owner_id=learner.pk,
        coordinator_id=cora.pk,
        reason=REASON,
        form=BACK,
        on_paper=True,
    )
    assert (kept.verdict, kept.on_paper) == ("sent_back", True)


def test_words_are_only_for_those_who_may_see_them(asked):
    kept = api.answer(token=token(asked), form=YES)
    assert kept.seen_by("teacher") == kept
    assert (kept.seen_by("course").change, kept.seen_by("course").verdict) == ("", "confirmed")


def test_the_schedule_reminds_once_and_finds_what_ends(
    ask, firm, subject, learner, heard, django_capture_on_commit_callbacks
):
    def reminded(day):
        mail.outbox.clear()
        with (
            time_machine.travel(NOW + timedelta(days=day), tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            remind_due()
        return [sent.to for sent in mail.outbox]

    with time_machine.travel(NOW, tick=False):
        request = ask()
        ask(replace(ADVISER, email=""))
    assert reminded(6) == []
    assert reminded(7) == [["lars@example.org"]]
    assert reminded(7) == reminded(20) == []
    ((_name, values),) = [entry for entry in heard if entry[0] == "reminded"]
    assert (values["request"].id, values["by_itself"]) == (request.id, True)
    with time_machine.travel(NOW + timedelta(days=13), tick=False), pytest.raises(TooSoon):
        api.remind(request_id=request.id, asked_by=learner.pk)
    with time_machine.travel(NOW + timedelta(days=24), tick=False):
        assert list(api.expiring()) == []
    with time_machine.travel(NOW + timedelta(days=25), tick=False):
        assert len(list(api.expiring())) == 2
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert list(api.expiring()) == []
        assert {row.state for row in api.requests_of(subjects=[subject])[subject]} == {"expired"}


def test_reading_costs_the_same_for_one_and_for_many(ask, firm, django_assert_num_queries):
    subjects = [uuid.uuid4() for _number in range(5)]
    for about in subjects:
        ask(about=about)
    with django_assert_num_queries(2):
        found = api.sign_offs_of(subjects=subjects)
    assert all(found[about].requests for about in subjects)
    with django_assert_num_queries(0):
        assert api.sign_offs_of(subjects=[]) == {}


def test_a_person_gets_a_copy_and_is_forgotten(ask, firm, learner, subject):
    first, second = ask(), ask(about=uuid.uuid4())
    api.answer(token=token(first), form=YES)
    copy = {name: list(rows) for name, rows in export_person(user_id=learner.pk).tables.items()}
    text = json.dumps(copy, cls=DjangoJSONEncoder, default=str)
    assert YES.change in text
    assert MATTER.title in text
    assert "lars@example.org" not in text
    forget_person(user_id=learner.pk)
    assert [*MentorRequest.objects.all(), *MentorAnswer.objects.all()] == []
    with pytest.raises(BadLink):
        api.invitation(token=token(second))


def test_coordinators_are_forgotten_too(learner, subject):
    cora = person("cora", Role.COORDINATOR)
    about = round_subject(subject, SME1, None)
    api.sign_for(subject=about, owner_id=learner.pk, coordinator_id=cora.pk, reason=REASON, form=YES)
    tables = export_person(user_id=cora.pk).tables
    assert [row["reason"] for row in tables["mentor_answers_signed_for_others"]] == [REASON]
    forget_person(user_id=cora.pk)
    assert api.answers_of(subjects=[subject])[subject].signed_for_by is None
