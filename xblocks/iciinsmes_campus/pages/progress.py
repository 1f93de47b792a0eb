"""A learner's own results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from iciinsmes.assignments import api as assignments
from iciinsmes.lib.decimals import written
from iciinsmes.platform import host
from iciinsmes_campus.courseware.data import Node
from iciinsmes_campus.grading.data import CourseGrade, SubsectionGrade, TypeGrade, percent
from iciinsmes_campus.grading.rules import Due, course_grade, grading_plan, scored_blocks
from iciinsmes_campus.learning import api as learning

from .parts import Done, done_by, sections_of
from .permissions import Visit, member_page


@dataclass(frozen=True)
class ResultRow:
    """One graded subsection; ``state`` is revise, waiting, dropped, result, missed or open."""

    grade: SubsectionGrade
    due: datetime | None
    state: str

    @property
    def earned(self) -> str:
        """Return the points reached so far, for reading."""
        return written(self.grade.so_far.earned)

    @property
    def possible(self) -> str:
        """Return all points that can be reached, for reading."""
        return written(self.grade.points.possible)

    @property
    def partial(self) -> bool:
        """Tell whether something is left to do here that still counts."""
        return self.grade.so_far.possible < self.grade.points.possible

    @property
    def percent(self) -> int:
        """Return the share of the points."""
        return percent(self.grade.points.fraction or 0)


@dataclass(frozen=True)
class TypeRows:
    """One assignment type with its results; the best ``kept`` of ``total`` count."""

    grade: TypeGrade
    rows: tuple[ResultRow, ...]

    @property
    def total(self) -> int:
        """Return how many results the type has in the end."""
        return len(self.rows) + self.grade.missing

    @property
    def weight(self) -> str:
        """Return how many percent of the final grade the type makes, for reading."""
        return written(round(Decimal(str(self.grade.type.weight * 100)), 1))

    @property
    def kept(self) -> int:
        """Return how many of them count."""
        return max(1, self.total - self.grade.type.drop_count)


@member_page
@require_safe
def progress(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what was reached so far, what it takes to pass, and each result."""
    done = done_by(visit)
    now = timezone.now()
    due = _due(visit)
    grade = course_grade(
        grading_plan(visit.course.root, visit.course.grading),
        learning.grades(user_id=visit.user_id, course_key=visit.key),
        now=now,
        handed_in={key for key, fraction in done.completions.items() if fraction >= 1},
        due=due,
    )
    sections = sections_of(visit, done)
    context = {
        "visit": visit,
        "course": visit.course,
        "grade": grade,
        "so_far": None if grade.so_far is None else percent(grade.so_far),
        "final": percent(grade.fraction),
        "pass_mark": percent(grade.pass_mark),
        "types": _types(grade, done, now, due),
        "total": sum(section.total for section in sections),
        "done": sum(section.done for section in sections),
        "ended": visit.course.end is not None and visit.course.end < now,
    }
    return render(request, "iciinsmes_campus/pages/progress.html", context)


def _due(visit: Visit) -> Due:
    """Return what tells when a part is due for the person: by the course, or later where the staff gave more time."""
    granted = assignments.granted_dates(user_id=visit.user_id, course_key=visit.key)

    def due(node: Node) -> datetime | None:
        date = host().due_date(visit.user_id, node.usage_key)
        below = [node.usage_key, *(block.usage_key for block in scored_blocks(node))]
        return date and max([date, *(granted[key] for key in below if key in granted)])

    return due


def _types(grade: CourseGrade, done: Done, now: datetime, due: Due) -> list[TypeRows]:
    return [
        TypeRows(grade=group, rows=tuple(_row(entry, done, now, due) for entry in group.subsections))
        for group in grade.types
    ]


def _row(entry: SubsectionGrade, done: Done, now: datetime, due_of: Due) -> ResultRow:
    due = due_of(entry.column.node)
    blocks = {block.usage_key for block in entry.column.blocks}
    if any(done.works.get(key) == "revise" for key in blocks):
        state = "revise"
    elif entry.waiting or any(done.works.get(key) == "handed_in" for key in blocks):
        state = "waiting"
    elif entry.dropped and entry.attempted:
        state = "dropped"
    elif entry.attempted:
        state = "result"
    else:
        state = "missed" if due and due < now else "open"
    return ResultRow(grade=entry, due=due, state=state)
