"""A learner's own firm in the browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

from iciinsmes.companies import api, codes
from iciinsmes.companies.models import JoinCode
from iciinsmes.platform import Role
from tests.people import SME1, person

FIRM = {"name": "Pod Dębem <b>", "country": "PL", "region": "Kraków", "trade": "bakery", "size_class": "10-49"}


def url(name: str = "company") -> str:
    return reverse(f"iciinsmes:{name}", args=[SME1])


def text(response) -> str:
    return response.content.decode()


def test_without_a_firm_the_page_shows_both_ways(as_user, anna):
    page = text(as_user(anna).get(url()))
    assert "Register your firm" in page
    assert 'name="code"' in page


def test_registering_leads_to_the_firm_and_its_code(as_user, anna):
    response = as_user(anna).post(url("company-register"), FIRM, follow=True)
    page = text(response)
    assert response.redirect_chain == [(url(), 302)]
    assert "Pod Dębem &lt;b&gt; is registered. You are its first member." in page
    assert "Poland, Kraków · bakery · 10 to 49 people" in page
    assert "http://testserver" + url("company-join") + "?code=" in page


def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(as_user, anna):
    response = as_user(anna).post(url("company-register"), {**FIRM, "country": "", "size_class": "x"})
    page = text(response)
    assert response.status_code == 422
    assert "Choose the country of the firm." in page
    assert "Choose how many people work in the firm." in page
    assert 'value="Kraków"' in page


def test_a_link_says_the_name_only_and_opening_it_changes_nothing(as_user, anna, jonas, nordlicht):
    code = api.membership_of(user_id=anna.pk, course_key=SME1).code.code
    page = text(as_user(jonas).get(url("company-join"), {"code": code}))
    assert "Do you work at Tischlerei Nordlicht?" in page
    assert not any(word in page for word in ("Anna", "Kiel", "joinery", "Germany"))
    assert api.company_of(user_id=jonas.pk, course_key=SME1) is None
    page = text(as_user(jonas).post(url("company-join"), {"code": code}, follow=True))
    assert "You belong to Tischlerei Nordlicht now." in page
    assert "Anna Behrens" in page


def test_who_changes_is_told_what_is_left(as_user, anna, jonas, nordlicht):
    as_user(jonas).post(url("company-register"), FIRM)
    code = api.membership_of(user_id=anna.pk, course_key=SME1).code.code
    page = text(as_user(jonas).get(url("company-join"), {"code": code}))
    assert "When you join Tischlerei Nordlicht, you leave Pod Dębem &lt;b&gt;." in page
    assert "you leave it" in text(as_user(jonas).get(url("company-register")))


def test_the_own_code_leads_back_to_the_firm(as_user, anna, nordlicht):
    code = api.membership_of(user_id=anna.pk, course_key=SME1).code.code
    response = as_user(anna).get(url("company-join"), {"code": code}, follow=True)
    assert "You belong to Tischlerei Nordlicht already." in text(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_codes_are_told_and_then_refused(as_user, jonas, method):
    browser = as_user(jonas)
    for _guess in range(codes.GUESSES):
        response = getattr(browser, method)(url("company-join"), {"code": "<i>AAAA"})
        assert response.status_code == 422
        assert "This code is not valid, or it has expired." in text(response)
        assert "<i>" not in text(response)
    assert "You have tried too many wrong codes." in text(getattr(browser, method)(url("company-join"), {"code": "B"}))


def test_an_expired_code_is_made_anew_by_any_member(as_user, anna, nordlicht):
    JoinCode.objects.all().delete()
    browser = as_user(anna)
    assert "There is no valid code at the moment." in text(browser.get(url()))
    assert "Here is the new code." in text(browser.post(url("company-code"), follow=True))


def test_leaving_asks_first(as_user, anna, nordlicht):
    browser = as_user(anna)
    assert "Leave Tischlerei Nordlicht?" in text(browser.get(url("company-leave")))
    assert "You have left Tischlerei Nordlicht." in text(browser.post(url("company-leave"), follow=True))
    assert browser.get(url("company-leave")).status_code == 302


def test_the_page_of_a_firm_costs_the_same_with_many_people(as_user, anna, nordlicht, django_assert_max_num_queries):
    for number in range(30):
        colleague = person(f"c{number}", Role.LEARNER)
        api.join_company(company_id=nordlicht.id, user_id=colleague.pk, course_key=SME1)
    browser = as_user(anna)
    with django_assert_max_num_queries(8):
        page = text(browser.get(url()))
    assert "c29" in page


def test_the_course_points_to_the_firm(as_user, anna, jonas, nordlicht):
    course = reverse("campus:course", args=[SME1])
    assert "Your firm: Tischlerei Nordlicht" in text(as_user(anna).get(course))
    assert "You have not said yet which firm you work for." in text(as_user(jonas).get(course))
