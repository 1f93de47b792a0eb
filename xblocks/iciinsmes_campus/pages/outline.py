"""The page of a course: what to do next, and all of its parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies

from .access import Visit, member_page
from .parts import done_by, next_step, sections_of


@member_page
@require_safe
def course(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a learner the next step first, staff what waits for them; then the course part by part."""
    sections = sections_of(visit, done_by(visit))
    context = {
        "visit": visit,
        "course": visit.course,
        "sections": sections,
        "total": sum(section.total for section in sections),
        "done": sum(section.done for section in sections),
        "step": next_step(visit, sections),
        "company": None if visit.is_staff else companies.company_of(user_id=visit.user_id, course_key=visit.key),
        "counts": assignments.queue_counts(course_key=visit.key) if visit.is_staff else None,
    }
    return render(request, "iciinsmes_campus/pages/course.html", context)
