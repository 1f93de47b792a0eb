"""The tables of a course run, row by row: results, rounds, hours at the workplace, what mentors said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ListedRound
from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import companies_by_id
from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import SignOff
from iciinsmes.platform import host
from iciinsmes.platform.host import PersonInfo
from iciinsmes.review import api as review
from iciinsmes.review.data import AssessmentData, Readable

from .data import SheetNarrowing, Table
from .headings import result_columns
from .labels import mentor_words, outcome_words, table_words, took_place_words
from .narrowing import rounds_for
from .permissions import may_take_out
from .versions import shown, version_of

Row = Sequence[Cell]


@dataclass(frozen=True)
class _Around:
    """What rows of a part need besides the rounds, asked once for all of them."""

    user_id: int
    course_key: CourseKey
    people: Mapping[int, PersonInfo]
    firms: Mapping[int, str]
    sign_offs: Mapping[UUID, SignOff]
    readable: Mapping[UUID, Readable]

    def head(self, each: ListedRound) -> list[Cell]:
        """Return who did what where: the first cells of every row."""
        person = self.people.get(each.owner_id)
        return [
            person.label if person else "",
            person.email if person else "",
            self.firms.get(each.round.company_id or 0, ""),
            each.title,
            each.round.number,
        ]


def table_rows(table: Table, narrowed: SheetNarrowing, *, user_id: int, course_key: CourseKey) -> Iterator[Row]:
    """Yield the rows of a table, headings first; the number of queries grows with each 200 works and not with rounds.

    Args:
        table: which one.
        narrowed: what it is narrowed to.
        user_id: who takes it out: sees the own proposals, and of others only what is released.
        course_key: the course run.
    """
    if table in (Table.RESULTS, Table.ROUNDS):
        usage_key = UsageKey.from_string(narrowed.assignment) if narrowed.assignment else None
        columns = result_columns(assignments.most_criteria(course_key=course_key, usage_key=usage_key))
        yield [name for _key, name in columns]
        keys = [key for key, _name in columns]
        make: Callable[[ListedRound, _Around], Iterator[Row]] = partial(_results, keys=keys)
    elif table is Table.HOURS:
        yield [*_head_names(), _("Day"), _("Hours"), _("What was done")]
        make = _hours
    else:
        zone = {"zone": timezone.get_current_timezone_name()}
        asked = [_("Asked (%(zone)s)") % zone, _("Answered (%(zone)s)") % zone]
        yield [
            *_head_names(),
            *(_("State"), _("Mentor"), *asked, _("Took place"), _("What has changed"), _("Remark")),
        ]
        make = _mentor
    newest_only = table in (Table.RESULTS, Table.HOURS)
    for part in rounds_for(narrowed, user_id=user_id, course_key=course_key, newest_only=newest_only):
        around = _around(part, user_id, course_key)
        for each in part:
            yield from make(each, around)


def note_taken_out(table: Table, *, user_id: int, course_key: CourseKey) -> None:
    """Tell the trail that somebody takes a table out."""
    audit_log.record(
        course_key=course_key,
        verb="sheet_taken_out",
        actor_id=user_id,
        subject=f"sheet:{table.value}",
        detail={"table": table.value},
    )


def sheet_name(table: Table) -> str:
    """Return the name of the table's sheet."""
    return table_words(table)


def _around(part: Sequence[ListedRound], user_id: int, course_key: CourseKey) -> _Around:
    readable = review.readable(subjects=[each.round.id for each in part], user_id=user_id)
    judges = {each.released.assessor_id for each in readable.values() if each.released is not None}
    ids = {each.owner_id for each in part} | {user_id} | {judge for judge in judges if judge is not None}
    firms = companies_by_id(company_ids={each.round.company_id for each in part if each.round.company_id is not None})
    return _Around(
        user_id=user_id,
        course_key=course_key,
        people=host().people(ids, course_key),
        firms={company_id: firm.name for company_id, firm in firms.items()},
        sign_offs=mentors.sign_offs_of(subjects={each.round.shared_id for each in part}),
        readable=readable,
    )


def _results(each: ListedRound, around: _Around, *, keys: Sequence[str]) -> Iterator[Row]:
    cells = dict(zip(("learner", "email", "firm", "assignment", "round"), around.head(each), strict=True))
    row = each.round
    known = around.readable.get(row.id, Readable())
    cells |= {
        "state": assignments.state_words(each.state) if each.is_newest else _("an earlier round"),
        "handed_in": _local(row.handed_in_at),
        "due": _local(row.due_at),
        "late": _("yes") if row.late else _("no"),
        "mentor": mentor_words(around.sign_offs[row.shared_id]),
        "round_id": str(row.id),
        "version": version_of(known, around.user_id),
    }
    if may_take_out(each, around.user_id, around.course_key):
        cells["hours"] = row.hours
        assessment = shown(known)
        if assessment is not None:
            cells |= _assessed(assessment, around)
        for number, criterion in enumerate(row.task.rubric.criteria, 1):
            points = assessment.points.get(criterion.key) if assessment else None
            cells[f"criterion.{number}"] = criterion.title
            cells[f"points.{number}"] = points
            cells[f"level.{number}"] = criterion.level(points)
            cells[f"comment.{number}"] = assessment.comments.get(criterion.key, "") if assessment else ""
    yield [cells.get(key) for key in keys]


def _assessed(assessment: AssessmentData, around: _Around) -> dict[str, Cell]:
    by = around.people.get(assessment.assessor_id or 0)
    return {
        "result": _("released") if assessment.released_at else _("your proposal"),
        "outcome": outcome_words(assessment.outcome),
        "earned": assessment.earned,
        "possible": assessment.possible,
        "assessed_at": _local(assessment.released_at or assessment.updated_at),
        "assessor": by.label if by else "",
        "feedback": assessment.feedback,
    }


def _hours(each: ListedRound, around: _Around) -> Iterator[Row]:
    if may_take_out(each, around.user_id, around.course_key):
        for entry in each.round.log:
            yield [*around.head(each), entry.date, entry.hours, entry.what]


def _mentor(each: ListedRound, around: _Around) -> Iterator[Row]:
    sign_off = around.sign_offs[each.round.shared_id]
    asked = sign_off.requests[0] if sign_off.requests else None
    answer = sign_off.answer.seen_by("teacher") if sign_off.answer else None
    if asked is None and answer is None:
        return
    is_open = may_take_out(each, around.user_id, around.course_key)
    yield [
        *around.head(each),
        mentor_words(sign_off),
        answer.name if answer else asked.contact.name if asked else "",
        _local(asked.created_at if asked else None),
        _local(answer.answered_at if answer else None),
        took_place_words(answer.took_place) if answer else "",
        answer.change if answer and is_open else "",
        answer.remark if answer and is_open else "",
    ]


def _head_names() -> list[str]:
    return [name for _key, name in result_columns(0)[:5]]


def _local(at: datetime | None) -> datetime | None:
    """Return a moment in the reader's zone, which the heading names: files know none."""
    return None if at is None else timezone.localtime(at).replace(tzinfo=None)
