"""Who has not begun an assignment, and until when it is due for each."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.lib.report_tables import Column, Mark, ReportTable, Row
from iciinsmes.platform import zones

from .assignment_choice import chosen_assignment
from .data import Report, ReportReader
from .people_rows import Person, all_people, people_of


def not_begun(reader: ReportReader, asked: QueryDict) -> Report:
    """Return the learners without a work on an assignment, a page at a time; who need not do it is left out."""
    usage_key, title, choices = chosen_assignment(reader, asked)
    if usage_key is None:
        return Report(tables=())
    rows = assignments.not_begun_on(learners=reader.learners(), usage_key=usage_key)
    if reader.everything:
        pages, next_after = all_people(reader, rows), ""
    else:
        page, next_after = people_of(reader, rows, asked)
        pages = iter([page])
    columns = (
        Column(_("Learner")),
        Column(_("User name")),
        Column(_("Mail")),
        Column(_("Firm")),
        Column(_("Due")),
    )
    return Report(
        tables=(ReportTable(title, columns, _rows(reader, pages, usage_key)),), choices=choices, next_after=next_after
    )


def _rows(reader: ReportReader, pages: Iterator[list[Person]], usage_key: UsageKey) -> Iterator[Row]:
    exceptions = reverse("iciinsmes:desk-exceptions", args=[reader.course_key])
    grant = f"{exceptions}?{urlencode({'block': str(usage_key), 'scope': 'learner'})}"
    for page in pages:
        due = assignments.due_dates(user_ids=[person.user_id for person in page], usage_key=usage_key)
        for person in page:
            due_at = due.get(person.user_id)
            yield [
                person.name,
                Mark(person.username, url=f"{grant}&{urlencode({'who': person.username})}"),
                person.email,
                person.company.name if person.company else "",
                zones.moment(due_at) if due_at else "",
            ]
