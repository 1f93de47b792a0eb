"""A firm's people write into one project: ``python -m tests.load project [--people 20] [--seconds 60]``.

Each of them again and again writes down hours, sends the same entry twice as after a lost answer, and changes the goal
that all of them change. Broken is: an entry that was confirmed and is not there, or is there twice; a change of the
goal that was confirmed and stands in no version; an error of the server, a locked database.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

import requests

from tests.campus_process import running_campus
from tests.load.campus import Prepared, add_database_options, prepared, sessions
from tests.load.person import Sample
from tests.load.promises import complaints
from tests.load.report import tell_result, tell_times

#: A change that somebody else was faster with is told, with both texts.
_TOLD, _DONE = 409, 302
_REVISION = re.compile(r'name="revision"\s+value="(\d+)"')


@dataclass
class _Writer:
    """A member of the firm; ``entries`` and ``goals`` are what the server has confirmed."""

    name: str
    address: str
    project: str
    charter: str
    session: requests.Session = field(default_factory=requests.Session)
    samples: list[Sample] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    stale: int = 0
    wrong: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Write until a moment of the monotonic clock."""
        self._get(self.project)
        number = 0
        while time.monotonic() < until:
            number += 1
            self._write_hours(number)
            self._change_goal(f"Goal {number} of {self.name}")

    def _write_hours(self, number: int) -> None:
        entry_id = str(uuid4())
        content = {"entry_id": entry_id, "on": "2026-10-01", "hours": "0:20", "what": f"{self.name} {number}"}
        for _time in range(2):
            answer = self._post("write hours", f"{self.project}new/spent/", content)
            if answer.status_code != _DONE:
                self.wrong.append(f"{self.name}: hours were answered with {answer.status_code}")
                return
        self.entries.append(entry_id)

    def _change_goal(self, goal: str) -> None:
        page = self._get(self.charter)
        revision = _REVISION.search(page.text)
        if page.status_code != 200 or revision is None:
            self.wrong.append(f"{self.name}: the charter was answered with {page.status_code}")
            return
        content = {"revision": revision[1], "title": "Kitchens on the promised day", "goal": goal}
        answer = self._post("change goal", self.charter, content)
        if answer.status_code == _DONE:
            self.goals.append(goal)
        elif answer.status_code == _TOLD:
            self.stale += 1
            if goal not in answer.text:
                self.wrong.append(f"{self.name}: {goal} was not sent back")
        else:
            self.wrong.append(f"{self.name}: the goal was answered with {answer.status_code}")

    def _get(self, path: str) -> requests.Response:
        return self._sample("read", lambda: self.session.get(self.address + path, timeout=60))

    def _post(self, what: str, path: str, content: dict[str, str]) -> requests.Response:
        headers = {"X-CSRFToken": self.session.cookies.get("csrftoken") or "", "Referer": self.address + path}
        return self._sample(
            what,
            lambda: self.session.post(
                self.address + path, data=content, headers=headers, timeout=60, allow_redirects=False
            ),
        )

    def _sample(self, what: str, send: Callable[[], requests.Response]) -> requests.Response:
        started = time.monotonic()
        answer = send()
        self.samples.append(Sample(what, answer.status_code, time.monotonic() - started))
        return answer


def main(arguments: Sequence[str]) -> int:
    """Run the scenario and print a table; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.load project", description=__doc__)
    parser.add_argument("--people", type=int, default=20, choices=range(1, 101), metavar="1-100")
    parser.add_argument("--seconds", type=int, default=60, choices=range(1, 601), metavar="1-600")
    add_database_options(parser)
    options = parser.parse_args(arguments)
    with prepared(options.people, options) as campus:
        project, charter = _begin(campus)
        cookies = sessions(campus.names)
        with running_campus(campus.home, demo=False, environment=campus.environment) as address:
            writers = []
            for name, cookie in zip(campus.names, cookies, strict=True):
                writer = _Writer(name=name, address=address, project=project, charter=charter)
                writer.session.cookies.set("sessionid", cookie)
                writers.append(writer)
            until = time.monotonic() + options.seconds
            with ThreadPoolExecutor(len(writers)) as pool:
                for one in [pool.submit(writer.work, until) for writer in writers]:
                    one.result()
        broken = [
            *(line for writer in writers for line in writer.wrong),
            *_lost(writers),
            *complaints(campus.home / "server.log"),
        ]
    changes, stale = sum(len(writer.goals) for writer in writers), sum(writer.stale for writer in writers)
    entries = sum(len(writer.entries) for writer in writers)
    print(
        f"{options.people} people in {options.seconds} s: {entries} entries, {changes} changes, {stale} were too late"
    )
    tell_times([sample for writer in writers for sample in writer.samples])
    return tell_result(broken)


def _begin(campus: Prepared) -> tuple[str, str]:
    """Put everybody into one firm with a project; return the paths of the project and of its charter."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    from iciinsmes.companies import api as companies
    from iciinsmes.projects import api
    from iciinsmes.projects.data import Kind
    from iciinsmes_campus.courseware.api import courses

    course_key = courses()[0].key
    firm = companies.create_company(name="Nordlicht", country="de")
    users = User.objects.in_bulk(campus.names, field_name="username")
    for user in users.values():
        companies.join_company(company_id=firm.id, user_id=user.pk, course_key=course_key)
    first = users[campus.names[0]].pk
    project = api.open_project(user_id=first, course_key=course_key)
    charter = api.add_entry(
        project_id=project.id,
        user_id=first,
        course_key=course_key,
        kind=Kind.CHARTER,
        content={"title": "Kitchens on the promised day", "goal": "Goal 0"},
    )
    return (
        reverse("iciinsmes:project", args=[course_key, project.id]),
        reverse("iciinsmes:project-entry", args=[course_key, project.id, charter.id]),
    )


def _lost(writers: Sequence[_Writer]) -> list[str]:
    """Return what was confirmed and is not there, or is there twice."""
    from iciinsmes.projects.models import Entry, EntryVersion

    words = [entry.content["what"] for entry in Entry.objects.filter(kind="spent")]
    there = {str(each) for each in Entry.objects.filter(kind="spent").values_list("id", flat=True)}
    charter = Entry.objects.get(kind="charter")
    versions = EntryVersion.objects.filter(entry=charter)
    goals = [charter.content["goal"], *(version.content["goal"] for version in versions)]
    entries = [entry for writer in writers for entry in writer.entries]
    confirmed = [goal for writer in writers for goal in writer.goals]
    return [
        *(f"{entry} was confirmed and is not there" for entry in entries if entry not in there),
        *(f"{each} is there twice" for each in sorted({each for each in words if words.count(each) > 1})),
        *(f"{goal} was confirmed and stands in no version" for goal in confirmed if goal not in goals),
        *(["the goal was changed without a version"] if charter.revision != len(confirmed) + 1 else []),
    ]
