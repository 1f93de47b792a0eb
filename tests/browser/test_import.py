"""A coordinator imports a table that is not clear, answers its questions, and sees who is who."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from iciinsmes.companies.models import Company, CompanyMembership
from iciinsmes.platform import Role
from tests.people import SME1, person

from .conftest import check_both_sizes

TABLE = (
    "Teilnehmer;;;\r"
    "Firma;Land;Kontakt;Login\r"
    "Müller;Niemcy;Ewa Nowak <EWA@example.org>;\r"
    "Holz;Danmark;;bo\r"
    "Stein;Georgia;;\r"
)


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_not_clear_is_asked_about(guest, tmp_path):
    cora = person("cora", Role.COORDINATOR)
    ewa, _bo = person("ewa", Role.LEARNER), person("bo", Role.LEARNER)
    file = tmp_path / "firms.csv"
    file.write_bytes(TABLE.encode("mac_roman"))
    visitor = guest()
    page = visitor.is_user(cora)
    visitor.open(reverse("iciinsmes:firm-import", args=[SME1]))
    check_both_sizes(page)
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Look at it first").click()
    page.wait_for_url(re.compile("/import/[0-9a-f-]{36}/$"))
    check_both_sizes(page)
    for answer in ("This is right: Müller", "Yes, use Kontakt"):
        button = page.get_by_role("button", name=answer)
        button.click()
        expect(button).to_have_count(0)
        page.get_by_role("button", name="Import the lines without errors").wait_for()
        page.wait_for_load_state()
    check_both_sizes(page)
    page.get_by_role("button", name="Import the lines without errors").dblclick()
    page.get_by_role("heading", name="Imported").wait_for()
    check_both_sizes(page)
    assert set(Company.objects.values_list("name", "country")) == {("Müller", "DE"), ("Holz", "DK")}
    assert CompanyMembership.objects.filter(user=ewa, company__name="Müller").exists()
    # Going back and answering once more changes nothing.
    page.go_back()
    page.go_back()
    assert Company.objects.count() == 2
