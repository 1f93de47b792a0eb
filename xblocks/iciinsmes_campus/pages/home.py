"""The first page: a person's courses, and the next step in each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.projects import api as projects
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueCounts
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning

from .parts import Done, NextStep, done_by, next_step, sections_of
from .permissions import Visit, member_page


@dataclass(frozen=True)
class CourseCard:
    """One course run on the first page; ``waiting`` works wait for its staff."""

    visit: Visit
    total: int
    done: int
    step: NextStep | None
    waiting: int = 0


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's courses: first those to learn in, then those to teach, and the way to firms to coach."""
    user_id = request.user.pk or 0
    done = Done(completions=learning.all_completions(user_id=user_id), works=assignments.states_of(user_id=user_id))
    cards = []
    for member in learning.memberships_of(user_id):
        try:
            course = courseware.course(member.course_key)
        except courseware.UnknownCourse:
            # The folder was taken away; the membership stays for the day it comes back.
            continue
        visit = Visit(course=course, user_id=user_id, role=member.role)
        sections = () if visit.opens(course.root) else sections_of(visit, done)
        cards.append(
            CourseCard(
                visit=visit,
                total=sum(section.total for section in sections),
                done=sum(section.done for section in sections),
                step=next_step(visit, sections),
            )
        )
    staffed = [card.visit.key for card in cards if card.visit.is_staff]
    counts = waiting.queue_counts_of(overdue_before=projects.overdue_before(course_keys=staffed)) if staffed else {}
    cards = [replace(card, waiting=counts[card.visit.key].waiting) if card.visit.is_staff else card for card in cards]
    cards.sort(key=lambda card: (card.visit.is_staff, card.visit.course.title.casefold()))
    name = request.user.get_short_name() if request.user.is_authenticated else ""
    greeting = _("Hello %(name)s") % {"name": name} if name else _("Hello")
    coached = dict.fromkeys(firm.company.name for firm in companies.coached_companies(user_id=user_id))
    context = {"cards": cards, "greeting": greeting, "coached": list(coached)}
    return render(request, "iciinsmes_campus/pages/home.html", context)


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
        "counts": _counts(visit.key) if visit.is_staff else None,
    }
    return render(request, "iciinsmes_campus/pages/course.html", context)


def _counts(course_key: CourseKey) -> QueueCounts:
    moment = projects.overdue_before(course_keys=[course_key])[course_key]
    return waiting.queue_counts(course_key=course_key, overdue_before=moment)
