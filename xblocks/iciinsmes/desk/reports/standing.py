"""Learners, assignments and gates beside each other: where everybody stands, and what has waited longest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.api import StandingCell
from iciinsmes.lib.report_tables import Column, Mark, ReportTable, Row
from iciinsmes.platform import zones
from iciinsmes.projects import api as projects
from iciinsmes.projects.api import AnswerTime, CompanyGates
from iciinsmes.waiting import api as waiting

from .assignment_choice import columns_of
from .data import Report, ReportReader
from .people_rows import Person, all_people, people_of

#: In words, by colour and by sign.
_STATES: Mapping[str, tuple[str | Promise, str, str]] = {
    "draft": (gettext_lazy("being written"), "", "●"),
    "handed_in": (gettext_lazy("handed in"), "calm", "◔"),
    "confirmed": (gettext_lazy("mentor confirmed"), "calm", "◑"),
    "sent_back": (gettext_lazy("mentor sent back"), "warn", "↻"),
    "revise": (gettext_lazy("being revised"), "warn", "↻"),
    "passed": (gettext_lazy("passed"), "good", "✓"),
}
_GATES = range(9)


def standing(reader: ReportReader, asked: QueryDict) -> Report:
    """Return a page of learners with a cell for each assignment and gate; the same queries for any page of any run."""
    found = assignments.assignments_of(course_key=reader.course_key)
    time = projects.answer_times(course_keys=[reader.course_key])[reader.course_key]
    columns = [
        Column(_("Learner")),
        Column(_("Firm")),
        *columns_of(found),
        *(Column(f"G{gate}", _("Gate %(number)s") % {"number": gate}) for gate in _GATES),
        Column(_("Oldest unanswered"), _("Working days since the oldest that waits for staff"), is_number=True),
    ]
    keys = [key for key, _title in found]
    if reader.everything:
        pages, next_after = all_people(reader, reader.learners()), ""
    else:
        page, next_after = people_of(reader, reader.learners(), asked)
        pages = iter([page])
    limit = time.thresholds.answer_working_days
    return Report(
        tables=(ReportTable(_("Where everybody stands"), tuple(columns), _rows(reader, pages, keys, time)),),
        notes=(
            ngettext(
                "Staff answers within %(count)d working day; weekends and public holidays do not count.",
                "Staff answers within %(count)d working days; weekends and public holidays do not count.",
                limit,
            )
            % {"count": limit},
        ),
        next_after=next_after,
    )


def days_since(at: datetime, time: AnswerTime, until: datetime | None = None) -> int:
    """Return how many working days of the staff have come since a moment, until now or another one."""
    first, last = _day(at), _day(until or timezone.now())
    return projects.working_days(first, last, time.is_working)


def _rows(reader: ReportReader, pages: Iterator[list[Person]], keys: list[UsageKey], time: AnswerTime) -> Iterator[Row]:
    for page in pages:
        ids = [person.user_id for person in page]
        cells = assignments.cells(user_ids=ids, course_key=reader.course_key)
        waits = waiting.oldest_of_owners(course_key=reader.course_key, owner_ids=ids)
        firms = {person.company.id for person in page if person.company}
        gates = projects.gates_of_companies(course_key=reader.course_key, company_ids=firms)
        for person in page:
            mine = {place: at for (owner_id, place), at in waits.items() if owner_id == person.user_id}
            firm = person.company
            yield [
                Mark(person.name, note=person.email),
                firm.name if firm else "",
                *(_cell(reader, cells.get((person.user_id, key)), mine.get(str(key)), time) for key in keys),
                *(_gate(gates.get(firm.id) if firm else None, gate) for gate in _GATES),
                _oldest(min(mine.values(), default=None), time),
            ]


def _cell(reader: ReportReader, cell: StandingCell | None, waits_since: datetime | None, time: AnswerTime) -> Mark:
    if cell is None:
        return Mark(_("not begun"), "", "–")  # noqa: RUF001 - a sign for nothing
    if cell.is_waived:
        return Mark(_("not needed"), "good", "○")
    words, tone, sign = _STATES[cell.state]
    url = reverse("iciinsmes:desk-round", args=[reader.course_key, cell.round_id]) if cell.round_id else ""
    if waits_since is None:
        return Mark(str(words), tone, sign, url)
    days = days_since(waits_since, time)
    note = ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    return Mark(str(words), "bad" if days > time.thresholds.answer_working_days else tone, sign, url, note)


def _gate(gates: CompanyGates | None, gate: int) -> Mark:
    if gates is None:
        return Mark(_("no project"), sign="–", is_quiet=True)  # noqa: RUF001 - a sign for nothing
    if gate in gates.passed:
        return Mark(_("passed"), "good", "✓")
    if gates.gate == gate:
        return Mark(_("stopped"), "warn", "■") if gates.has_ended else Mark(_("here"), "calm", "●")
    return Mark(_("to come"), sign="·", is_quiet=True)


def _oldest(at: datetime | None, time: AnswerTime) -> Mark:
    if at is None:
        return Mark("", is_quiet=True)
    days = days_since(at, time)
    is_late = days > time.thresholds.answer_working_days
    return Mark(str(days), "bad" if is_late else "", "▲" if is_late else "")


def _day(at: datetime) -> date:
    return at.astimezone(zones.of_site()).date()
