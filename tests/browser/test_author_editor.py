"""Authors write texts as they will look, always see how to save, and lose nothing by closing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from iciinsmes.platform import Role
from iciinsmes_campus.courseware.library import library
from tests.chromium import DESKTOP, PHONE
from tests.people import SME1, person

from .conftest import Visitor, check_accessible
from .scenes import W01

pytestmark = pytest.mark.django_db(transaction=True)
T02 = SME1.make_usage_key("digital_tool", "t02-recommend")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def visitor(guest, request) -> Visitor:
    visitor = guest(request.param)
    visitor.is_user(person("coordinator", Role.COORDINATOR))
    return visitor


def opened(visitor: Visitor, key) -> Page:
    page = visitor.open(f"/authoring/{SME1}/edit/{key}/")
    expect(page.locator(".tox-edit-area__iframe")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    page.frame_locator(".tox-edit-area__iframe").locator("body").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def saved(key) -> str:
    """Return the text that the block has now."""
    fields = library().of(key).blocks[key].fields
    return fields["task"]["instructions"] if key == W01 else fields["instructions"]


@pytest.mark.parametrize("key", [W01, T02])
def test_a_text_is_written_as_it_will_look(visitor, key):
    page = opened(visitor, key)
    write(page, "Zwölf Gäste & <b>")
    page.get_by_role("button", name="Show the HTML").click()
    source = page.locator("#ici-s-instructions")
    assert "Zwölf Gäste &amp; &lt;b&gt;" in source.input_value()
    source.fill("<ul><li>One guest</li></ul><script>alert(1)</script>")
    page.get_by_role("button", name="Show the HTML").click()
    expect(page.frame_locator(".tox-edit-area__iframe").locator("li")).to_have_text("One guest")
    page.locator(".foot .go").click()
    page.wait_for_url(lambda url: "/edit/" not in url)
    assert saved(key) == "<ul><li>One guest</li></ul>"


def test_save_is_always_in_sight(visitor):
    page = opened(visitor, W01)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    page.locator("#ici-s-complete, #ici-s-pass").first.scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    check_accessible(page)


def test_closing_asks_when_something_was_typed(visitor):
    page = opened(visitor, W01)
    write(page, "Not to be lost. ")
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_text("There are changes that are not saved.")).to_be_in_viewport()
    page.get_by_role("button", name="Go on editing").click()
    expect(page.frame_locator(".tox-edit-area__iframe").locator("body")).to_contain_text("Not to be lost.")
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.get_by_role("button", name="Close without saving").click()
    page.wait_for_url(lambda url: "/edit/" not in url)


def test_what_was_kept_on_the_device_comes_back_with_its_editor(visitor):
    page = opened(visitor, W01)
    write(page, "An hour of work. ")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Use them").click()
    expect(page.frame_locator(".tox-edit-area__iframe").locator("body")).to_contain_text("An hour of work.")
    expect(page.locator(".tox-tinymce")).to_have_count(1)
