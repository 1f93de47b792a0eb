"""What made firms begin: counts of a course and of a college, in which nothing that is hidden can be computed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from iciinsmes.companies import api as companies
from iciinsmes.desk.reports.trigger_counts import shown_triggers, trigger_sums
from iciinsmes.lib.suppression import FEWEST, shown_counts
from iciinsmes.platform import Role
from iciinsmes.projects import api as projects
from iciinsmes.projects.api import Phase
from iciinsmes.projects.data import Kind, Trigger
from iciinsmes_campus.host import CampusHost
from iciinsmes_campus.learning import api as learning
from tests.campus.everybody import OTHER

from .conftest import COURSE, person, text_of
from .test_reports import rows_of

pytestmark = pytest.mark.django_db
_KEYS = [*(trigger.value for trigger in Trigger), ""]


def firm(name: str, trigger: str = "", *, course=COURSE, trade: str = "Baker", country: str = "DK"):
    """Make a firm with one learner and a project that began so."""
    user = person(name, Role.LEARNER)
    learning.enrol(user_id=user.pk, course_key=course, role=Role.LEARNER)
    company = companies.create_company(name=name, country=country, trade=trade)
    companies.join_company(company_id=company.id, user_id=user.pk, course_key=course)
    project = projects.open_project(user_id=user.pk, course_key=course)
    if trigger:
        content = {"title": name, "trigger": trigger}
        projects.add_entry(
            project_id=project.id, user_id=user.pk, course_key=course, kind=Kind.CHARTER, content=content
        )
    return user


def page(desk, **asked):
    return text_of(desk.get(reverse("iciinsmes:desk-report", args=[COURSE, "triggers"]), asked))


def test_triggers_sides_and_groups_are_counted_on_the_page(desk):
    firm("one", "crisis", trade="baker")
    firm("two", "vision")
    firm("three", "vision", country="PL", trade="Joiner")
    firm("four")
    html = page(desk)
    table = rows_of_page(html)
    assert "hidden" not in [cell for cells in table.values() for cell in cells]
    assert table["A crisis"] == ["1"]
    assert table["Our own vision"] == ["2"]
    assert table["Not said"] == ["1"]
    assert table["From outside"] == ["1", "33 %"]
    assert table["Of their own accord"] == ["2", "67 %"]
    assert table["Denmark"] == ["2", "1", "1", "50 %"]
    assert table["Baker"] == table["Denmark"]
    assert table["Hearing customers (before gate 3)"] == ["3", "1", "2", "67 %"]
    assert html.count('class="picture"') == 5


def rows_of_page(html: str) -> dict[str, list[str]]:
    """Return the cells of each row behind its heading."""
    return {
        row.findtext("th").strip(): [" ".join("".join(map(str, cell.itertext())).split()) for cell in row.findall("td")]
        for row in document_fromstring(html).iter("tr")
        if row.find("td") is not None
    }


def test_what_leaves_the_course_hides_small_groups(desk):
    for number in range(6):
        firm(f"c{number}", "crisis")
        firm(f"v{number}", "vision")
    firm("alone", "rule", country="PL")
    cells = {(row[0], row[1]): row[2:] for row in rows_of(desk, "triggers") if len(row) > 2}
    assert cells["Why firms began", "A new rule or law"][0] == "hidden"
    assert cells["Why firms began", "A crisis"][0] == "hidden"
    assert cells["Why firms began", "Our own vision"][0] == "6"
    assert cells["By Country", "Poland"][0] == "hidden"
    print_view = page(desk, **{"as": "print"})
    assert "hidden" in print_view


def test_a_college_counts_a_project_of_two_courses_once_and_hides(desk, teacher):
    user = firm("both", "crisis")
    learning.enrol(user_id=user.pk, course_key=OTHER, role=Role.LEARNER)
    companies.join_company(
        company_id=companies.company_of(user_id=user.pk, course_key=COURSE).id, user_id=user.pk, course_key=OTHER
    )
    projects.open_project(user_id=user.pk, course_key=OTHER)
    firm("elsewhere", "vision", course=OTHER)
    both = projects.triggers_of(course_keys=[COURSE, OTHER], user_id=teacher.pk)
    assert sum(both.values()) == 2
    assert {group.phase for group in both} == {Phase.ACQUIRE}
    assert "Our own vision" not in page(desk, of="college")
    learning.enrol(user_id=teacher.pk, course_key=OTHER, role=Role.TEACHER)
    html = page(desk, of="college")
    assert rows_of_page(html)["Our own vision"] == ["hidden"]


def test_who_teaches_some_learners_counts_their_firms_alone(desk, monkeypatch):
    mine = firm("mine", "crisis")
    firm("other", "vision")
    only = type(mine).objects.filter(pk=mine.pk)
    monkeypatch.setattr(CampusHost, "limited_to", lambda *_args: only)
    html = page(desk)
    assert "A crisis" in html
    assert "Our own vision" not in html


def test_a_report_of_many_projects_costs_the_same(desk, django_assert_max_num_queries):
    firm("first", "crisis")
    page(desk)
    for number in range(12):
        firm(f"f{number}", "vision")
    with django_assert_max_num_queries(16):
        page(desk)


@given(st.dictionaries(st.sampled_from(_KEYS), st.integers(0, 12)))
def test_nothing_that_is_hidden_can_be_computed(counts):
    """Whoever knows the sums that are shown finds at least two readings of what is hidden."""
    shown = shown_triggers(counts)
    sums = trigger_sums(counts)
    sides = shown_counts(sums)
    assert set(shown) == {key for key, count in counts.items() if count}
    for key, count in shown.items():
        assert count in (None, counts[key])
        assert count is None or count >= FEWEST or not key
    for side in ("reactive", "proactive"):
        mine = [key for key in shown if key and (Trigger(key).is_reactive) is (side == "reactive")]
        hidden = [key for key in mine if shown[key] is None]
        if sides.get(side) is None:
            assert hidden == mine
        else:
            assert len(hidden) != 1
