"""Reports over course runs: made behind the page, small groups hidden, by run, college and country, also as files."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.certificates import api as certificates
from iciinsmes.certificates.data import CertificateCriterion, Criteria, Issuer, Presence
from iciinsmes.companies import api as companies
from iciinsmes.evaluation import api, reports, retirement
from iciinsmes.evaluation.data import ReportState
from iciinsmes.evaluation.figures import figures_of
from iciinsmes.evaluation.models import EvaluationReport
from iciinsmes.evaluation.report_tables import groups_of, tables_of
from iciinsmes.lib.report_tables import words_of
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.projects.data import Kind
from iciinsmes.toolbox import api as toolbox
from iciinsmes_campus.learning import api as learning
from tests.desk.conftest import make_task
from tests.evaluation.conftest import react
from tests.evaluation.test_block import browser
from tests.people import SME1, person

EARLIER = CourseKey.from_string("course-v1:Fyn+SME1+2025")
SMALL = CourseKey.from_string("course-v1:Fyn+SME1+2024")


def figures(course_key=SME1):
    return figures_of(api.facts_of(course_keys=[course_key])[course_key])


def make(owner, *course_keys):
    report_id = api.begin_report(owner_id=owner.pk, course_keys=course_keys)
    reports.work_on(str(report_id))
    return api.read_report(report_id=report_id, owner_id=owner.pk)


def taken(client: Any, address: str, *, kind: str, by: str = "run") -> bytes:
    return b"".join(client.get(address, {"as": kind, "by": by}).streaming_content)


def project_of(user, value: str, name: str):
    firm = companies.create_company(name=name, country="de")
    companies.join_company(company_id=firm.id, user_id=user.pk, course_key=SME1)
    found = projects.open_project(user_id=user.pk, course_key=SME1)
    who = {"project_id": found.id, "user_id": user.pk, "course_key": SME1}
    content = {"name": "Days", "unit": "d", "direction": "down", "baseline": "20", "target": "10"}
    kpi = projects.add_entry(**who, kind=Kind.KPI, content=content)
    on = (timezone.localdate() - timedelta(days=1)).isoformat()
    projects.add_entry(**who, kind=Kind.READING, content={"kpi": str(kpi.id), "on": on, "value": value})


@pytest.fixture
def runs(learners, staff):
    """Three runs of the coordinator: of seven, six and three learners."""
    people = learners(7)
    for number in range(9):
        key = EARLIER if number < 6 else SMALL
        person(f"earlier{number}", Role.LEARNER, key)
    for key in (EARLIER, SMALL):
        learning.enrol(user_id=staff.cora.pk, course_key=key, role=Role.COORDINATOR)
    for user in people[:6]:
        react(user, 5)
    api.say_facts(course_key=SME1, actor_id=staff.cora.pk, college="BTZ Hamburg", country="DE", ends_on=None)
    api.say_facts(course_key=EARLIER, actor_id=staff.cora.pk, college="EUC Fyn", country="DK", ends_on=None)
    return people


def test_figures_hold_every_level(runs):
    found = figures()
    # Without an assignment nobody has passed all.
    assert (found["starters"].base, found["completers"].base) == (7, 0)
    assert (found["reaction_useful"].value, found["reaction_useful"].base) == (5, 5)
    assert found["stopped_time"].total == 0
    assert (found["still_used_3"].base, found["way_end"].base) == (0, 0)


def test_results_of_projects_are_means_of_their_kpis(runs):
    for number, user in enumerate(runs):
        project_of(user, "10" if number < 6 else "15", f"Firm {number}")
    found = figures()
    assert (found["way_end"].base, found["way_end"].total) == (7, 650)
    # One of seven has not reached its goal, which would tell which.
    assert found["success_end"] is None
    assert (found["light_green"].total, found["light_red"].total) == (7, 0)


def test_completers_have_passed_all_and_certificates_are_what_they_ask_for(runs, staff):
    from iciinsmes.assignments import api as assignments
    from iciinsmes.assignments.models import Work

    block = SME1.make_usage_key("workplace_assignment", "w01")
    version = assignments.freeze_task(usage_key=block, course_key=SME1, task=make_task())
    for user in runs:
        Work.objects.create(assignment_id=version.assignment_id, owner=user, course_key=SME1, state="passed")
    assert (figures()["completers"].total, figures()["certificates"].base) == (7, 0)
    left_out = tuple(each.value for each in CertificateCriterion if each is not CertificateCriterion.SESSIONS)
    certificates.choose_criteria(
        course_key=SME1,
        by_id=staff.cora.pk,
        criteria=Criteria("SME1", left_out=left_out, issuer=Issuer("Chamber", "DK")),
    )
    assert (figures()["completers"].total, figures()["certificates"].total) == (7, 0)
    session = certificates.add_session(course_key=SME1, held_on=date(2026, 10, 1), title="Start")
    there = {user.pk: Presence() for user in runs}
    certificates.mark(session_id=session.id, course_key=SME1, by_id=staff.cora.pk, changes=there)
    assert (figures()["completers"].total, figures()["certificates"].total) == (7, 7)


def test_a_run_of_fewer_than_five_shows_nothing(runs):
    assert set(figures(SMALL).values()) == {None}


def test_queries_do_not_grow_with_learners(runs, staff):
    project_of(runs[0], "12", "First")
    with CaptureQueriesContext(connection) as few:
        figures()
    for number in range(20):
        user = person(f"more{number}", Role.LEARNER)
        react(user)
        project_of(user, "12", f"More {number}")
    with CaptureQueriesContext(connection) as many:
        figures()
    assert len(many) == len(few)


def test_a_report_is_made_once_and_holds_the_runs_of_its_owner(runs, staff):
    found = make(staff.cora, SME1, EARLIER, SMALL)
    assert (found.state, found.done, found.total) == (ReportState.READY, 3, 3)
    assert [run.college for run in sorted(found.runs, key=lambda run: str(run.course_key))] == [
        "",
        "EUC Fyn",
        "BTZ Hamburg",
    ]
    reports.work_on(str(found.id))
    assert api.read_report(report_id=found.id, owner_id=staff.cora.pk) == found
    # A teacher of one run has that one, whatever is asked for.
    assert [run.course_key for run in make(staff.teacher, SME1, EARLIER).runs] == [SME1]


def test_a_second_click_makes_no_second_report(runs, staff):
    first = api.begin_report(owner_id=staff.cora.pk, course_keys=[SME1])
    assert api.begin_report(owner_id=staff.cora.pk, course_keys=[EARLIER]) == first
    assert EvaluationReport.objects.count() == 1
    # Its worker has died before it began.
    reports.go_on_with_reports()
    assert api.read_report(report_id=first, owner_id=staff.cora.pk).state is ReportState.READY


def test_runs_that_are_no_longer_the_readers_are_left_out(runs, staff):
    found = make(staff.cora, SME1, EARLIER)
    learning.leave(user_id=staff.cora.pk, course_key=EARLIER)
    assert [run.course_key for run in api.read_report(report_id=found.id, owner_id=staff.cora.pk).runs] == [SME1]


def test_colleges_and_countries_are_sums_of_what_is_shown_and_unknown_ones_stand_last(runs, staff):
    found = make(staff.cora, SME1, EARLIER, SMALL).runs
    assert [name for name, _runs in groups_of(found, "college")] == ["BTZ Hamburg", "EUC Fyn", "College not stated"]
    assert [name for name, _runs in groups_of(found, "country")] == ["Denmark", "Germany", "Country not stated"]
    table = tables_of(found, "college")[0]
    starters = [(words_of(row[0]), words_of(row[2])) for row in table.rows]
    # The three of the small run are in no sum: 13, not 16.
    assert starters == [
        ("BTZ Hamburg", 7),
        ("EUC Fyn", 6),
        ("College not stated", "hidden"),
        ("All together", 13),
    ]


def test_page_print_and_files_show_the_same_and_the_trail_says_who_took_them(runs, staff):
    found = make(staff.cora, SME1, EARLIER, SMALL)
    address = reverse("iciinsmes:evaluation-report", args=[found.id])
    client = browser(staff.cora)
    page = client.get(address).content.decode()
    assert page.count("<table") == 5
    assert "<svg" in page
    assert "College or country not stated" in page
    for by in ("college", "country", "nonsense"):
        assert client.get(address, {"by": by}).status_code == 200
    assert not AuditLogEntry.objects.filter(verb="evaluation_taken").exists()
    assert "on-paper" in client.get(address, {"as": "print"}).content.decode()
    text = taken(client, address, kind="csv", by="college").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    starters = {line["College"]: line["Value"] for line in lines if line["Measure"] == "Learners who are enrolled"}
    assert starters == {"BTZ Hamburg": "7", "EUC Fyn": "6", "College not stated": "", "All together": "13"}
    content = taken(client, address, kind="xlsx")
    assert len(toolbox.open_table(content=content, as_written=True).rows) == len(lines)
    assert AuditLogEntry.objects.filter(verb="evaluation_taken", actor=staff.cora).count() == 3 * 3


def test_pages_of_reports_are_for_staff_and_a_report_for_its_owner(runs, staff):
    found = make(staff.cora, SME1)
    for name in ("report", "progress"):
        address = reverse(f"iciinsmes:evaluation-{name}", args=[found.id])
        assert browser(staff.teacher).get(address).status_code == 404
        assert browser(staff.cora).get(address).status_code == 200
    begin = reverse("iciinsmes:evaluation-reports")
    assert browser(runs[0]).get(begin).status_code == 404
    assert browser(staff.cora).post(begin, {"run": ["nonsense"]}).status_code == 422
    begun = browser(staff.cora).post(begin, {"run": [str(SME1), str(EARLIER)]})
    assert begun.status_code == 302
    assert str(found.id) in browser(staff.cora).get(begin).content.decode()
    drop = reverse("iciinsmes:evaluation-drop", args=[found.id])
    assert browser(staff.teacher).post(drop).status_code == 404
    assert browser(staff.cora).post(drop).status_code == 302
    assert not EvaluationReport.objects.filter(id=found.id).exists()
    assert browser(staff.cora).get(reverse("iciinsmes:evaluation-report", args=[uuid4()])).status_code == 404


def test_progress_says_how_far_it_is_and_leads_on(runs, staff):
    report_id = api.begin_report(owner_id=staff.cora.pk, course_keys=[SME1, EARLIER])
    address = reverse("iciinsmes:evaluation-progress", args=[report_id])
    answer = browser(staff.cora).get(address)
    assert "0 of 2 course runs" in answer.content.decode()
    assert "HX-Refresh" not in answer
    assert (
        "progress" in browser(staff.cora).get(reverse("iciinsmes:evaluation-report", args=[report_id])).content.decode()
    )
    reports.work_on(str(report_id))
    assert browser(staff.cora).get(address)["HX-Refresh"] == "true"


def test_the_page_of_cycles_shows_sums_and_a_coordinator_describes_the_run(runs, staff):
    page = browser(staff.teacher).get(reverse("iciinsmes:reactions", args=[SME1])).content.decode()
    assert "5 answers" in page
    assert "BTZ Hamburg" in page
    about = reverse("iciinsmes:evaluation-about", args=[SME1])
    assert about not in page
    assert browser(staff.teacher).get(about).status_code == 404
    client = browser(staff.cora)
    assert client.get(about).status_code == 200
    assert client.post(about, {"college": "x" * 121, "country": "QQ", "ends_on": "soon"}).status_code == 422
    assert client.post(about, {"college": "BTZ", "country": "PL", "ends_on": "2026-05-31"}).status_code == 302
    facts = api.facts_of(course_keys=[SME1])[SME1]
    assert (facts.college, facts.country, facts.ends_on.isoformat(), facts.is_typed) == (
        "BTZ",
        "PL",
        "2026-05-31",
        True,
    )
    assert AuditLogEntry.objects.filter(verb="run_described").count() == 3


def test_reports_are_dropped_with_their_owner_and_when_they_are_old(runs, staff):
    make(staff.cora, SME1)
    tables = retirement.export_person(user_id=staff.cora.pk).tables
    assert [row["courses"] for row in tables["evaluation_reports"]] == [[str(SME1)]]
    assert retirement.expire_reports(before=timezone.now() - timedelta(days=1)) == 0
    assert retirement.expire_reports(before=timezone.now() + timedelta(days=1), dry_run=True) == 1
    retirement.forget_person(user_id=staff.cora.pk)
    assert not EvaluationReport.objects.exists()
