"""The pages: own data, the coordinator's page of a person, the trail."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from iciinsmes.assignments.models import Work
from iciinsmes.audit_log import api as audit_log
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.companies import api as companies
from iciinsmes.companies.data import CompanyForm
from iciinsmes.notices.models import Notice
from iciinsmes.privacy import api as privacy
from tests.people import SME1

from .conftest import OTHER
from .deeds import CANARY
from .traces import traces_of

pytestmark = pytest.mark.django_db


def url(name: str, *arguments: object) -> str:
    return reverse(f"iciinsmes:{name}", args=arguments)


def text(response) -> str:
    return response.content.decode()


def test_the_own_page_says_what_how_long_and_whom_to_ask(everything, as_user):
    page = text(as_user(everything["anna"]).get(url("privacy")))
    assert "1 year" in page
    assert "7 days" in page
    assert "Coralinde Zwetschke" in page
    assert not any(trace in page for trace in traces_of(everything["bo"]))


def test_asking_for_an_erasure_reaches_the_coordinators_once(everything, as_user):
    anna, cora = everything["anna"], everything["cora"]
    browser = as_user(anna)
    for _time in range(2):
        page = text(browser.post(url("privacy-ask"), follow=True))
        assert "Your coordinators know now that you want your data erased." in page
    (notice,) = Notice.objects.filter(kind="erasure_asked")
    assert (notice.user_id, notice.address) == (cora.pk, url("privacy-person", SME1, anna.pk))
    assert as_user(cora).get(notice.address).status_code == 200
    privacy.erase(user_id=anna.pk, asked_by=cora.pk, reason="asked")
    assert not Notice.objects.filter(kind="erasure_asked").exists()


def test_asking_where_nobody_coordinates_says_so(people, as_user):
    page = text(as_user(people["anna"]).post(url("privacy-ask"), follow=True))
    assert "Ask the administrator of this site." in page


def test_a_period_without_an_end_says_so(people, as_user, settings):
    settings.ICIINSMES_KEEP_TRAIL_DAYS = None
    assert "without an end" in text(as_user(people["anna"]).get(url("privacy")))


def test_somebody_new_is_told_that_nothing_is_noted(people, as_user):
    assert "No course has noted anything about you yet." in text(as_user(people["anna"]).get(url("privacy")))


def test_the_own_download_is_a_zip_in_the_readers_language(everything, as_user):
    browser = as_user(everything["anna"])
    response = browser.post(url("privacy-download"), headers={"accept-language": "de"})
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"].startswith("max-age=0")
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert CANARY in archive.read("assignments.json").decode()


def test_a_coordinator_finds_a_person_by_name_and_mail(everything, as_user):
    anna = everything["anna"]
    browser = as_user(everything["cora"])
    for who in (anna.username, anna.email.upper()):
        response = browser.get(url("privacy-people", SME1), {"who": who})
        assert response.url == url("privacy-person", SME1, anna.pk)
    page = text(browser.get(response.url))
    assert "Annegret Quellbrunn" in page
    assert "Assignments: drafts" in page


@pytest.mark.parametrize("who", ["nobody", "sigismund.nirgendwo", "", "\x00", "%"])
def test_whoever_is_not_in_the_course_is_not_found(people, as_user, who):
    response = as_user(people["cora"]).get(url("privacy-people", SME1), {"who": who})
    assert response.status_code == 422
    assert "Nobody in this course has this user name or mail address." in text(response)


def test_somebody_who_has_left_is_still_found(everything, as_user):
    anna = everything["anna"]
    anna.campus_memberships.all().delete()
    anna.is_active = False
    anna.save()
    response = as_user(everything["cora"]).get(url("privacy-people", SME1), {"who": anna.username})
    assert response.status_code == 302


def test_a_coordinator_downloads_this_course_run_only(everything, as_user):
    audit_log.record(course_key=OTHER, verb="firm_left", actor_id=everything["anna"].pk, subject="company:1")
    response = as_user(everything["cora"]).post(url("privacy-export", SME1, everything["anna"].pk))
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert CANARY in archive.read("assignments.json").decode()
        assert "OTHER" not in archive.read("trail.json").decode()


def test_an_erasure_needs_the_user_name_and_a_reason(everything, as_user):
    anna = everything["anna"]
    browser = as_user(everything["cora"])
    address = url("privacy-erase", SME1, anna.pk)
    for sent, message in [
        ({"confirm": anna.username}, "Choose a reason."),
        ({"confirm": anna.username, "reason": "command"}, "Choose a reason."),
        ({"confirm": "annegret", "reason": "left"}, "This is not the user name of the person."),
    ]:
        response = browser.post(address, sent)
        assert response.status_code == 422
        assert message in text(response)
        assert f'value="{sent["confirm"]}"' in text(response)
    assert Work.objects.filter(owner=anna).count() == 2
    response = browser.post(address, {"confirm": f" {anna.username} ", "reason": "left"}, follow=True)
    assert "Everything kept about this person in this course is erased." in text(response)
    assert not Work.objects.filter(owner=anna).exists()
    page = text(browser.get(url("privacy-person", SME1, anna.pk)))
    assert "Nothing is kept about this person in this course." in page
    assert "The person has left the course" in text(browser.get(url("trail", SME1)))


@pytest.mark.parametrize("name", ["anna", "bo", "tea", "olga", "stranger"])
def test_only_this_courses_coordinator_gets_anywhere(everything, as_user, name):
    browser = as_user(everything[name])
    anna = everything["anna"]
    for address in ("privacy-people", "trail", "trail-csv"):
        assert browser.get(url(address, SME1)).status_code == 404
    assert browser.get(url("privacy-person", SME1, anna.pk)).status_code == 404
    for address in ("privacy-export", "privacy-erase"):
        sent = {"confirm": anna.username, "reason": "asked"}
        assert browser.post(url(address, SME1, anna.pk), sent).status_code == 404
    assert Work.objects.filter(owner=anna).count() == 2


def test_another_courses_coordinator_reaches_nothing_of_this_one_by_way_of_the_own(everything, as_user):
    browser = as_user(everything["olga"])
    anna = everything["anna"]
    sent = {"confirm": anna.username, "reason": "asked"}
    assert browser.post(url("privacy-erase", OTHER, anna.pk), sent).status_code == 404
    assert browser.post(url("privacy-export", OTHER, anna.pk)).status_code == 404
    page = text(browser.get(url("trail", OTHER)))
    assert not any(trace in page for trace in traces_of(anna))


def test_the_trail_says_in_words_who_did_what(everything, as_user):
    page = text(as_user(everything["cora"]).get(url("trail", SME1)))
    for words in ("Theobald Taffelspitz", "opened the work", "assigned a coach", "Werkstatt", f"{CANARY}"):
        assert words in page
    assert "Somebody without an account" not in page


def test_the_trail_is_narrowed(everything, as_user):
    browser = as_user(everything["cora"])
    tea, bo = everything["tea"], everything["bo"]

    def rows(**query: str) -> int:
        return text(browser.get(url("trail", SME1), query)).count("<time ")

    assert rows(actor=tea.username) == AuditLogEntry.objects.filter(actor=tea).count() == 4
    assert rows(person=bo.email) == AuditLogEntry.objects.filter(person=bo).count() > 0
    assert rows(verb="firm_edited") == 1
    assert rows(actor=tea.username, verb="firm_edited") == 0
    assert rows(verb="nonsense", after="nonsense") == AuditLogEntry.objects.count()
    response = browser.get(url("trail", SME1), {"actor": "<b>nobody"})
    assert response.status_code == 422
    assert 'value="&lt;b&gt;nobody"' in text(response)
    assert 'aria-describedby="actor-wrong" aria-invalid="true"' in text(response)
    assert 'id="actor-wrong"' in text(response)
    assert browser.get(url("trail-csv", SME1), {"actor": "nobody"}).status_code == 404


def test_the_trail_costs_the_same_at_any_length(people, as_user, django_assert_num_queries):
    anna, cora = people["anna"], people["cora"]
    firm = companies.register_company(
        user_id=anna.pk, course_key=SME1, form=CompanyForm(name="W", country="DE", size_class="2-9")
    )
    browser = as_user(cora)
    for length in (40, 400):
        rows = [
            AuditLogEntry(course_key=SME1, verb="firm_edited", actor=cora, person=anna, subject=f"company:{firm.id}")
            for _row in range(length)
        ]
        AuditLogEntry.objects.bulk_create(rows)
        with django_assert_num_queries(6):
            browser.get(url("trail", SME1))
    page = text(browser.get(url("trail", SME1), {"person": anna.username}))
    assert "&amp;person=annegret.quellbrunn" in page


def test_the_table_has_every_line_and_runs_nothing(everything, as_user):
    audit_log.record(course_key=SME1, verb="work_opened", actor_id=None, actor_name="=1+1", subject="work:1")
    AuditLogEntry.objects.bulk_create(
        [AuditLogEntry(course_key=SME1, verb="work_opened", subject="work:1") for _row in range(600)]
    )
    response = as_user(everything["cora"]).get(url("trail-csv", SME1))
    content = response.getvalue().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content)))
    assert len(lines) == 1 + AuditLogEntry.objects.filter(course_key=SME1).count()
    assert "'=1+1" in {line[1] for line in lines}
    assert lines[0][0] == "Time (UTC)"
