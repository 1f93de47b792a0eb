"""Working together on one work: having it in hand, giving it back, taking it over, and allocating it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.notices import api as notices
from iciinsmes.platform import host, labels
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import QueueItem

from .claims import claim_box, read_token, staff_on
from .notice_kinds import TAKEN_OVER
from .people import People
from .permissions import grader_required, user_id_of
from .queue_column import is_mine, read_place


@never_cache
@grader_required
@require_POST
def claim(request: HttpRequest, course_key: CourseKey, subject_id: UUID) -> HttpResponse:
    """Have something in hand, give it back or take it over; a page that is left gives back what it had itself."""
    item, user_id = item_to_judge(request, course_key, subject_id), user_id_of(request)
    place = read_place(course_key, request.GET)
    wish = request.POST.get("do", "")
    if wish == "leave":
        until = read_token(request.POST.get("claim", ""))
        if until is not None:
            waiting.give_back(subject=subject_id, user_id=user_id, until=until)
        return HttpResponse(status=204)
    if wish == "give_back":
        if waiting.give_back(subject=subject_id, user_id=user_id):
            messages.success(request, _("You have given the work back. Whoever opens it next has it."))
        return redirect(place.queue_url(place.after))
    if wish == "take_over":
        _take_over(request, item, whole_number(request.POST.get("from")))
    elif waiting.claim(subject=subject_id, user_id=user_id):
        messages.success(request, _("You have this work in hand now."))
    else:
        messages.warning(request, _("A colleague was faster and has this work in hand."))
    return redirect(place.item_url(item))


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def allocate(request: HttpRequest, course_key: CourseKey, subject_id: UUID) -> HttpResponse:
    """Allocate one work to one of those who may judge it, or to nobody."""
    item = item_to_judge(request, course_key, subject_id)
    if item.is_blind:
        raise Http404
    place = read_place(course_key, request.GET)
    people = who_may_judge(item)
    if request.method == "POST":
        chosen = whole_number(request.POST.get("to"))
        if chosen is not None and chosen not in people:
            raise Http404
        waiting.allocate(subject=subject_id, user_id=chosen)
        record_allocation(request, course_key, item.owner_id, f"queue:{subject_id}")
        messages.success(request, _("The work is allocated.") if chosen else _("The work is allocated to nobody."))
        return redirect(place.item_url(item))
    named = labels({*people, item.owner_id, *staff_on(item)}, course_key)
    box = claim_box(item, People(names=named, companies={}), user_id_of(request))
    context = {
        "course": host().course(course_key),
        "item": item,
        "who": item.company or named.get(item.owner_id, ""),
        # Here nothing is read, so leaving the page gives nothing back.
        "claim": None if box is None else replace(box, token=""),
        "claim_url": place.waiting_url("desk-claim", subject_id),
        "back_url": place.item_url(item),
        "people": sorted(((key, named[key]) for key in people if key in named), key=lambda each: each[1].casefold()),
    }
    return render(request, "iciinsmes/desk/allocate_work.html", context)


def item_to_judge(request: HttpRequest, course_key: CourseKey, subject_id: UUID) -> QueueItem:
    """Return what waits in the course run and is the reader's to judge.

    Raises:
        Http404: it does not wait any more, is not here, is the reader's own or not the reader's to see.
    """
    item, user_id = waiting.item_of(subject=subject_id), user_id_of(request)
    if item is None or item.subject.course_key != course_key or is_mine(item, user_id):
        raise Http404
    if not companies.can_grade_of(user_id=user_id, owner_id=item.owner_id, course_key=course_key):
        raise Http404
    return item


def who_may_judge(item: QueueItem) -> list[int]:
    """Return who of the staff may judge what waits: not its own people, nor who is limited to others."""
    staff = companies.staff_of(course_key=item.subject.course_key, learner_id=item.owner_id)
    return [user_id for user_id in staff if not is_mine(item, user_id)]


def record_allocation(request: HttpRequest, course_key: CourseKey, person_id: int | None, subject: str) -> None:
    """Tell the trail who has allocated what."""
    audit_log.record(
        course_key=course_key, verb="work_allocated", actor_id=user_id_of(request), person_id=person_id, subject=subject
    )


def _take_over(request: HttpRequest, item: QueueItem, from_id: int | None) -> None:
    """Take it from who has it, and tell that one; a second click, and one that comes too late, take nothing."""
    user_id, subject = user_id_of(request), item.subject
    if from_id is None or not waiting.take_over(subject=subject.id, user_id=user_id, from_id=from_id):
        messages.warning(request, _("This has changed in the meantime. Here is how it stands now."))
        return
    notices.notify_many(
        user_ids=[from_id],
        kind=TAKEN_OVER,
        course_key=subject.course_key,
        title=item.title,
        address=waiting.address_of(item=item),
        actor_id=user_id,
        subject=str(subject.id),
    )
    messages.success(request, _("You have this work in hand now. Your colleague is told."))
