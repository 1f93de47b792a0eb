"""The directory of support among many entries: ``python -m tests.benchmark.support [--entries 5000] [--runs 30]``.

Prints median and 95th percentile of the time inside the server and the number of SQL statements of each way to look for
help. What is measured is made sure of before: so many entries that are shown to learners, each filter with something to
find and something to leave out, and answers with entries on them. A page takes 50 ms and 20 statements at most.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from tests.benchmark.campus import campus_of_its_own
from tests.benchmark.timing import timed
from tests.database import throw_away_database

_STATEMENTS = 20
_MILLISECONDS = 50
_COUNTRIES = ("DE", "DK", "PL", "HU", "EU")
#: Every so many entries have this.
_RARE = 50


def main(arguments: Sequence[str]) -> None:
    """Set up a campus in a throw-away folder and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.support", description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--entries", type=int, default=5_000)
    parser.add_argument("--mysql", action="store_true", help="on the server of TEST_MYSQL_URL")
    options = parser.parse_args(arguments)
    database = throw_away_database() if options.mysql else nullcontext("")
    with database as url, campus_of_its_own("support", database=url):
        print(f"{'request':<44}{'median ms':>10}{'p95 ms':>9}{'SQL':>6}")
        dear = {}
        for name, send in _requests(options.entries).items():
            cost = timed(name, send, options.runs)
            print(f"{name:<44}{cost.median:>10.1f}{cost.p95:>9.1f}{cost.statements:>6}")
            # Without the neighbours on a busy machine.
            if cost.least > _MILLISECONDS or cost.statements > _STATEMENTS:
                dear[name] = cost
    if dear:
        raise SystemExit(f"these cost too much: {dear}")


def fill(count: int) -> None:
    """Make so many entries: of five countries, all types, some with a person, some ended, some long unchecked."""
    from datetime import timedelta

    from django.utils import timezone

    from iciinsmes.support.data import STAGES, EntryValues, SupportKind
    from iciinsmes.support.models import SupportEntry
    from iciinsmes.support.serializers import fill as fill_row

    kinds, sizes, today = list(SupportKind), ("1", "2-9", "10-49", "50-249"), timezone.localdate()
    rows = []
    for number in range(count):
        values = EntryValues(
            country=_COUNTRIES[number % len(_COUNTRIES)],
            region=f"Region {number % 40}" if number % 3 else "",
            languages=("de", "en") if number % 2 else ("da",),
            kind=kinds[number % len(kinds)].value,
            name=f"Offer {number:05} for crafts and small firms",
            former_names=f"Wiederkehr {number}" if number % _RARE == 0 else "",
            provider=f"Office {number % 97}",
            benefit="Somebody near you looks at your idea with you and knows who pays for what.",
            sizes=sizes[: number % 4],
            stages=STAGES[number % 9 : number % 9 + 3],
            contact_name="Ute Berg" if number % 7 == 0 else "",
            status="ended" if number % 11 == 0 else "open",
            valid_until=today - timedelta(days=1) if number % 13 == 0 else None,
        )
        seen = today - timedelta(days=400 if number % 17 == 0 else number % 300)
        row = SupportEntry(found_on=seen, last_checked=seen, seen_on=seen, changed_at=timezone.now())
        fill_row(row, values)
        rows.append(row)
    SupportEntry.objects.bulk_create(rows, batch_size=500)


def _requests(entries: int) -> Mapping[str, Callable[[], Any]]:
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from iciinsmes.companies import api as companies
    from iciinsmes.support import api as support
    from iciinsmes.support.data import Filters
    from iciinsmes.support.models import SupportEntry
    from iciinsmes_campus.courseware.api import courses
    from iciinsmes_campus.learning import api as learning

    course = courses()[0]
    fill(entries)
    if SupportEntry.objects.count() != entries:
        raise SystemExit("the entries that should be there are not")
    learner = User.objects.create_user("benchmark", "benchmark@example.org")
    learning.enrol(user_id=learner.pk, course_key=course.key)
    firm = companies.create_company(name="Benchmark", country="de", size_class="2-9")
    companies.join_company(company_id=firm.id, user_id=learner.pk, course_key=course.key)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    directory, referral = (reverse(f"iciinsmes:{name}", args=[course.key]) for name in ("support-directory", "support"))
    after, middle = None, entries // 3
    while middle > 0:
        page = support.find(filters=Filters(), after=after, limit=500)
        after, middle = page.next_after, middle - 500
    if after is None:
        raise SystemExit("the directory has no middle")
    pages = {
        "the first page": (directory, {}),
        "all countries": (directory, {"country": ""}),
        "a page in the middle": (directory, {"country": "", "after": after[0], "id": after[1]}),
        "two words": (directory, {"country": "", "q": "offer crafts"}),
        "a name": (directory, {"country": "", "q": f"offer {entries - 4:05}"}),
        "an old name": (directory, {"country": "", "q": "wiederkehr"}),
        "nothing by words": (directory, {"country": "", "q": "zzzz"}),
        "by type and stage": (directory, {"country": "DE", "kind": "loan", "stage": "G4"}),
        "by all filters": (
            directory,
            {"country": "DE", "need": "talk", "stage": "G1", "size": "2-9", "language": "de", "state": "open"},
        ),
        "closed ones": (directory, {"country": "", "state": "closed"}),
        "ended ones": (directory, {"country": "", "state": "ended"}),
        "three for a need": (referral, {"need": "talk"}),
        "three for any need": (referral, {}),
    }
    for name, (address, values) in pages.items():
        _make_sure(name, browser.get(address, values).content.decode())
    return {name: partial(browser.get, address, values) for name, (address, values) in pages.items()}


def _make_sure(name: str, page: str) -> None:
    """End the benchmark if a page has no entry where it should, or one where it should not."""
    rows = page.count('class="support-line"')
    if (rows == 0) != name.startswith("nothing") or (name.startswith("three") and rows > 3):
        raise SystemExit(f"{name}: {rows} entries on the page")


if __name__ == "__main__":
    main(sys.argv[1:])
