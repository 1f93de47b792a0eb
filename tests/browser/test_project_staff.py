"""What coaches, teachers and coordinators see of projects, on a phone and on a desktop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.companies import api as companies
from iciinsmes.platform import Role
from iciinsmes.projects import api
from iciinsmes.projects.days import today
from iciinsmes.projects.models import GateRequest
from tests.people import SME1, person
from tests.projects.many import many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(db):
    """Coach, teacher and coordinator of thirty firms."""
    anna = person("anna", Role.LEARNER, first_name="Anna", last_name="Lindmoor")
    people = {
        "coach": person("karin", first_name="Karin", last_name="Holst"),
        "teacher": person("tea", Role.TEACHER, first_name="Tea", last_name="Brandt"),
        "coordinator": person("cora", Role.COORDINATOR, first_name="Cora", last_name="Weiss"),
    }
    people["projects"] = many(30, coach=people["coach"], member=anna)
    return people


def address(name, *more):
    return reverse(f"iciinsmes:{name}", args=[SME1, *more])


def test_a_coach_prepares_a_talk_and_writes_it_down(guest, staff):
    visitor = guest()
    visitor.is_user(staff["coach"])
    page = visitor.look(address("projects-coached-run"))
    expect(page.get_by_role("heading", name="Waits for your decision")).to_be_visible()
    visitor.look(reverse("iciinsmes:projects-coached"))
    page.get_by_role("link", name="Talks").first.click()
    page.get_by_label("What you talked about").fill("The drivers see the board now.")
    page.get_by_label("What was agreed").fill("Ask three customers\nMove the board")
    page.get_by_label("Notes for yourself").fill("Ask about the son.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("written down")
    page.locator("button", has_text="Move the board").click()
    expect(page.get_by_role("status")).to_contain_text("is a measure now")
    visitor.look(page.url.removeprefix(visitor.campus))
    page.get_by_label("Red").check()
    page.get_by_label("Why?").fill("The owner is in hospital.")
    page.get_by_label("Until which day?").fill((today() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Set the light").click()
    expect(page.locator("main")).to_contain_text("Karin Holst has set the light")
    visitor.look(page.url.removeprefix(visitor.campus))


def test_both_texts_are_shown_where_a_talk_was_changed_elsewhere(guest, staff):
    project = staff["projects"][0]
    found = api.talks_of(project_id=project.id)[0]
    visitor = guest()
    visitor.is_user(staff["coach"])
    page = visitor.open(address("project-talk", project.id, found.id))
    api.log_talk(
        project_id=project.id,
        user_id=staff["coach"].pk,
        course_key=SME1,
        held_on=found.held_on,
        about="From the telephone.",
        talk_id=found.id,
        revision=found.revision,
    )
    visitor.allow("409")
    page.get_by_label("What you talked about").fill("From the laptop.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("From the telephone.")
    expect(page.get_by_label("What you talked about")).to_have_value("From the laptop.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("written down")
    assert api.talks_of(project_id=project.id)[0].about == "From the laptop."


def test_a_teacher_finds_what_waits(guest, staff):
    visitor = guest()
    visitor.is_user(staff["teacher"])
    page = visitor.look(address("projects-matrix"))
    expect(page.locator(".note.warn")).to_contain_text("wait longer than 10 working days")
    expect(page.locator("tbody tr")).to_have_count(25)
    page.get_by_role("link", name="Next projects").click()
    expect(page.locator("tbody tr")).to_have_count(5)
    page.get_by_text("Find and filter").click()
    page.get_by_label("Light", exact=True).select_option("Red")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(6)
    visitor.look(address("desk-queue"))


def test_a_coordinator_counts_and_rules(guest, staff):
    visitor = guest()
    visitor.is_user(staff["coordinator"])
    visitor.look(address("projects-overview"))
    page = visitor.look(address("projects-rules"))
    visitor.allow("422")
    page.get_by_role("textbox", name="amber", exact=True).first.fill("40")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Amber may not come later than red.").first).to_be_visible()
    visitor.page.get_by_role("textbox", name="amber", exact=True).first.fill("10")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert api.rules_of(course_keys=[SME1])[SME1].thresholds.silence_amber_days == 10
    page.get_by_role("button", name="Take all the usual numbers again").click()
    expect(page.get_by_role("status")).to_contain_text("usual numbers")
    assert GateRequest.objects.exists()
    assert companies.coach_ids(company_id=staff["projects"][0].company_id, course_key=SME1) == [staff["coach"].pk]
