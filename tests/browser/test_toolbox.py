"""The toolbox for somebody without an account: without script, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.chromium import DESKTOP, PHONE

from .conftest import check_accessible


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_visitor_finds_an_instrument_and_tries_it(visitor, campus, script):
    page = visitor(PHONE, java_script_enabled=script).page
    page.goto(f"{campus}/login/")
    page.get_by_role("link", name="Look into the toolbox").click()
    page.get_by_role("link", name="I want to know whether customers stay").click()
    page.get_by_role("link", name="Net promoter score", exact=True).click()
    page.get_by_role("link", name="Try it with demo data").click()
    expect(page.get_by_role("heading", name="The result")).to_have_count(0)
    page.get_by_label("Work out the net promoter score of your answers.").fill("60")
    page.get_by_role("button", name="Check, and show the result").click()
    expect(page.get_by_text("You counted the eights as promoters.")).to_be_visible()
    expect(page.get_by_role("img", name="Net promoter score and where the true one lies")).to_be_visible()
    page.get_by_label("We cannot know yet").check()
    page.get_by_role("button", name="Check my answers").last.click()
    expect(page.get_by_text("The difference lies within what chance explains.")).to_be_visible()
    expect(page.get_by_label("Work out the net promoter score of your answers.")).to_have_value("60")
    if script:
        check_accessible(page)


def test_changed_settings_change_the_result(visitor, campus):
    page = visitor(PHONE).page
    page.goto(f"{campus}/iciinsmes/toolbox/net-promoter-score/try/?show=1")
    expect(page.get_by_text("Change since the first wave")).to_be_visible()
    page.get_by_label("First day of the second wave").fill("")
    page.get_by_label("Your earlier score").fill("20,5")
    page.get_by_role("button", name="Compute again").click()
    expect(page.get_by_text("Your earlier score was 20.5. Did it change?")).to_be_visible()
    expect(page.get_by_text("Change since the first wave")).to_have_count(0)


@pytest.mark.parametrize(("device", "units", "least"), [(PHONE, "320", 300), (DESKTOP, "640", 800)])
def test_charts_use_the_width_they_get(visitor, campus, device, units, least):
    page = visitor(device).page
    page.goto(f"{campus}/iciinsmes/toolbox/customer-satisfaction/try/?show=1")
    shown = page.locator("svg.chart:visible")
    expect(shown).to_have_count(1)
    assert shown.get_attribute("viewBox").split()[2] == units
    assert shown.bounding_box()["width"] >= least


def test_a_result_is_whole_on_paper(visitor, campus):
    page = visitor({"width": 720, "height": 1000}).page
    page.goto(f"{campus}/iciinsmes/toolbox/kano-analysis/try/?show=1")
    page.emulate_media(media="print")
    for part in (
        "svg.chart:visible",
        ".toolbox-verdict",
        ".ici-result table >> nth=0",
        "text=Which feature do you work on first?",
    ):
        expect(page.locator(part).first).to_be_visible()
    expect(page.get_by_role("button", name="Check my answers").first).to_be_hidden()
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
