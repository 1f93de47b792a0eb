"""Reports: what they say, to whom, in which shape, and that small groups are hidden in what leaves the course."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.models import Round, Work
from iciinsmes.audit_log.models import AuditLogEntry
from iciinsmes.certificates import api as certificates
from iciinsmes.certificates.data import CertificateCriterion, Criteria
from iciinsmes.companies import api as companies
from iciinsmes.desk.reports.kinds import REPORTS
from iciinsmes.desk.reports.response_times import percentile
from iciinsmes.lib.suppression import shown_parts
from iciinsmes.mentors.models import MentorAnswer
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.review.models import Assessment
from iciinsmes_campus.host import CampusHost

from .conftest import COURSE, PASS, W01, person, text_of, url, waiting

pytestmark = pytest.mark.django_db


def address(name, **asked):
    return reverse("iciinsmes:desk-report", args=[COURSE, name]) + "?" + "&".join(f"{k}={v}" for k, v in asked.items())


def rows_of(desk, name, **asked):
    answer = desk.get(address(name, **asked, **{"as": "csv"}))
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def released(desk, round_id, **points):
    desk.post(url(round_id), {**PASS, **points, "decision": "passed", "feedback": "Good."})


def log(round_id, *hours):
    lines = [{"date": "", "hours": each, "what": "Asked."} for each in hours]
    Round.objects.filter(id=round_id).update(log=lines, hours=sum(map(Decimal, hours)))


class TestWhereEverybodyStands:
    def test_states_in_words_and_the_age_of_the_oldest(self, desk, first, second, other_version, anna, bo):
        page = text_of(desk.get(address("standing")))
        for words in ("handed in", "not begun", "no project", "Anna", "Tischlerei Nordlicht"):
            assert words in page
        (_head, ann, other) = sorted(rows_of(desk, "standing"), key=lambda row: row[0] != "Learner")
        rows = {row[0].split()[0]: row for row in (ann, other)}
        assert int(rows["Anna"][-1]) > 10
        assert int(rows["Bo"][-1]) <= 2
        assert rows["Anna"][2].startswith("handed in (")
        assert rows["Anna"][3] == "not begun"

    def test_columns_have_short_names_and_full_titles(self, desk, first, other_version):
        page = text_of(desk.get(address("standing")))
        assert 'title="W01 Where do our customers speak?"' in page
        assert "W02" in page

    def test_any_page_of_any_course_costs_the_same(self, desk, first, version, django_assert_max_num_queries):
        desk.get(address("standing"))
        accounts = get_user_model()
        for number in range(60):
            person(f"l{number:03}", Role.LEARNER)
        with django_assert_max_num_queries(22):
            page = text_of(desk.get(address("standing")))
        assert page.count('<th scope="row">') == 50
        after = accounts.objects.filter(username="l040").get().pk
        with django_assert_max_num_queries(22):
            text_of(desk.get(address("standing", after=after)))

    def test_who_teaches_some_learners_sees_these_alone(self, desk, first, second, bo, monkeypatch):
        only_bo = type(bo).objects.filter(pk=bo.pk)
        monkeypatch.setattr(CampusHost, "limited_to", lambda *_args: only_bo)
        for name in REPORTS:
            assert "Anna" not in text_of(desk.get(address(name)))
            assert "Nordlicht" not in text_of(desk.get(address(name)))
        assert len(rows_of(desk, "standing")) == 2


class TestWhoHasNotBegun:
    def test_namesakes_are_told_apart_and_who_need_not_is_left_out(self, desk, first, teacher, bo, anna):
        for name in ("kim1", "kim2"):
            user = person(name, Role.LEARNER)
            user.first_name = "Kim"
            user.save()
        assignments.waive(owner_id=bo.id, usage_key=W01, course_key=COURSE, by_id=teacher.id, reason="Did it.")
        names = [row[1] for row in rows_of(desk, "not-begun")[1:]]
        assert names == ["kim1", "kim2"]
        page = text_of(desk.get(address("not-begun")))
        assert "Kim (kim1)" in page

    def test_a_draft_is_a_beginning(self, desk, version, anna, bo):
        Work.objects.create(assignment_id=version.assignment_id, owner=bo, course_key=COURSE)
        assert [row[1] for row in rows_of(desk, "not-begun")[1:]] == ["anna"]


class TestHowLongAnswersTook:
    def test_working_days_without_weekends(self, desk, first, monkeypatch):
        released(desk, first)
        monday = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: monday + timedelta(days=30))
        Round.objects.filter(id=first).update(handed_in_at=monday - timedelta(days=3))
        Assessment.objects.filter(subject=first).update(released_at=monday)
        by_week, by_assignment = rows_of(desk, "response-times")[1::2]
        assert by_week[1:5] == ["2026-43", "1", "1", "1"]
        assert by_assignment[1:3] == ["W01 Where do our customers speak?", "1"]

    @given(st.lists(st.integers(0, 60), min_size=1))
    def test_nine_of_ten_took_no_longer(self, days):
        found = percentile(days, Decimal("0.9"))
        assert found in days
        assert sum(1 for each in days if each <= found) >= 0.9 * len(days)
        assert sum(1 for each in days if each < found) < 0.9 * len(days)


class TestPointsByCriterion:
    def test_each_learner_counts_once_with_the_newest_result(self, desk, first, second):
        released(desk, first)
        released(desk, second, **{"points.completeness": "3"})
        rows = [row[1:] for row in rows_of(desk, "criteria") if row[0].startswith("Completeness")]
        page = text_of(desk.get(address("criteria")))
        assert "Mean" in page
        assert '<svg xmlns="http://www.w3.org/2000/svg" class="chart"' in page
        # What leaves the course hides groups of fewer than five, and the mean that would tell them.
        assert ["2", "hidden"] in rows
        assert ["3", "hidden"] in rows
        assert all(row[0] != "Mean" for row in rows)


class TestHoursAtWork:
    def test_three_times_twenty_minutes_are_an_hour(self, desk, first, anna):
        log(first, "0.33", "0.33", "0.33")
        assert rows_of(desk, "hours")[1] == ["Anna", "1", "1.00", "0.00"]

    def test_what_a_mentor_has_confirmed(self, desk, first, second, anna):
        log(second, "2")
        MentorAnswer.objects.create(
            subject=first,
            subject_kind="round",
            course_key=COURSE,
            owner=anna,
            verdict="confirmed",
            took_place="yes",
            name="Karl",
            role="Owner",
            answered_at=timezone.now(),
        )
        rows = {row[0]: row[1:] for row in rows_of(desk, "hours")[1:]}
        assert rows == {
            "Anna": ["1", "4.50", "4.50"],
            "Bo": ["1", "2.00", "0.00"],
            "All together": ["2", "6.50", "4.50"],
        }

    def test_firms_of_few_are_hidden_in_what_leaves_the_course(self, desk, first):
        assert "Tischlerei Nordlicht" in text_of(desk.get(address("hours", by="company")))
        assert "4.5" in text_of(desk.get(address("hours", by="company")))
        rows = {row[0]: row[1:] for row in rows_of(desk, "hours", by="company")[1:]}
        assert rows["Tischlerei Nordlicht"] == ["hidden"] * 3

    def test_a_round_that_does_not_count_has_no_hours(self, desk, first, teacher):
        assignments.cancel_round(round_id=first, by_id=teacher.id, reason="A test.")
        assert "There is nothing to report yet." in text_of(desk.get(address("hours")))


@pytest.fixture
def criteria(teacher):
    """The certificate asks for the assignments alone."""
    others = tuple(sorted(each.value for each in CertificateCriterion if each is not CertificateCriterion.ASSIGNMENTS))
    asked = Criteria(kind="SME1", left_out=others)
    return certificates.choose_criteria(course_key=COURSE, by_id=teacher.id, criteria=asked)


class TestCertificates:
    def test_before_criteria_are_chosen_nothing_is_counted(self, desk, first):
        assert "Nobody has chosen yet" in text_of(desk.get(address("certificates")))

    def test_all_assignments_passed_or_not_needed(
        self, desk, criteria, first, second, other_version, teacher, anna, bo
    ):
        released(desk, first)
        page = text_of(desk.get(address("certificates")))
        assert "Tischlerei Nordlicht" in page
        table = {row[1]: row[2:] for row in rows_of(desk, "certificates")}
        assert table["Tischlerei Nordlicht"] == ["hidden", "hidden"]
        assignments.waive(
            owner_id=anna.id, usage_key=other_version.usage_key, course_key=COURSE, by_id=teacher.id, reason="Did it."
        )
        assert re.search(r'<td\s+class="\s*n\s*"', text_of(desk.get(address("certificates"))))

    def test_large_groups_are_shown(self, desk, criteria, version):
        firm = companies.create_company(name="Große Firma", country="de")
        people = [person(f"p{number}", Role.LEARNER) for number in range(12)]
        for user in people:
            companies.join_company(company_id=firm.id, user_id=user.id, course_key=COURSE)
        for user in people[:6]:
            released(desk, waiting(user, version))
        table = {tuple(row[:2]): row[2:] for row in rows_of(desk, "certificates")}
        assert table["By Firm", "Große Firma"] == ["6", "12"]

    @given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.tuples(st.integers(0, 9), st.integers(0, 9))))
    def test_nothing_small_can_be_computed(self, groups):
        parts = {key: (reached, reached + rest) for key, (reached, rest) in groups.items()}
        shown = shown_parts(parts)
        hidden = [key for key, (reached, _size) in shown.items() if reached is None]
        for key, (reached, size) in shown.items():
            assert size is None or size >= 5
            if reached is not None:
                assert not 0 < reached < 5
                assert not 0 < parts[key][1] - reached < 5
        if hidden and len(hidden) < len(shown):
            reached, size = (sum(parts[key][part] for key in hidden) for part in (0, 1))
            assert len(hidden) > 1
            assert not 0 < reached < 5
            assert not 0 < size - reached < 5


class TestFiles:
    @pytest.mark.parametrize("name", REPORTS)
    def test_every_report_as_page_print_csv_and_excel(self, desk, criteria, anna, first, name):
        released(desk, first)
        projects.open_project(user_id=anna.id, course_key=COURSE)
        assert 'as=csv"' in text_of(desk.get(address(name))) or "nothing to report" in text_of(desk.get(address(name)))
        assert "as=csv" not in text_of(desk.get(address(name, **{"as": "print"})))
        assert rows_of(desk, name)
        book = b"".join(desk.get(address(name, **{"as": "xlsx"})).streaming_content)
        assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()
        assert AuditLogEntry.objects.filter(verb="report_taken", subject=f"report:{name}").count() == 3

    def test_a_name_that_a_program_would_run_is_harmless(self, desk, version, bo):
        bo.first_name = "=cmd()"
        bo.save()
        assert rows_of(desk, "not-begun")[1][0].startswith("'=cmd()")

    def test_a_german_reader_gets_semicolons_and_commas(self, desk, first):
        log(first, "1.5")
        desk.cookies["django_language"] = "de"
        answer = desk.get(address("hours", **{"as": "csv"}), headers={"Accept-Language": "de"})
        assert "Anna;1;1,50;0,00" in b"".join(answer.streaming_content).decode()

    def test_a_report_that_there_is_not(self, desk, version):
        assert desk.get(address("salaries")).status_code == 404

    def test_an_empty_course_has_nothing_to_report(self, desk):
        for name in REPORTS:
            text_of(desk.get(address(name)))
            text_of(desk.get(address(name, **{"as": "print"})))
            assert desk.get(address(name, **{"as": "csv"})).status_code == 200
