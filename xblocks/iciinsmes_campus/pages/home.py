"""The first page: a person's courses, and the next step in each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iciinsmes.assignments import api as assignments
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.learning import api as learning

from .access import Visit
from .parts import Done, NextStep, next_step, sections_of


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
    """Show the person's courses: first those to learn in, then those to teach."""
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
    counts = assignments.queue_counts_of(course_keys=staffed) if staffed else {}
    cards = [replace(card, waiting=counts[card.visit.key].waiting) if card.visit.is_staff else card for card in cards]
    cards.sort(key=lambda card: (card.visit.is_staff, card.visit.course.title.casefold()))
    name = request.user.get_short_name() if request.user.is_authenticated else ""
    greeting = _("Hello %(name)s") % {"name": name} if name else _("Hello")
    return render(request, "iciinsmes_campus/pages/home.html", {"cards": cards, "greeting": greeting})
