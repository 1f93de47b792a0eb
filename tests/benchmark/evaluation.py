"""A report over 18 colleges, 500 firms and 5,000 learners: ``python -m tests.benchmark.evaluation [--learners 5000]``.

Prints how long the job takes that makes the report, with its statements, and a page of it. It is made sure of that each
level of every run is in the report: learners, projects with values, answers, self-checks. Afterwards the job must have
taken five seconds at most, and as many statements for a tenth of the learners.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from tests.benchmark.campus import campus_of_its_own
from tests.benchmark.timing import timed
from tests.database import throw_away_database

_COLLEGES, _FIRMS, _LEARNERS = 18, 500, 5000
_SECONDS = 5.0
#: What each level counts in all runs together; 0 for as many as there are learners.
_EXPECTED = {
    "starters": 0,
    "completers": 0,
    "feedback_days": 0,
    "responsive_after": 0,
    "light_green": _FIRMS,
    "way_end": _FIRMS,
}
_COUNTRIES = ("DE", "DK", "PL", "HU")


def main(arguments: Sequence[str]) -> None:
    """Set up a campus in a throw-away folder and measure at two sizes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.evaluation", description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--learners", type=int, default=_LEARNERS)
    parser.add_argument("--mysql", action="store_true", help="on the server of TEST_MYSQL_URL")
    options = parser.parse_args(arguments)
    database = throw_away_database() if options.mysql else nullcontext("")
    with database as url, campus_of_its_own("evaluation", database=url):
        few = _measure("few", options.learners // 10, options.runs)
        many = _measure("many", options.learners, options.runs)
    if few != many:
        raise SystemExit(f"{few} statements for a tenth of the learners, {many} for all")


def _measure(prefix: str, learners: int, runs: int) -> int:
    """Make the report of so many learners, and return how many statements it took."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from iciinsmes.evaluation import api, reports
    from tests.benchmark.evaluated import fill_runs

    owner = User.objects.create_user(f"{prefix}-coordinator")
    keys = fill_runs(prefix, owner, colleges=_COLLEGES, firms=_FIRMS, learners=learners, countries=_COUNTRIES)
    seconds = []
    for _time in range(3):
        report_id = _begun(owner.pk, keys)
        started = time.perf_counter()
        reports.work_on(report_id)
        seconds.append(time.perf_counter() - started)
    report = api.read_report(report_id=UUID(report_id), owner_id=owner.pk)
    _make_sure(report.runs, learners)
    again = _begun(owner.pk, keys)
    with CaptureQueriesContext(connection) as queries:
        reports.work_on(again)
        statements = len(queries)
    print(f"{f'the job, {learners} learners, {_FIRMS} firms':<44}{min(seconds):>9.2f} s {statements:>6} SQL")
    if min(seconds) > _SECONDS:
        raise SystemExit(f"the report takes {min(seconds):.1f} s")
    browser = Client(headers={"host": "localhost"})
    browser.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("iciinsmes:evaluation-report", args=[report_id])
    for by in ("run", "college", "country"):
        cost = timed(by, lambda by=by: browser.get(address, {"by": by}), runs)  # type: ignore[misc]
        print(f"{f'its page by {by}':<44}{cost.median:>9.1f} ms{cost.statements:>6} SQL")
    return statements


def _begun(owner_id: int, keys: Sequence[CourseKey]) -> str:
    """Write down a report that nobody makes yet; beginning one would hand it to the campus' own worker."""
    from iciinsmes.evaluation.models import EvaluationReport

    row = EvaluationReport.objects.create(owner_id=owner_id, runs=[str(key) for key in keys], state="making")
    return str(row.id)


def _make_sure(runs: Sequence[Any], learners: int) -> None:
    """End the benchmark if the report lacks somebody or something."""
    bases = {key: sum(run.figures[key].base for run in runs if run.figures[key]) for key in _EXPECTED}
    if len(runs) != _COLLEGES or bases != {key: count or learners for key, count in _EXPECTED.items()}:
        raise SystemExit(f"not everybody and everything is in the report: {bases}")


if __name__ == "__main__":
    main(sys.argv[1:])
