"""Report, summary and exchange of a project in a browser: for everybody, on a phone, on a desktop and on paper."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.projects import api
from tests.chromium import DESKTOP, PHONE
from tests.people import SME1, person
from tests.projects.a_file import a_file

from .conftest import check_both_schemes, check_both_sizes


@pytest.fixture
def firm(transactional_db) -> SimpleNamespace:
    """A firm with a project of a year, its learner and its coach."""
    anna, coach = person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor"), person("coach")
    company = companies.create_company(name="Nordlicht", country="de", trade="Joinery", size_class="10-49")
    companies.join_company(company_id=company.id, user_id=anna.pk, course_key=SME1)
    companies.assign_coach(company_id=company.id, course_key=SME1, who="coach", actor_id=anna.pk)
    made = api.bring_in(user_id=anna.pk, course_key=SME1, content=a_file())
    second = api.bring_in(user_id=anna.pk, course_key=SME1, content=a_file())
    given = {"project_id": made.id, "user_id": anna.pk, "course_key": SME1}
    text = "We are late less often: {{kpi 1 now: 40 %}}."
    api.save_section(**given, section="results", text=text, revision=0)
    return SimpleNamespace(anna=anna, coach=coach, id=made.id, second=second.id, given=given)


def _path(firm: SimpleNamespace, name: str) -> str:
    return f"/iciinsmes/projects/{SME1}/{firm.id}/{name}"


@pytest.mark.parametrize(
    "name",
    ["report/", "report/results/", "report/goal/", "exam/", "exchange/", "summary/", "summary/links/", "together/{}/"],
)
def test_pages_are_for_everybody(guest, firm, name):
    anna = guest(PHONE)
    anna.is_user(firm.anna)
    check_both_sizes(anna.look(_path(firm, name.format(firm.second))), check_both_schemes)


def test_the_coach_writes_a_protocol_by_keyboard(guest, firm):
    coach = guest(PHONE)
    coach.is_user(firm.coach)
    page = coach.look(_path(firm, "exam/"))
    for label, words in (("Day", "2027-03-01"), ("Who was there?", "Owner, coach"), ("Questions", "Why this idea?")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_text("Why this idea?")).to_be_visible()


def test_a_figure_is_taken_over_by_keyboard_alone(guest, firm):
    anna = guest(DESKTOP)
    anna.is_user(firm.anna)
    page = anna.open(_path(firm, "report/"))
    page.get_by_role("button", name="Take over").press("Enter")
    expect(page.get_by_text("We are late less often: 31 %.")).to_be_visible()
    expect(page.get_by_role("button", name="Take over")).to_have_count(0)


def test_whoever_has_the_link_reads_one_sheet_without_an_account(guest, firm):
    link = api.make_summary_link(**firm.given, with_words=True)
    owner = guest(PHONE)
    path, _sign, secret = link.address.partition("/iciinsmes/")[2].partition("#")
    page = owner.open(f"/iciinsmes/{path}#{secret}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kitchens on the promised day")
    check_both_sizes(page, check_both_schemes)
    page.reload()
    expect(page.get_by_text("380 EUR")).to_be_visible()
    paper = page.pdf(format="A4", print_background=False, prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type/Page\n") == 1
    api.revoke_summary_link(**firm.given, link_id=link.id)
    owner.allow("404")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This link leads nowhere.")


def test_a_broken_file_is_refused_with_its_place(guest, firm):
    anna = guest(PHONE)
    anna.is_user(firm.anna)
    page = anna.look(f"/iciinsmes/projects/{SME1}/bring-in/")
    broken = a_file().replace(b'"trigger": "lost_customer"', b'"trigger": "moon"')
    file = {"name": "project.json", "mimeType": "application/json", "buffer": broken}
    page.get_by_label("File").set_input_files(file)
    anna.allow("422")
    page.get_by_role("button", name="Bring it in").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Place in the file: entries 1 → content → trigger")
    check_both_sizes(page)
