"""Everybody who is enrolled, found by name: what has been handed in, and who has not begun."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import Standing
from iciinsmes.companies import api as companies
from iciinsmes.lib.paging import page_of
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host

from .permissions import grader_required, user_id_of

PAGE_SIZE = 50
_LONGEST = 100


@dataclass(frozen=True)
class WorkLine:
    """One work of a learner; ``url`` leads to its newest round, empty before the first."""

    title: str
    state: str
    url: str


@dataclass(frozen=True)
class Learner:
    """One learner of the list; ``name`` tells people of one name apart, ``works`` are empty for who has not begun."""

    name: str
    email: str
    firm: str
    works: tuple[WorkLine, ...]


@never_cache
@grader_required
@require_GET
def people(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the learners whose work the person may see, a page at a time; nine queries at most."""
    text = request.GET.get("q", "")[:_LONGEST].replace("\0", "").strip()
    only_idle = request.GET.get("begun") == "no"
    rows = host().learners(course_key, text=text)
    limited_to = companies.limited_to(user_id=user_id_of(request), course_key=course_key)
    if limited_to is not None:
        rows = rows.filter(pk__in=limited_to)
    if only_idle:
        rows = assignments.not_begun(learners=rows, course_key=course_key)
    after = whole_number(request.GET.get("after"))
    page, more = page_of(rows, "pk", after=None if after is None else [after], limit=PAGE_SIZE)
    kept = {name: value for name, value in {"q": text, "begun": "no" if only_idle else ""}.items() if value}
    here = reverse("iciinsmes:desk-people", args=[course_key])
    context = {
        "course": host().course(course_key),
        "learners": _learners([user.pk for user in page], course_key),
        "q": text,
        "only_idle": only_idle,
        "is_first": after is None,
        "first_url": f"{here}?{urlencode(kept)}",
        "more_url": f"{here}?{urlencode({**kept, 'after': page[-1].pk})}" if more else "",
    }
    return render(request, "iciinsmes/desk/people.html", context)


def _learners(user_ids: list[int], course_key: CourseKey) -> list[Learner]:
    named = host().people(user_ids, course_key)
    firms = companies.companies_of(user_ids=user_ids, course_key=course_key)
    works = assignments.standings(user_ids=user_ids, course_key=course_key)
    return [
        Learner(
            name=named[user_id].label,
            email=named[user_id].email,
            firm=firms[user_id].name if user_id in firms else "",
            works=tuple(_line(work, course_key) for work in works.get(user_id, ())),
        )
        for user_id in user_ids
        if user_id in named
    ]


def _line(work: Standing, course_key: CourseKey) -> WorkLine:
    url = reverse("iciinsmes:desk-round", args=[course_key, work.round_id]) if work.round_id else ""
    return WorkLine(title=work.title, state=assignments.state_words(work.state), url=url)
