"""Who can be a mentor, and what an answer needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.mentors import rules
from iciinsmes.mentors.data import AnswerForm, MentorContact, MentorRole, RequestState, matter_from_json, matter_to_json

from .conftest import ADVISER, BACK, MATTER, OWNER, YES

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def wrong(contact: MentorContact, *, one_person=False, email="mette@example.org"):
    return set(
        rules.contact_errors(
            rules.tidy_contact(contact),
            learner_name="Mette Holm",
            learner_email=email,
            one_person=one_person,
            languages=("en", "da", "de"),
        )
    )


@pytest.mark.parametrize("contact", [OWNER, ADVISER, replace(OWNER, email=""), replace(OWNER, name=" Lars  Fyn ")])
def test_people_who_can_be_asked(contact):
    assert wrong(contact) == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": "lars"}, "email"),
        ({"email": "Mette@Example.org "}, "email"),
        ({"name": "mette holm", "email": ""}, "name"),
        ({"role": ""}, "role"),
        ({"role": "friend"}, "role"),
        ({"language": "xx"}, "language"),
    ],
)
def test_people_who_cannot(change, field):
    assert wrong(replace(OWNER, **change)) == {field}


@pytest.mark.parametrize(
    "typed",
    [
        "mette+firma@example.org",
        "METTE+x+y@Example.org",
        "m.e.tte@example.org",
        "Mette Holm <mette@example.org>",
        "mailto:mette@example.org",
        "mette@example.org\u200b",
        "\uff4dette@example.org",
        "mette@example.org.",
    ],
)
def test_the_own_mailbox_is_the_own_however_it_is_written(typed):
    assert wrong(replace(OWNER, email=typed)) == {"email"}


@pytest.mark.parametrize(
    ("own", "typed"),
    [
        ("mette@müller.example", "mette@xn--mller-kva.example"),
        ("mette@xn--mller-kva.example", "mette+m@MÜLLER.example"),
        ("mette.holm@gmail.com", "metteholm@googlemail.com"),
        ("mette+kurs@example.org", "mette@example.org"),
    ],
)
def test_spellings_of_the_own_mailbox(own, typed):
    assert wrong(replace(OWNER, email=typed), email=own) == {"email"}


@pytest.mark.parametrize("typed", ["mette@example.com", "mette-holm@example.org", "mett@example.org"])
def test_another_mailbox_is_another_person(typed):
    assert wrong(replace(OWNER, email=typed)) == set()


def test_nobody_of_the_team_is_its_mentor():
    errors = rules.contact_errors(
        replace(OWNER, email="B.O+x@example.org"),
        learner_name="Mette Holm",
        learner_email="mette@example.org",
        team_emails=["bo@example.org"],
        one_person=False,
        languages=("en", "da", "de"),
    )
    assert set(errors) == {"email"}


def test_two_addresses_are_no_address():
    assert wrong(replace(OWNER, email="lars@example.org, per@example.org")) == {"email"}


def test_father_and_son_may_share_a_name():
    assert wrong(replace(OWNER, name="Mette Holm", email="old.holm@example.org")) == set()


@pytest.mark.parametrize("role", list(MentorRole))
def test_the_only_person_of_a_firm_needs_somebody_from_outside(role):
    expected = set() if role in rules.OUTSIDE else {"role"}
    assert wrong(replace(OWNER, role=role.value), one_person=True) == expected


def test_an_account_without_address_blocks_no_mentor_without_one():
    assert wrong(replace(OWNER, email=""), email="") == set()


@pytest.mark.parametrize("form", [YES, BACK, replace(YES, took_place="partly"), replace(BACK, took_place="no")])
def test_complete_answers(form):
    assert rules.answer_errors(rules.tidy_answer(form)) == {}


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (AnswerForm(), {"verdict", "took_place", "name", "role"}),
        (replace(YES, took_place="no"), {"took_place"}),
        (replace(YES, change=" \n"), {"change"}),
        (replace(YES, change="x" * 501), {"change"}),
        (replace(BACK, remark=""), {"remark"}),
        (replace(BACK, remark="x" * 2001), {"remark"}),
        (replace(YES, name=""), {"name"}),
        (replace(YES, role="x" * 101), {"role"}),
    ],
)
def test_what_is_missing_is_named(form, fields):
    assert set(rules.answer_errors(rules.tidy_answer(form))) == fields


def test_a_remark_does_not_come_with_a_confirmation():
    assert rules.tidy_answer(replace(YES, remark="typed, then thought better")).remark == ""


@given(
    st.integers(-100, 100),
    st.sampled_from([RequestState.OPEN, RequestState.CONFIRMED, RequestState.SENT_BACK, RequestState.REVOKED]),
)
def test_only_open_requests_expire(minutes, stored):
    state = rules.state_at(stored.value, NOW, NOW + timedelta(minutes=minutes))
    assert state is (RequestState.EXPIRED if stored is RequestState.OPEN and minutes >= 0 else stored)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(OWNER, email="LARS@example.org", name="L. Fyn"), True),
        (replace(OWNER, email=""), True),
        (replace(OWNER, email="lars2@example.org"), False),
        (ADVISER, False),
    ],
)
def test_who_is_the_same_mentor(other, same):
    assert rules.same_mentor(OWNER, other) is same
    assert rules.same_mentor(other, OWNER) is same


def test_a_matter_survives_json():
    assert matter_from_json(matter_to_json(MATTER)) == MATTER


def test_who_signs_for_a_mentor_is_not_asked_for_the_own_name():
    errors = rules.signing_errors(replace(YES, name=" ", role=""), "She is in hospital.")
    assert set(errors) == {"name", "role"}
    assert "your" not in " ".join(errors.values())
    assert rules.signing_errors(YES, "She is in hospital.") == {}
    assert set(rules.signing_errors(YES, "ill")) == {"reason"}
