"""Two firms become one: both projects stay side by side until somebody brings them together by hand."""

from __future__ import annotations

from django.db.models import Max
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked

from .models import Project, ProjectRun


def move_projects(*, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
    """Let projects of the run belong to the firm that is kept, behind its own.

    One that is also worked on in another run stays with the firm there, and is no longer worked on in this run: other
    people coordinate there, and half a project can belong to nobody.
    """
    rows = locked(Project.objects).filter(company_id=gone_id, runs__course_key=course_key).order_by("number")
    last = Project.objects.filter(company_id=kept_id).aggregate(last=Max("number"))["last"] or 0
    for row in rows:
        if ProjectRun.objects.filter(project=row).exclude(course_key=course_key).exists():
            ProjectRun.objects.filter(project=row, course_key=course_key).delete()
        else:
            last += 1
            row.company_id, row.number = kept_id, last
            row.save(update_fields=["company", "number"])
