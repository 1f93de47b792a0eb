"""Pages of editors: what must be checked, entries, their history, examples, and who keeps which area."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies.errors import UnknownPerson
from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .data import EU, EntryValues, Reader, SupportArea, SupportEntryData
from .errors import AreaTaken, NotAllowedInDirectory, StaleSupportEntry, WrongEntry
from .forms import EntryFields, followers_text, form_groups, starting_values
from .labels import ACTIONS, FIELDS, place_name
from .page import entry_view, entry_views
from .page_access import editor_page, keeper_page


@keeper_page
@require_safe
def desk(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Show what must be checked of the person's areas, and the ways to everything else."""
    context = {
        **_place(course_key, reader),
        "areas": [place_name(area) for area in reader.areas],
        "to_check": entry_views(api.to_check(areas=reader.areas), course_key),
        "examples": len(api.missing_examples(areas=reader.areas)) if reader.edits else 0,
    }
    return render(request, "iciinsmes/support/desk.html", context)


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Write down an offer."""
    if request.method != "POST":
        return _form(request, course_key, reader, starting_values(reader.areas))
    form = EntryFields(request.POST)
    values = form.values()
    errors = form.day_errors()
    if not errors:
        try:
            made = api.make_entry(reader=reader, course_key=course_key, values=values)
        except WrongEntry as wrong:
            errors = dict(wrong.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("iciinsmes:support-entry", course_key, made.id)
    return _form(request, course_key, reader, values, errors=errors, status=422)


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, course_key: CourseKey, reader: Reader, entry_id: UUID) -> HttpResponse:
    """Change an offer; somebody else's change meanwhile is shown and not overwritten."""
    found = api.entry_here(entry_id=entry_id)
    if not api.can_edit(reader=reader, entry=found):
        raise NotAllowedInDirectory
    if request.method != "POST":
        return _form(request, course_key, reader, found.values, entry=found)
    form = EntryFields(request.POST)
    values = form.values()
    errors, status, stale = form.day_errors(), 422, False
    if not errors:
        try:
            api.change_entry(
                reader=reader,
                course_key=course_key,
                entry_id=entry_id,
                revision=form.seen,
                values=values,
                following=form.following,
            )
        except WrongEntry as wrong:
            errors = dict(wrong.problems)
        except StaleSupportEntry:
            status, stale = 409, True
        else:
            messages.success(request, _("Saved."))
            return redirect("iciinsmes:support-entry", course_key, entry_id)
    return _form(request, course_key, reader, values, entry=found, errors=errors, status=status, stale=stale)


@editor_page
@require_POST
def checked(request: HttpRequest, course_key: CourseKey, reader: Reader, entry_id: UUID) -> HttpResponse:
    """Say that an offer was checked today."""
    found = api.check_entry(reader=reader, course_key=course_key, entry_id=entry_id)
    messages.success(request, _("Checked today: %(name)s") % {"name": found.values.name})
    if request.POST.get("back") == "entry":
        return redirect("iciinsmes:support-entry", course_key, entry_id)
    return redirect("iciinsmes:support-desk", course_key)


@keeper_page
@require_safe
def history(request: HttpRequest, course_key: CourseKey, reader: Reader, entry_id: UUID) -> HttpResponse:
    """Show who has changed what of an offer when."""
    found = api.entry_here(entry_id=entry_id)
    lines = api.history_of(entry_id=entry_id)
    names = host().names({line.author_id for line in lines if line.author_id is not None})
    words = {**FIELDS, "successors": _("What follows it"), "last_checked": _("Checked on")}
    context = {
        **_place(course_key, reader),
        "entry": entry_view(found, course_key),
        "lines": [
            {
                "at": line.at,
                "who": names.get(line.author_id or 0, ""),
                "action": ACTIONS.get(line.action, line.action),
                "changes": [(words.get(name, name), before, after) for name, before, after in line.changes],
            }
            for line in lines
        ],
    }
    return render(request, "iciinsmes/support/history.html", context)


@editor_page
@require_POST
def examples(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Take over the examples of the person's areas."""
    count = api.take_examples(reader=reader, course_key=course_key)
    words = ngettext("%(count)s example was taken over.", "%(count)s examples were taken over.", count)
    messages.success(request, words % {"count": count})
    return redirect("iciinsmes:support-desk", course_key)


@keeper_page
@require_http_methods(["GET", "HEAD", "POST"])
def editors(request: HttpRequest, course_key: CourseKey, reader: Reader) -> HttpResponse:
    """Show who keeps which area; coordinators give one."""
    error = ""
    if request.method == "POST":
        if not reader.coordinates:
            raise NotAllowedInDirectory
        area = SupportArea(
            request.POST.get("country", ""), request.POST.get("region", "").replace("\x00", "").strip()[:120]
        )
        try:
            if area.country not in api.country_codes() - {EU}:
                error = _("Choose a country.")
            else:
                api.give_area(reader=reader, course_key=course_key, who=request.POST.get("who", ""), area=area)
                messages.success(request, _("Saved."))
                return redirect("iciinsmes:support-editors", course_key)
        except UnknownPerson as unknown:
            error = unknown.message
        except AreaTaken:
            error = _("Somebody else keeps this area. Only they can share it.")
    found = api.editors()
    names = host().names({each.user_id for each in found})
    context = {
        **_place(course_key, reader),
        "error": error,
        "typed": request.POST if request.method == "POST" else {},
        "countries": [
            (code, place_name(SupportArea(code)), code == request.POST.get("country")) for code in _countries()
        ],
        "editors": [
            {
                "id": each.id,
                "who": names.get(each.user_id, ""),
                "place": place_name(each.area),
                "since": each.given_at,
                "may_take": api.may_take(reader=reader, course_key=course_key, user_id=each.user_id, area=each.area),
            }
            for each in found
            if each.user_id in names
        ],
    }
    return render(request, "iciinsmes/support/editors.html", context, status=422 if error else 200)


@keeper_page
@require_POST
def take(request: HttpRequest, course_key: CourseKey, reader: Reader, editor_id: int) -> HttpResponse:
    """Let somebody no longer keep an area."""
    api.take_area(reader=reader, course_key=course_key, editor_id=editor_id)
    messages.success(request, _("Saved."))
    return redirect("iciinsmes:support-desk" if reader.staff else "iciinsmes:support", course_key)


def _countries() -> list[str]:
    return sorted(api.country_codes() - {EU}, key=lambda code: place_name(SupportArea(code)))


def _place(course_key: CourseKey, reader: Reader) -> dict[str, Any]:
    return {"course_key": course_key, "course": host().course(course_key), "reader": reader}


def _form(
    request: HttpRequest,
    course_key: CourseKey,
    reader: Reader,
    values: EntryValues,
    *,
    entry: SupportEntryData | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    stale: bool = False,
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    context = {
        **_place(course_key, reader),
        "entry": entry,
        "groups": form_groups(values, reader.areas, errors or {}, typed),
        "errors": errors or {},
        "stale": stale,
        # Whoever saves once more after a conflict has seen what is there now.
        "revision": entry.revision if entry else 0,
        "successors": typed.get("successors", "") if typed is not None else followers_text(entry) if entry else "",
    }
    return render(request, "iciinsmes/support/form.html", context, status=status)
