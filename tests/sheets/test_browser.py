"""Sheets and zips in a real browser: by keyboard, with progress that ends by itself, on a phone, and what axe says."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from iciinsmes.sheets import import_work
from iciinsmes.sheets.models import GradeImport
from tests.browser.conftest import check_accessible
from tests.sheets.conftest import as_csv, proposal, rows_of, sheets_url

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_a_sheet_goes_out_and_comes_back_by_keyboard(open_page, teacher, first, second, tmp_path, monkeypatch):
    # No worker yet: the page waits for one.
    monkeypatch.setattr("iciinsmes_campus.host.CampusHost.defer", lambda *_arguments: None)
    page = open_page(sheets_url(), width=360)
    check_accessible(page)
    page.select_option("#kind", "csv")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").press("Enter")
    rows = rows_of(Path(download.value.path()).read_bytes())
    assert len(rows) == 2
    rows[0]["Points 1"], rows[0]["Feedback"], rows[1]["Points 1"] = "2", "Well done", "9"
    sheet = tmp_path / "grades.csv"
    sheet.write_bytes(as_csv(rows))
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Look at it first").press("Enter")
    expect(page.locator("#progress")).to_contain_text("0 of 2 lines are checked")
    check_accessible(page)
    import_work.work_on(str(GradeImport.objects.get().id))
    # The page finds out by itself.
    expect(page.get_by_role("table")).to_contain_text("Its levels are worth 0 · 1 · 2 · 3.", timeout=15_000)
    check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("link", name="1 line with changes").press("Enter")
    expect(page.get_by_role("table")).to_contain_text("Well done")
    page.get_by_role("button", name="Import the lines without errors").press("Enter")
    expect(page.locator("#progress")).to_contain_text("The grades are being saved.")
    import_work.work_on(str(GradeImport.objects.get().id))
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible(timeout=15_000)
    check_accessible(page)
    assert proposal(first, teacher).feedback == "Well done"
