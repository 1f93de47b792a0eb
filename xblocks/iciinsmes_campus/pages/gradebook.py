"""All learners' results for the staff, a page at a time, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.lib.decimals import written
from iciinsmes.platform import labels
from iciinsmes_campus.grading.data import CourseGrade, GradingPlan, SubsectionGrade, percent
from iciinsmes_campus.grading.rules import course_grade, grading_plan
from iciinsmes_campus.learning import api as learning

from .csv_export import GradebookTable, table_for_language
from .permissions import Visit, coordinator_page, staff_page

PAGE_SIZE = 50
EXPORT_PAGE_SIZE = 200


@dataclass(frozen=True)
class GradebookCell:
    """One subsection of one learner in the gradebook."""

    grade: SubsectionGrade

    @property
    def percent(self) -> int:
        """Return the share of the points."""
        return percent(self.grade.points.fraction or 0)

    @property
    def earned(self) -> str:
        """Return the points, for reading."""
        return written(self.grade.points.earned)

    @property
    def possible(self) -> str:
        """Return all points that can be reached, for reading."""
        return written(self.grade.points.possible)


@dataclass(frozen=True)
class GradeRow:
    """One learner in the gradebook."""

    user_id: int
    name: str
    company: str
    grade: CourseGrade

    @property
    def percent(self) -> int:
        """Return the final grade as of now."""
        return percent(self.grade.fraction)

    @property
    def cells(self) -> list[GradebookCell]:
        """Return the results, one a column."""
        return [GradebookCell(entry) for entry in self.grade.subsections]


@staff_page
@require_safe
def gradebook(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show learners by graded subsections; the number of queries is the same for every size of the course."""
    after = read_mark(request)
    plan = grading_plan(visit.course.root, visit.course.grading)
    learners = learning.members(course_key=visit.key, after=after, limit=PAGE_SIZE + 1)
    shown = learners[:PAGE_SIZE]
    now = timezone.now()
    context = {
        "visit": visit,
        "course": visit.course,
        "plan": plan,
        "pass_mark": percent(plan.pass_mark),
        "rows": _rows(visit, plan, shown, now),
        "ended": visit.course.end is not None and visit.course.end < now,
        "after": after,
        "next_after": shown[-1] if len(learners) > PAGE_SIZE else None,
    }
    return render(request, "iciinsmes_campus/pages/gradebook.html", context)


@coordinator_page
@require_safe
def gradebook_csv(_request: HttpRequest, visit: Visit) -> StreamingHttpResponse:
    """Send the gradebook as a file that a spreadsheet opens by a double click in the person's language."""
    audit_log.record(course_key=visit.key, verb="gradebook_exported", actor_id=visit.user_id, subject="course")
    plan = grading_plan(visit.course.root, visit.course.grading)
    table = table_for_language()
    response = StreamingHttpResponse(_lines(visit, plan, table), content_type="text/csv; charset=utf-8")
    name = f"{visit.key.course}-{visit.key.run}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_mark(request: HttpRequest) -> int:
    """Return the user id after which the page begins; anything that is none means the first page."""
    mark = request.GET.get("after", "")
    # Longer numbers than a database can hold come from nobody's link.
    return int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 19 else 0


def _rows(visit: Visit, plan: GradingPlan, user_ids: tuple[int, ...], now: datetime) -> list[GradeRow]:
    names = labels(user_ids, visit.key)
    held = companies.companies_of(user_ids=user_ids, course_key=visit.key)
    earned = learning.grades_of_many(user_ids=user_ids, course_key=visit.key)
    blocks = [block.usage_key for column in plan.columns for block in column.blocks]
    done = learning.completions_of_many(user_ids=user_ids, course_key=visit.key, usage_keys=blocks)
    return [
        GradeRow(
            user_id=user_id,
            name=names.get(user_id, ""),
            company=held[user_id].name if user_id in held else "",
            grade=course_grade(
                plan,
                earned[user_id],
                now=now,
                handed_in={key for key, fraction in done[user_id].items() if fraction >= 1},
            ),
        )
        for user_id in user_ids
    ]


def _lines(visit: Visit, plan: GradingPlan, table: GradebookTable) -> Iterator[str]:
    yield table.head(plan)
    now = timezone.now()
    after = 0
    while user_ids := learning.members(course_key=visit.key, after=after, limit=EXPORT_PAGE_SIZE):
        for row in _rows(visit, plan, user_ids, now):
            yield table.line(row.user_id, row.name, row.company, row.grade)
        after = user_ids[-1]
