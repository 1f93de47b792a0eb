"""Registering, joining, leaving: one firm at a time, with history."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.companies import api, codes
from iciinsmes.companies.data import CompanyForm
from iciinsmes.companies.errors import InvalidCompany, TooManyChanges, TooManyGuesses, UnknownCode
from iciinsmes.companies.members import MAX_STAYS
from iciinsmes.companies.models import CompanyMembership, JoinCode
from iciinsmes.companies.rules import check_company, tidy_form
from tests.campus.everybody import OTHER
from tests.people import SME1

from .conftest import NORDLICHT


def code_of(user) -> str:
    firm = api.membership_of(user_id=user.pk, course_key=SME1)
    assert firm is not None
    assert firm.code is not None
    return firm.code.code


def join(user, code: str, course_key=SME1):
    return api.join_with_code(user_id=user.pk, course_key=course_key, code=code)


def test_who_registers_a_firm_is_its_first_member_and_has_a_code(anna, nordlicht):
    firm = api.membership_of(user_id=anna.pk, course_key=SME1)
    assert firm.company == nordlicht
    assert [member.name for member in firm.members] == ["Anna Behrens"]
    assert set(firm.code.code) <= {*codes.ALPHABET, "-"}
    assert timedelta(days=29) < firm.code.expires_at - timezone.now() <= timedelta(days=30)


def test_a_firm_belongs_to_one_course_run(anna, nordlicht):
    assert api.company_of(user_id=anna.pk, course_key=OTHER) is None


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "plain"])
def test_a_colleague_joins_with_the_code_however_it_is_typed(anna, jonas, nordlicht, typed):
    code = code_of(anna)
    typed = {"lower": code.lower(), "plain": code.replace("-", "")}.get(typed, typed.format(code))
    assert join(jonas, typed) == nordlicht
    assert api.company_of(user_id=jonas.pk, course_key=SME1) == nordlicht


def test_joining_twice_changes_nothing(anna, jonas, nordlicht):
    join(jonas, code_of(anna))
    join(jonas, code_of(anna))
    assert CompanyMembership.objects.filter(user=jonas).count() == 1


def test_a_change_of_firm_keeps_the_earlier_stay(anna, jonas, nordlicht):
    first = api.register_company(user_id=jonas.pk, course_key=SME1, form=CompanyForm("Solo", "PL", "", "", "1"))
    join(jonas, code_of(anna))
    stays = CompanyMembership.objects.filter(user=jonas).order_by("id")
    assert [(stay.company_id, stay.active) for stay in stays] == [(first.id, None), (nordlicht.id, True)]
    assert stays[0].until is not None


def test_leaving_ends_the_stay_and_coming_back_begins_another(anna, jonas, nordlicht):
    code = code_of(anna)
    join(jonas, code)
    assert api.leave_company(user_id=jonas.pk, course_key=SME1) == nordlicht
    assert api.company_of(user_id=jonas.pk, course_key=SME1) is None
    assert api.leave_company(user_id=jonas.pk, course_key=SME1) is None
    join(jonas, code)
    assert CompanyMembership.objects.filter(user=jonas, company_id=nordlicht.id).count() == 2


def test_the_database_allows_one_active_firm(anna, nordlicht):
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyMembership.objects.create(company_id=nordlicht.id, user=anna, course_key=SME1)


def test_a_new_code_ends_the_old_one(anna, jonas, nordlicht):
    old = code_of(anna)
    assert api.new_code_of_own(user_id=anna.pk, course_key=SME1)
    assert code_of(anna) != old
    with pytest.raises(UnknownCode):
        join(jonas, old)
    join(jonas, code_of(anna))


def test_without_a_firm_nobody_makes_a_code(jonas):
    assert not api.new_code_of_own(user_id=jonas.pk, course_key=SME1)
    assert not JoinCode.objects.exists()


def test_a_code_expires_after_thirty_days(anna, jonas, nordlicht):
    code = code_of(anna)
    with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1)):
        with pytest.raises(UnknownCode):
            join(jonas, code)
        assert api.membership_of(user_id=anna.pk, course_key=SME1).code is None


def test_a_code_opens_nothing_in_another_course_run(anna, jonas, nordlicht):
    with pytest.raises(UnknownCode):
        join(jonas, code_of(anna), OTHER)


def test_guesses_are_throttled_for_each_person(anna, jonas, nordlicht):
    code = code_of(anna)
    for _guess in range(codes.GUESSES):
        with pytest.raises(UnknownCode):
            join(jonas, "AAAA-AAAA")
    with pytest.raises(TooManyGuesses) as caught:
        join(jonas, code)
    assert caught.value.message == "You have tried too many wrong codes. Wait 60 minutes, then try again."
    assert join(anna, code) == nordlicht


def test_nobody_fills_the_list_by_changing_firms_all_the_time(jonas):
    for number in range(MAX_STAYS):
        form = CompanyForm(f"Firm {number}", "DE", "", "", "1")
        api.register_company(user_id=jonas.pk, course_key=SME1, form=form)
    with pytest.raises(TooManyChanges):
        api.register_company(user_id=jonas.pk, course_key=SME1, form=NORDLICHT)
    assert api.company_of(user_id=jonas.pk, course_key=SME1).name == f"Firm {MAX_STAYS - 1}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 201),
        ("country", "XX"),
        ("country", ""),
        ("region", "x" * 121),
        ("trade", "x" * 121),
        ("size_class", "250"),
    ],
)
def test_what_cannot_be_kept_is_said_by_field(anna, field, value):
    with pytest.raises(InvalidCompany) as caught:
        api.register_company(user_id=anna.pk, course_key=SME1, form=CompanyForm(**{**NORDLICHT.__dict__, field: value}))
    assert list(caught.value.errors) == [field]
    assert api.company_of(user_id=anna.pk, course_key=SME1) is None


@given(st.builds(CompanyForm, *[st.text(max_size=220)] * 5))
def test_what_passes_fits_the_table(form):
    kept = tidy_form(form)
    if not check_company(kept, {"DE"}):
        assert 0 < len(kept.name) <= 200
        assert max(len(kept.region), len(kept.trade)) <= 120
        assert "\x00" not in kept.name + kept.region + kept.trade
