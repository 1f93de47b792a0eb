"""Who gets onto which page of a course, and what everybody else is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from opaque_keys.edx.keys import CourseKey

from iciinsmes.platform import STAFF, Role, host
from iciinsmes_campus.courseware import api as courseware
from iciinsmes_campus.courseware.api import CourseNode, Node
from iciinsmes_campus.learning import api as learning


@dataclass(frozen=True)
class Visit:
    """A member on a page of a course run."""

    course: CourseNode
    user_id: int
    role: Role

    @property
    def key(self) -> CourseKey:
        """Return the course run's key."""
        return self.course.key

    @property
    def is_staff(self) -> bool:
        """Tell whether the person is teacher or coordinator here."""
        return self.role in STAFF

    @property
    def is_coordinator(self) -> bool:
        """Tell whether the person is coordinator here."""
        return self.role == Role.COORDINATOR

    @property
    def other_language(self) -> str:
        """Return the name of the course's language where it is not there in the page's; else empty."""
        code = self.course.language
        return "" if courseware.is_page_language(code) else courseware.language_name(code)

    def sees(self, node: Node) -> bool:
        """Tell whether the person may know of the block."""
        return self.is_staff or not node.staff_only

    def opens(self, node: Node) -> datetime | None:
        """Return when the block opens for the person; None if it is open."""
        waits = not self.is_staff and node.start is not None and node.start > timezone.now()
        return node.start if waits else None

    def children(self, node: Node) -> list[Node]:
        """Return the parts of a block that the person may know of."""
        return [child for child in node.children if self.sees(child)]


CourseView = Callable[..., HttpResponseBase]


def member_page(view: CourseView) -> CourseView:
    """Give the page a `Visit` instead of the key; strangers are told whom to ask, early learners when it begins."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, course_key: CourseKey, **values: Any) -> HttpResponseBase:
        try:
            course = courseware.course(course_key)
        except courseware.UnknownCourse as error:
            raise Http404(str(course_key)) from error
        user_id = request.user.pk or 0
        member = learning.membership_of(user_id=user_id, course_key=course_key)
        if member is None:
            return _stranger(request, course)
        visit = Visit(course=course, user_id=user_id, role=member.role)
        opens = visit.opens(course.root)
        return too_early(request, visit, opens) if opens else view(request, visit, **values)

    return guarded


def staff_page(view: CourseView) -> CourseView:
    """Let only teachers and coordinators pass; for others there is no such page."""
    return _only(view, STAFF)


def coordinator_page(view: CourseView) -> CourseView:
    """Let only coordinators pass; for others there is no such page."""
    return _only(view, frozenset({Role.COORDINATOR}))


def too_early(request: HttpRequest, visit: Visit, opens: datetime, node: Node | None = None) -> HttpResponse:
    """Say when a course, or a part of it, opens."""
    context = {"course": visit.course, "opens": opens, "node": node}
    return render(request, "iciinsmes_campus/pages/too_early.html", context, status=403)


def _only(view: CourseView, roles: frozenset[Role]) -> CourseView:
    @wraps(view)
    def checked(request: HttpRequest, visit: Visit, **values: Any) -> HttpResponseBase:
        if visit.role not in roles:
            raise Http404
        return view(request, visit, **values)

    return member_page(checked)


def _stranger(request: HttpRequest, course: CourseNode) -> HttpResponse:
    coordinators = learning.members(course_key=course.key, role=Role.COORDINATOR, limit=3)
    context = {"course": course, "coordinators": sorted(host().names(coordinators).values())}
    return render(request, "iciinsmes_campus/pages/stranger.html", context, status=403)
