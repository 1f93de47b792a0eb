"""The page from which proposed results go out: one, many or all, now or at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.platform import host, zones
from iciinsmes.waiting import api as waiting

from . import labels
from .people import People, people
from .permissions import grader_required, user_id_of
from .queue_filter import read_filter
from .release_list import PAGE_SIZE, Ready, plan, plan_all, ready_page, release_now


@dataclass(frozen=True)
class ReleaseLine:
    """One line of the page, in words; ``planned`` is when it goes out by itself, empty for never."""

    id: str
    url: str
    who: str
    learner: str
    title: str
    label: str
    outcome: str
    points: str
    by: str
    planned: str
    may_release: bool
    is_own_proposal: bool
    waits: str


@never_cache
@grader_required
@require_GET
def releases(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show what is ready, of one assignment or of all, longest waiting first; the same queries for any number."""
    user_id = user_id_of(request)
    place = _place(request, course_key)
    found, after = ready_page(course_key, user_id=user_id, place=place, after=request.GET.get("after") or None)
    named = people(
        user_ids=[each for line in found for each in (line.item.owner_id, line.assessment.assessor_id)],
        course_key=course_key,
    )
    here = reverse("iciinsmes:desk-releases", args=[course_key])
    kept = {"assignment": place} if place else {}
    context = {
        "course": host().course(course_key),
        "lines": [_line(each, named, user_id) for each in found],
        "choices": [
            (str(key), title, str(key) == place) for key, title in assignments.assignments_of(course_key=course_key)
        ],
        "place": place,
        "may_any": any(each.may_release for each in found),
        "is_first": not request.GET.get("after"),
        "first_url": f"{here}?{urlencode(kept)}" if kept else here,
        "more_url": f"{here}?{urlencode({**kept, 'after': after})}" if after else "",
        "zone": zones.zone_name(timezone.localtime()),
    }
    return render(request, "iciinsmes/desk/releases.html", context)


@never_cache
@grader_required
@require_POST
def let_out(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Release, plan or unplan what is ticked, or release or plan all; what cannot is named and stops nothing."""
    user_id, place = user_id_of(request), _place(request, course_key)
    ids = [found for text in request.POST.getlist("round")[:PAGE_SIZE] if (found := read_uuid(text)) is not None]
    wish, is_all = request.POST.get("do", ""), bool(request.POST.get("all"))
    back = redirect("iciinsmes:desk-releases", course_key)
    if place:
        back["Location"] += f"?{urlencode({'assignment': place})}"
    at = timezone.now()
    if wish not in ("release", "plan", "unplan"):
        # The Enter key in the box for a moment.
        messages.warning(request, _("Nothing has gone out. Press one of the buttons."))
        return back
    if wish == "plan":
        chosen = _moment(request.POST.get("at", ""))
        if chosen is None or chosen <= at:
            messages.warning(request, _("Choose a moment that is still to come."))
            return back
        at = chosen
    if not ids and not is_all:
        messages.warning(request, _("Choose what goes out."))
        return back
    if is_all and wish in ("plan", "release"):
        _all(request, course_key, place, at, is_now=wish == "release")
    elif wish == "plan":
        _planned(request, plan(course_key, user_id=user_id, round_ids=ids, at=at), at)
    elif wish == "unplan":
        plan(course_key, user_id=user_id, round_ids=ids, at=None)
        messages.success(request, _("These wait for you again."))
    else:
        _some(request, course_key, ids)
    return back


def _some(request: HttpRequest, course_key: CourseKey, ids: list[UUID]) -> None:
    done, failed = release_now(course_key, user_id=user_id_of(request), round_ids=ids)
    if done:
        messages.success(
            request,
            ngettext("%(count)d result is released.", "%(count)d results are released.", done) % {"count": done},
        )
    for round_id in failed:
        item = waiting.item_of(subject=round_id)
        if item is None or item.subject.course_key != course_key:
            messages.warning(request, _("One result was not released: the work no longer waits."))
            continue
        who = item.company or people(user_ids=[item.owner_id], course_key=course_key).name(item.owner_id)
        messages.warning(request, _("Not released: %(title)s, %(who)s.") % {"title": item.title, "who": who})


def _all(request: HttpRequest, course_key: CourseKey, place: str, at: datetime, *, is_now: bool) -> None:
    """Plan everything; what goes out now is done behind the request, because it may be hundreds."""
    count = plan_all(course_key, user_id=user_id_of(request), place=place, at=at)
    if not is_now:
        _planned(request, count, at)
        return
    host().defer(assignments.RELEASE_DUE)
    words = ngettext("%(count)d result is going out now.", "%(count)d results are going out now.", count)
    messages.success(request, words % {"count": count})


def _planned(request: HttpRequest, count: int, at: datetime) -> None:
    words = ngettext("%(count)d result goes out on %(moment)s.", "%(count)d results go out on %(moment)s.", count)
    messages.success(request, words % {"count": count, "moment": zones.moment(at)})


def _line(each: Ready, named: People, user_id: int) -> ReleaseLine:
    item, assessment = each.item, each.assessment
    learner = named.name(item.owner_id)
    return ReleaseLine(
        id=str(item.subject.id),
        url=waiting.address_of(item=item),
        who=item.company or learner,
        learner=learner if item.company else "",
        title=str(item.title),
        label=waiting.label_of(item=item),
        outcome=_("Pass") if assessment.outcome == "passed" else _("Another round"),
        points=assignments.points_text(assessment.earned, assessment.possible),
        by=named.name(assessment.assessor_id),
        planned=zones.moment(assessment.release_at) if assessment.release_at else "",
        may_release=each.may_release,
        is_own_proposal=assessment.assessor_id == user_id,
        waits=labels.waiting(labels.waiting_days(item.waiting_since)),
    )


def _place(request: HttpRequest, course_key: CourseKey) -> str:
    return read_filter({"assignment": request.GET.get("assignment", "")}, course_key).assignment


def _moment(text: str) -> datetime | None:
    """Read what a box for a day and a time sends, in the reader's zone; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)
