"""A project in real browsers: every part with axe, fast entries without network, a shared phone, the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from iciinsmes.projects import api
from iciinsmes.projects.data import Kind, ProjectPart
from tests.chromium import PHONE
from tests.people import SME1
from tests.projects.conftest import change, full, people, project
from tests.projects.test_gates import ask, ask_owner

from .conftest import check_both_schemes, check_both_sizes

__all__ = ["full", "people", "project"]

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = "1 entry waits on this device."
OFFLINE = "ERR_INTERNET_DISCONNECTED"


def address(project, *more: str) -> str:
    """Return the path of the project or of something below it."""
    return "/".join([f"/iciinsmes/projects/{SME1}/{project}", *more, ""])


def words_of(project, kind: Kind, key: str) -> list[str]:
    """Return what stands in one field of all entries of a kind."""
    return [entry.content[key] for entry in api.entries_of(project_id=project, kinds=[kind])]


def write_diary(page: Page, text: str) -> None:
    """Write a line into the fast form."""
    form = page.locator("#quick-diary form")
    form.get_by_label("What happened").fill(text)
    form.get_by_role("button", name="Add").click()


@pytest.mark.parametrize("part", ProjectPart)
def test_every_part_is_readable_for_everybody(guest, people, full, part):
    ask_owner(people, ask(people, full))
    anna = guest()
    anna.is_user(people.anna)
    anna.look(address(full, "part", part.value))


def test_forms_and_history_are_readable_for_everybody(guest, people, full):
    anna = guest()
    anna.is_user(people.anna)
    (kpi,) = api.entries_of(project_id=full, kinds=[Kind.KPI])
    for place in (
        ("new", "contact"),
        ("new", "insight"),
        ("entries", str(kpi.id)),
        ("entries", str(kpi.id), "history"),
    ):
        page = anna.open(address(full, *place))
        check_both_sizes(page)
    check_both_schemes(anna.open(address(full)))


def test_a_line_of_the_diary_takes_a_few_taps(guest, people, full):
    anna = guest(PHONE)
    page = anna.is_user(people.anna)
    anna.open(address(full))
    write_diary(page, "Two customers called back today.")
    expect(page.locator("#quick-diary [data-said]")).to_contain_text("last entry today")
    assert "Two customers called back today." in words_of(full, Kind.DIARY, "text")
    expect(page.locator("[data-ici-waiting]")).to_be_hidden()


def test_a_customers_words_with_a_photo_wait_for_the_network(guest, people, full, tmp_path):
    photo = tmp_path / "late.png"
    anna = guest(PHONE)
    anna.allow(OFFLINE)
    page = anna.is_user(people.anna)
    anna.open(address(full)).screenshot(path=photo)
    anna.context.set_offline(True)
    page.locator("#quick-contact summary").click()
    form = page.locator("#quick-contact form")
    form.get_by_label("What did the customer say").fill("He waited all day.")
    form.get_by_label("Customer", exact=True).fill("C099")
    form.locator("[type=file]").set_input_files(photo)
    expect(form.locator("[data-ici-preview]")).to_be_visible()
    form.get_by_role("button", name="Add").click()
    expect(page.locator("[data-count]")).to_have_text(WAITS)
    # The page may be closed meanwhile: the device keeps the entry.
    anna.context.set_offline(False)
    anna.open(address(full))
    expect(page.locator("[data-ici-waiting]")).to_be_hidden()
    (contact,) = [each for each in api.entries_of(project_id=full) if each.content.get("customer") == "C099"]
    assert len(contact.content["files"]) == 1
    anna.open(address(full))
    assert words_of(full, Kind.CONTACT, "customer").count("C099") == 1


def test_without_reloading_it_is_sent_when_the_network_is_back(guest, people, full):
    anna = guest(PHONE)
    anna.allow(OFFLINE)
    page = anna.is_user(people.anna)
    anna.open(address(full))
    anna.context.set_offline(True)
    for text in ("First.", "Second."):
        write_diary(page, f"{text} Nobody has a network in the cellar.")
    expect(page.locator("[data-count]")).to_have_text("2 entries wait on this device.")
    check_both_sizes(page)
    anna.context.set_offline(False)
    expect(page.locator("[data-ici-waiting]")).to_be_hidden()
    assert [text[:6] for text in words_of(full, Kind.DIARY, "text")][-2:] == ["First.", "Second"]


def test_on_a_shared_phone_nobody_sends_for_another(guest, people, full):
    phone = guest(PHONE)
    phone.allow(OFFLINE)
    page = phone.is_user(people.anna)
    phone.open(address(full))
    phone.context.set_offline(True)
    write_diary(page, "Only Anna knows this until it is sent.")
    expect(page.locator("[data-count]")).to_have_text(WAITS)
    phone.context.set_offline(False)
    # Jonas signs in on the same phone before Anna's page could send anything.
    page.goto("about:blank")
    phone.context.clear_cookies()
    before = len(words_of(full, Kind.DIARY, "text"))
    phone.is_user(people.jonas)
    phone.open(address(full))
    expect(page.locator("[data-others]")).to_contain_text("Entries of somebody else wait on this device.")
    expect(page.locator("body")).not_to_contain_text("Only Anna knows this")
    write_diary(page, "This one is mine, says Jonas.")
    expect(page.locator("#quick-diary [data-said]")).to_contain_text("last entry today")
    # Said as soon as it is kept on the device: Jonas leaves when it has arrived.
    for _look in range(100):
        if "This one is mine, says Jonas." in words_of(full, Kind.DIARY, "text"):
            break
        page.wait_for_timeout(100)
    phone.context.clear_cookies()
    phone.is_user(people.anna)
    phone.open(address(full))
    expect(page.locator("[data-ici-waiting]")).to_be_hidden()
    authors = {entry.content["text"]: entry.author_id for entry in api.entries_of(project_id=full, kinds=[Kind.DIARY])}
    assert authors["Only Anna knows this until it is sent."] == people.anna.pk
    assert authors["This one is mine, says Jonas."] == people.jonas.pk
    assert len(authors) >= before


def test_a_refused_entry_stays_with_its_words_and_is_corrected(guest, people, full):
    anna = guest(PHONE)
    anna.allow("422")
    page = anna.is_user(people.anna)
    anna.open(address(full))
    page.locator("#quick-contact summary").click()
    form = page.locator("#quick-contact form")
    form.get_by_label("What did the customer say").fill("The van came at six.")
    form.get_by_label("Customer", exact=True).fill("Petra Müller")
    form.get_by_role("button", name="Add").click()
    expect(form.get_by_label("Customer", exact=True)).to_have_value("Petra Müller")
    expect(form.locator("[data-wrong=customer]")).to_contain_text("made-up name")
    expect(form.get_by_label("What did the customer say")).to_have_value("The van came at six.")
    anna.open(address(full))
    expect(page.locator("[data-list]")).to_contain_text("The van came at six.")
    page.get_by_role("button", name="Correct it").click()
    form.get_by_label("Customer", exact=True).fill("C100")
    form.get_by_role("button", name="Add").click()
    expect(page.locator("[data-ici-waiting]")).to_be_hidden()
    assert words_of(full, Kind.CONTACT, "customer").count("C100") == 1


def test_a_value_that_could_mean_two_things_is_asked_back(guest, people, full):
    anna = guest(PHONE)
    anna.allow("422")
    page = anna.is_user(people.anna)
    anna.open(address(full, "part", "kpis"))
    form = page.locator("#quick-reading form")
    form.get_by_label("Value").fill("1,234")
    form.get_by_role("button", name="Add").click()
    expect(form.locator("[data-wrong=value]")).to_contain_text("was read as 1234. Save again")
    form.get_by_role("button", name="Add").click()
    expect(page.locator("[data-ici-waiting]")).to_be_hidden()
    assert "1234" in words_of(full, Kind.READING, "value")


def test_two_members_who_change_one_kpi_lose_nothing(guest, people, full):
    (kpi,) = api.entries_of(project_id=full, kinds=[Kind.KPI])
    anna = guest()
    anna.allow("409")
    page = anna.is_user(people.anna)
    anna.open(address(full, "entries", str(kpi.id)))
    change(full, people.jonas, kpi, name="Late kitchens")
    page.get_by_label("What do you measure?").fill("Late orders")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[role=alert]").first).to_contain_text("Jonas Ahrwald was faster.")
    expect(page.locator(".project-both").first).to_contain_text("Late kitchens")
    check_both_sizes(page)
    page.locator(".project-both").first.get_by_label("Theirs").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    assert words_of(full, Kind.KPI, "name") == ["Late kitchens"]


def test_a_measure_is_entered_and_removed_with_the_keyboard_alone(guest, people, full):
    anna = guest()
    page = anna.is_user(people.anna)
    anna.open(address(full, "part", "plan"))
    page.get_by_role("link", name="Add a measure").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What will be done?").focus()
    page.keyboard.type("Call five customers")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Call five customers")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.locator(".project-remove summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Bring it back")
    expect(back).to_be_visible()
    back.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Call five customers")).to_be_visible()


def test_a_file_comes_in_pieces_beside_the_form(guest, people, full, tmp_path):
    table = tmp_path / "late.csv"
    table.write_text("day;late\n1;2\n")
    anna = guest()
    page = anna.is_user(people.anna)
    anna.open(address(full, "new", "contact"))
    page.locator(".project-uploads [type=file][multiple]").set_input_files(table)
    expect(page.get_by_role("link", name="late.csv")).to_be_visible()
    page.get_by_label("Customer", exact=True).fill("C077")
    page.get_by_label("What did the customer say").fill("It is all in the table.")
    page.get_by_label("How?").select_option("data")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is all in the table.")).to_be_visible()
    # No picture is asked of a file that has none.
    expect(page.get_by_role("link", name="late.csv")).to_be_visible()
    (contact,) = [each for each in api.entries_of(project_id=full) if each.content.get("customer") == "C077"]
    assert len(contact.content["files"]) == 1


def test_the_owner_is_asked_by_a_link_on_the_page(guest, people, full):
    ask(people, full)
    anna = guest(PHONE)
    anna.allow("422")
    page = anna.is_user(people.anna)
    anna.open(address(full, "part", "gates"))
    part = page.locator("[data-ici-mentor]")
    part.get_by_role("button", name="Ask").click()
    expect(part.locator("[role=alert]")).to_be_visible()
    part.get_by_label("Name").fill("Hanne Voss")
    part.get_by_label("owner of my firm").check()
    part.get_by_role("button", name="Ask").click()
    expect(part.get_by_text("Show Hanne Voss the QR code below.")).to_be_visible()
    check_both_sizes(page)
