"""Pages that learners read: who helps with a need, the whole directory, one offer, and whom the firm has asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.platform import host

from . import api
from .data import Helped, Reader
from .filter_form import FilterFields, filter_views
from .labels import caution
from .page import contact_views, entry_view, entry_views, referral_context
from .page_access import reader_page


@reader_page
@require_safe
def referral(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Show at most three offers for a need, the one named person, and whom the firm has asked."""
    asked = {name: request.GET.get(name, "") for name in ("need", "stage")}
    context = {**referral_context(reader, course_key, **asked), "course": host().course(course_key)}
    return render(request, "iciinsmes/support/referral.html", context)


@reader_page
@require_safe
def directory(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Show the directory, narrowed to what is asked for; the firm's country is asked for first."""
    form = FilterFields(request.GET if "country" in request.GET else {"country": reader.country})
    filters = form.filters()
    page = api.find(filters=filters, for_learners=not reader.keeps, after=_after(request))
    contacts = api.contacts_of(reader=reader, course_key=course_key)
    asked = {name: value for name, value in vars(filters).items() if value or name == "country"}
    context: dict[str, Any] = {
        "course_key": course_key,
        "course": host().course(course_key),
        "reader": reader,
        "text": filters.text,
        "filters": filter_views(filters, api.countries_here()),
        "is_narrowed": any(value for name, value in vars(filters).items() if name not in ("text", "country")),
        "entries": entry_views(page.entries, course_key, contacts),
        "is_first": "after" not in request.GET,
        "first_url": f"?{urlencode(asked)}",
        "next_url": _next(asked, page.next_after),
        "caution": caution(),
    }
    return render(request, "iciinsmes/support/directory.html", context)


@reader_page
@require_safe
def entry(request: HttpRequest, course_key: CourseKey, reader: Reader, entry_id: UUID) -> HttpResponse:
    """Show an offer; its address stays when it has ended, and leads to what follows it."""
    found = api.entry_here(entry_id=entry_id)
    contacts = api.contacts_of(reader=reader, course_key=course_key)
    mine = tuple(each for each in contacts if each.entry_id == entry_id)
    context = {
        "course_key": course_key,
        "course": host().course(course_key),
        "reader": reader,
        "entry": entry_view(found, course_key),
        "contacts": contact_views(mine, course_key, reader),
        "has_asked": any(each.user_id == reader.user_id for each in mine),
        "can_edit": api.can_edit(reader=reader, entry=found),
        "caution": caution(),
    }
    return render(request, "iciinsmes/support/entry.html", context)


@reader_page
@require_POST
def contacted(request: HttpRequest, course_key: CourseKey, reader: Reader, entry_id: UUID) -> HttpResponse:
    """Write down that the learner has asked there."""
    api.log_contact(reader=reader, course_key=course_key, entry_id=entry_id)
    return redirect("iciinsmes:support-entry", course_key, entry_id)


@reader_page
@require_POST
def outcome(request: HttpRequest, course_key: CourseKey, reader: Reader, contact_id: int) -> HttpResponse:
    """Write down what came of a contact with one click, or take back one's own; back to where the click was."""
    said = request.POST.get("said", "")
    place: dict[str, Any] = {"reader": reader, "course_key": course_key, "contact_id": contact_id}
    if said == "drop":
        api.drop_contact(**place)
    elif said in ("answered", "silent"):
        api.say_outcome(**place, answered=said == "answered")
    elif said in {each.value for each in Helped if each}:
        api.say_outcome(**place, helped=Helped(said))
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(back)
    return redirect("iciinsmes:support", course_key)


def _after(request: HttpRequest) -> tuple[str, str] | None:
    """Return where the page before ended; None for the first page, and for nonsense."""
    name, entry_id = request.GET.get("after", ""), request.GET.get("id", "")
    return (name, entry_id) if name and read_uuid(entry_id) else None


def _next(asked: dict[str, str], after: tuple[str, str] | None) -> str:
    return "" if after is None else f"?{urlencode({**asked, 'after': after[0], 'id': after[1]})}"
