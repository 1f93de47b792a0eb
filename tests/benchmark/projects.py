"""Projects of many firms: ``python -m tests.benchmark.projects [--projects 10000] [--database mysql://…]``.

The night looks at all of them: seconds, and the most memory that the process held beyond what it had before. Then pages
at that size: least, median and 95th percentile of the time inside the server, and statements. It is checked before that
the projects hold what a real one holds, and afterwards that each was looked at.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from tests.benchmark.campus import campus_of_its_own
from tests.benchmark.timing import timed

#: What a firm's project holds after half a year.
_KPIS, _READINGS, _MEASURES, _MILESTONES, _RISKS, _CONTACTS = 3, 12, 12, 6, 4, 10


def main(arguments: Sequence[str]) -> None:
    """Set up a campus in a throw-away folder, fill it, and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.projects", description=__doc__)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--database", help="instead of SQLite: an address such as mysql://user@localhost/name")
    options = parser.parse_args(arguments)
    with campus_of_its_own("projects", database=options.database or ""):
        people = _fill(options.projects)
        _night(options.projects)
        _pages(people, options.runs)


def _fill(number: int) -> dict[str, Any]:
    """Make one project through the room's door, and the others as copies of its rows, each in a firm of its own."""
    from django.contrib.auth.models import User

    from iciinsmes.companies import api as companies
    from iciinsmes.companies.models import Company, CompanyCoach, CompanyMembership, CompanyRun
    from iciinsmes.platform import Role
    from iciinsmes.projects import api
    from iciinsmes.projects.models import Project, ProjectRun
    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning import api as learning

    course_key = courses()[0].key
    accounts = {name: User.objects.create(username=name) for name in ("learner", "coach", "teacher", "coordinator")}
    roles = {"learner": Role.LEARNER, "teacher": Role.TEACHER, "coordinator": Role.COORDINATOR}
    for name, role in roles.items():
        learning.enrol(user_id=accounts[name].pk, course_key=course_key, role=role)
    firm = companies.create_company(name="Firm 0", country="de", trade="Joinery")
    companies.join_company(company_id=firm.id, user_id=accounts["learner"].pk, course_key=course_key)
    project = api.open_project(user_id=accounts["learner"].pk, course_key=course_key)
    _enter(project.id, accounts["learner"].pk, course_key)
    first = Project.objects.get(id=project.id)
    yesterday = first.looked_on - timedelta(days=1)
    firms = Company.objects.bulk_create(
        [Company(name=f"Firm {each}", country="DE", trade="Joinery") for each in range(1, number)], batch_size=1000
    )
    CompanyRun.objects.bulk_create([CompanyRun(company=each, course_key=course_key) for each in firms], batch_size=1000)
    copied = {
        field.name: getattr(first, field.name)
        for field in Project._meta.concrete_fields
        if field.name not in ("id", "company", "looked_on")
    }
    rows = [Project(company=each, looked_on=yesterday, **copied) for each in firms]
    Project.objects.bulk_create(rows, batch_size=500)
    ProjectRun.objects.bulk_create(
        [ProjectRun(project=row, course_key=course_key, begins_on=row.started_on) for row in rows], batch_size=1000
    )
    Project.objects.filter(id=first.id).update(looked_on=yesterday)
    coached = [firm.id, *(each.pk for each in firms[:499])]
    CompanyCoach.objects.bulk_create(
        [CompanyCoach(company_id=each, course_key=course_key, user=accounts["coach"]) for each in coached]
    )
    if Project.objects.filter(looked_on=yesterday).count() != number or not CompanyMembership.objects.exists():
        raise SystemExit("the projects that should be looked at are not there")
    held = Project.objects.exclude(id=first.id).first()
    if number > 1 and (held is None or len(held.facts["measures"]) != _MEASURES or len(held.facts["kpis"]) != _KPIS):
        raise SystemExit("the projects do not hold what a real one holds")
    return {**accounts, "course_key": course_key, "project": project.id}


def _enter(project_id: Any, user_id: int, course_key: Any) -> None:
    from iciinsmes.projects import api
    from iciinsmes.projects.data import Kind
    from iciinsmes.projects.days import today

    def enter(kind: Kind, **content: Any) -> Any:
        return api.add_entry(project_id=project_id, user_id=user_id, course_key=course_key, kind=kind, content=content)

    day, far = today(), (today() + timedelta(days=200)).isoformat()
    enter(Kind.CHARTER, title="Kitchens on the promised day", trigger="lost_customer", goal="On time", goal_on=far)
    for number in range(_KPIS):
        kpi = enter(
            Kind.KPI,
            name=f"KPI {number}",
            unit="%",
            direction="down",
            baseline="46",
            baseline_on=day.isoformat(),
            target="15",
            target_on=far,
            source="Order book",
        )
        for back in range(_READINGS):
            enter(Kind.READING, kpi=str(kpi.id), on=(day - timedelta(days=7 * back)).isoformat(), value=str(46 - back))
    for number in range(_MEASURES):
        due = (day + timedelta(days=10 * number - 20)).isoformat()
        enter(
            Kind.MEASURE, title=f"Measure {number}", role="Foreman", due=due, hours_planned="4", done=10 * number % 101
        )
    for number in range(_MILESTONES):
        enter(Kind.MILESTONE, title=f"Milestone {number}", due=(day + timedelta(days=30 * number - 10)).isoformat())
    for number in range(_RISKS):
        enter(Kind.RISK, title=f"Risk {number}", probability=number + 1, impact=4)
    for number in range(_CONTACTS):
        enter(Kind.CONTACT, on=day.isoformat(), customer=f"C{number:03}", method="phone", words="They wait too long.")


def _night(number: int) -> None:
    from iciinsmes.projects import api

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    count = api.look_at_all()
    seconds = time.perf_counter() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if count != number or api.look_at_all() != 0:
        raise SystemExit(f"{count} of {number} projects were looked at")
    print(f"the night, {number} projects: {seconds:.1f} s, {more:.0f} MB more")


def _pages(people: dict[str, Any], runs: int) -> None:
    from django.test import Client
    from django.urls import reverse

    course_key = people["course_key"]
    pages = {
        "a firm's project": ("learner", reverse("iciinsmes:project", args=[course_key, people["project"]])),
        "the coach's board, 500 firms": ("coach", reverse("iciinsmes:projects-coached")),
        "the matrix": ("teacher", reverse("iciinsmes:projects-matrix", args=[course_key])),
        "the overview": ("coordinator", reverse("iciinsmes:projects-overview", args=[course_key])),
    }
    print(f"{'page':<34}{'least ms':>10}{'median ms':>10}{'p95 ms':>9}{'SQL':>6}")
    for name, (who, address) in pages.items():
        browser = Client(headers={"host": "localhost"})
        browser.force_login(people[who], backend="django.contrib.auth.backends.ModelBackend")
        if browser.get(address).status_code != 200:
            raise SystemExit(f"{name} is not there")
        found = timed(name, partial(browser.get, address), runs)
        print(f"{name:<34}{found.least:>10.1f}{found.median:>10.1f}{found.p95:>9.1f}{found.statements:>6}")


if __name__ == "__main__":
    main(sys.argv[1:])
