"""A coordinator imports a table that is not clear, answers its questions, and sees who is who."""

from __future__ import annotations

import pytest
from django.urls import reverse

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
    check_both_sizes(page)
    page.get_by_role("button", name="This is right: Müller").click()
    page.get_by_role("button", name="Yes, use Kontakt").click()
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
