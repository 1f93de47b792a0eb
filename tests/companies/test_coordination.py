"""Coordinators: the list, a firm, merging duplicates, coaches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from iciinsmes.companies import api
from iciinsmes.companies.data import CompanyForm
from iciinsmes.companies.errors import SameCompany, UnknownCompany, UnknownPerson
from iciinsmes.companies.models import Company, CompanyCoach, CompanyMembership, CompanyRun, JoinCode
from iciinsmes.platform import Role
from tests.campus.everybody import OTHER
from tests.people import SME1, person


def url(name: str, *arguments: object, course_key=SME1) -> str:
    return reverse(f"iciinsmes:{name}", args=[course_key, *arguments])


def text(response) -> str:
    return response.content.decode()


def add(name: str, course_key=SME1, **fields: str):
    company = Company.objects.create(name=name, country="DE", **fields)
    CompanyRun.objects.create(company=company, course_key=course_key)
    return company


@pytest.fixture
def twin(jonas):
    """The same firm, registered again by Jonas."""
    form = CompanyForm("Nordlicht GmbH", "DE", "", "carpenters", "10-49")
    return api.register_company(user_id=jonas.pk, course_key=SME1, form=form)


def test_the_list_is_paged_by_key_and_misses_nobody(db):
    for number in range(7):
        add("Same name" if number < 4 else f"Firm {number}")
    add("Elsewhere", OTHER)
    seen, after = [], None
    while True:
        page = api.company_page(course_key=SME1, after=after, limit=3)
        seen += [row.company.id for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert sorted(seen) == sorted(CompanyRun.objects.filter(course_key=SME1).values_list("company_id", flat=True))
    assert len(seen) == len(set(seen)) == 7


def test_a_page_after_a_firm_that_has_gone_begins_again(nordlicht):
    assert len(api.company_page(course_key=SME1, after=987654).rows) == 1


def test_the_list_counts_people_of_this_run(anna, nordlicht, cora):
    api.join_company(company_id=nordlicht.id, user_id=anna.pk, course_key=OTHER)
    api.assign_coach(company_id=nordlicht.id, course_key=SME1, who="cora", actor_id=cora.pk)
    (row,) = api.company_page(course_key=SME1).rows
    assert (row.members, row.coaches) == (1, 1)


@pytest.mark.parametrize("number", [2, 60])
def test_the_list_costs_the_same_for_any_number(as_user, cora, number, django_assert_num_queries):
    for counter in range(number):
        company = add(f"Firm {counter}")
        CompanyMembership.objects.create(company=company, user=person(f"m{counter}"), course_key=SME1)
    browser = as_user(cora)
    # Session, user, roles, firms, members, coaches.
    with django_assert_num_queries(6):
        assert browser.get(url("firms")).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_a_firm_costs_the_same_for_any_number(as_user, cora, nordlicht, number, django_assert_num_queries):
    for counter in range(number):
        someone = person(f"m{counter}")
        CompanyMembership.objects.create(company_id=nordlicht.id, user=someone, course_key=SME1)
        CompanyCoach.objects.create(company_id=nordlicht.id, user=someone, course_key=SME1)
    browser = as_user(cora)
    with django_assert_num_queries(9):
        assert browser.get(url("firm", nordlicht.id)).status_code == 200


def test_searching_finds_parts_of_name_region_and_trade(as_user, cora, nordlicht):
    add("Bäckerei <Süd>", trade="bakery")
    browser = as_user(cora)
    assert "Tischlerei Nordlicht" in text(browser.get(url("firms"), {"q": "kiel"}))
    page = text(browser.get(url("firms"), {"q": "baker"}))
    assert "Bäckerei &lt;Süd&gt;" in page
    assert "Nordlicht" not in page
    assert "No firm matches." in text(browser.get(url("firms"), {"q": "%_\x00"}))


def test_editing_changes_the_firm_or_says_why_not(as_user, cora, nordlicht):
    browser = as_user(cora)
    form = {"name": "Nordlicht", "country": "DK", "size_class": "1"}
    response = browser.post(url("firm", nordlicht.id), {**form, "country": "??"})
    assert response.status_code == 422
    assert "Choose the country of the firm." in text(response)
    assert "The firm is saved." in text(browser.post(url("firm", nordlicht.id), form, follow=True))
    assert api.company_detail(company_id=nordlicht.id, course_key=SME1).company.country == "DK"


def test_a_merge_says_beforehand_what_it_moves(as_user, cora, nordlicht, twin):
    browser = as_user(cora)
    candidates = text(browser.get(url("firm-merge", twin.id)))
    assert "Tischlerei Nordlicht" in candidates
    page = text(browser.get(url("firm-merge", twin.id), {"into": nordlicht.id}))
    assert "1 member moves." in page
    assert "1 join code moves and keeps working." in page
    assert Company.objects.count() == 2


def test_a_merge_moves_people_history_codes_and_coaches(as_user, anna, jonas, cora, nordlicht, twin):
    otto, olga = person("otto"), person("olga")
    for who in (otto, olga):
        api.assign_coach(company_id=twin.id, course_key=SME1, who=who.username, actor_id=cora.pk)
    api.assign_coach(company_id=nordlicht.id, course_key=SME1, who="olga", actor_id=cora.pk)
    former = person("fred", Role.LEARNER)
    api.join_company(company_id=twin.id, user_id=former.pk, course_key=SME1)
    api.leave_company(user_id=former.pk, course_key=SME1)
    code = api.membership_of(user_id=jonas.pk, course_key=SME1).code.code
    response = as_user(cora).post(url("firm-merge", twin.id), {"into": nordlicht.id}, follow=True)
    assert "Nordlicht GmbH is now part of Tischlerei Nordlicht." in text(response)
    detail = api.company_detail(company_id=nordlicht.id, course_key=SME1)
    assert [member.user_id for member in detail.members] == [anna.pk, jonas.pk]
    assert [member.user_id for member in detail.former] == [former.pk]
    assert {coach.user_id for coach in detail.coaches} == {otto.pk, olga.pk}
    assert (detail.company.trade, detail.company.size_class) == ("joinery", "2-9")
    assert not Company.objects.filter(id=twin.id).exists()
    assert api.join_with_code(user_id=former.pk, course_key=SME1, code=code).id == nordlicht.id


def test_a_merge_fills_what_the_kept_firm_does_not_say(cora, nordlicht, twin):
    kept = api.merge(gone_id=nordlicht.id, kept_id=twin.id, course_key=SME1, actor_id=cora.pk)
    assert (kept.name, kept.region, kept.trade) == ("Nordlicht GmbH", "Kiel", "carpenters")


def test_a_merge_leaves_other_course_runs_alone(anna, cora, nordlicht, twin):
    api.join_company(company_id=nordlicht.id, user_id=anna.pk, course_key=OTHER)
    api.merge(gone_id=nordlicht.id, kept_id=twin.id, course_key=SME1, actor_id=cora.pk)
    assert api.company_of(user_id=anna.pk, course_key=OTHER).id == nordlicht.id
    assert api.company_of(user_id=anna.pk, course_key=SME1).id == twin.id
    assert not JoinCode.objects.filter(company_id=nordlicht.id).exists()


def test_merging_twice_or_with_itself_or_with_a_stranger_is_refused(as_user, cora, nordlicht, twin):
    browser = as_user(cora)
    assert browser.post(url("firm-merge", twin.id), {"into": twin.id}).status_code == 422
    elsewhere = add("Elsewhere", OTHER)
    assert browser.post(url("firm-merge", twin.id), {"into": elsewhere.id}).status_code == 404
    with pytest.raises(SameCompany):
        api.merge_preview(gone_id=twin.id, kept_id=twin.id, course_key=SME1)
    api.merge(gone_id=twin.id, kept_id=nordlicht.id, course_key=SME1, actor_id=cora.pk)
    with pytest.raises(UnknownCompany):
        api.merge(gone_id=twin.id, kept_id=nordlicht.id, course_key=SME1, actor_id=cora.pk)


def test_a_coach_sees_the_assigned_firm_only(as_user, cora, nordlicht, twin):
    kira = person("kira", first_name="Kira")
    page = text(as_user(cora).post(url("firm-coach-add", nordlicht.id), {"who": "KIRA@example.org"}, follow=True))
    assert "Kira coaches Tischlerei Nordlicht now." in page
    assert api.can_coach(user_id=kira.pk, company_id=nordlicht.id, course_key=SME1)
    assert not api.can_coach(user_id=kira.pk, company_id=twin.id, course_key=SME1)
    assert not api.can_coach(user_id=kira.pk, company_id=nordlicht.id, course_key=OTHER)
    assert not api.can_coach(user_id=None, company_id=nordlicht.id, course_key=SME1)
    assert not api.can_grade(user_id=kira.pk, course_key=SME1)
    (firm,) = api.coached_companies(user_id=kira.pk, course_key=SME1)
    assert (firm.company.id, firm.course_key) == (nordlicht.id, str(SME1))
    assert api.coached_companies(user_id=kira.pk) == (firm,)
    assert api.coached_companies(user_id=kira.pk, course_key=OTHER) == ()


def test_a_coach_can_be_taken_away(as_user, cora, nordlicht):
    kira = person("kira")
    api.assign_coach(company_id=nordlicht.id, course_key=SME1, who="kira", actor_id=cora.pk)
    as_user(cora).post(url("firm-coach-remove", nordlicht.id, kira.pk))
    assert not api.can_coach(user_id=kira.pk, company_id=nordlicht.id, course_key=SME1)


@pytest.mark.parametrize(
    ("who", "message"),
    [
        (" ", "Write a user name or a mail address."),
        ("nobody", "There is no account with this user name or mail address."),
        ("gone", "There is no account with this user name or mail address."),
        ("two@example.org", "Several accounts have this mail address. Use the user name."),
    ],
)
def test_a_coach_who_is_not_there_is_not_assigned(cora, nordlicht, who, message):
    person("gone", is_active=False)
    person("one", email="two@example.org")
    person("two", email="two@example.org")
    with pytest.raises(UnknownPerson, match=message.split(".")[0]):
        api.assign_coach(company_id=nordlicht.id, course_key=SME1, who=who, actor_id=cora.pk)


def test_the_same_coach_twice_is_one_coach(cora, nordlicht):
    person("kira")
    for _time in range(2):
        api.assign_coach(company_id=nordlicht.id, course_key=SME1, who="kira", actor_id=cora.pk)
    assert CompanyCoach.objects.count() == 1


def test_a_firm_of_another_course_run_is_not_there(as_user, cora):
    elsewhere = add("Elsewhere", OTHER)
    browser = as_user(cora)
    assert browser.get(url("firm", elsewhere.id)).status_code == 404
    assert browser.post(url("firm-coach-add", elsewhere.id), {"who": "cora"}).status_code == 404
    assert browser.post(url("firm-code", elsewhere.id)).status_code == 404
    assert browser.get(url("firm", 999999999999999999)).status_code == 404
