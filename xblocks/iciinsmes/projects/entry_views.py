"""Entering something into a project: forms, saving, removing and bringing back, and the history of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey

from iciinsmes.evidence import api as evidence
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import read_uuid, whole_number

from . import api
from .data import EntryData, Kind
from .errors import HasEnded, StaleEntry, TooManyEntries, UnknownProject, UnknownProjectEntry, WrongContent
from .fields import FieldKind
from .forms import FormView, TypedEntry, form_for, read_form, words_of
from .kinds import KINDS
from .labels import head_of
from .page_access import project_page, user_id_of
from .shown_parts import part_url

#: Sent by the script that keeps entries without network: it wants no page but an answer that it understands.
QUEUED = "ICI-Queue"


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, course_key: CourseKey, project_id: UUID, kind: str) -> HttpResponse:
    """Show the form for a new entry, and take it; 422 with what is wrong at its place, and everything still typed."""
    wanted = _kind(kind)
    shown = _changeable(request, course_key, project_id)
    if request.method != "POST":
        if not shown.can_change:
            raise UnknownProject
        start = {key: request.GET[key] for key in ("kpi", "measure", "insight", "idea") if key in request.GET}
        form = form_for(wanted, shown, start={"on": shown.today.isoformat(), **start})
        return _form_page(request, shown, wanted, form)
    entry_id = read_uuid(request.POST.get("entry_id")) or uuid4()
    typed = read_form(wanted, request.POST)
    errors, error = dict(typed.errors), ""
    if not errors and not typed.doubts:
        try:
            files = _with_files(request, shown, entry_id)
            entry = api.add_entry(
                project_id=project_id,
                user_id=shown.user_id,
                course_key=course_key,
                kind=wanted,
                content={**typed.content, **({"files": files} if files else {})},
                entry_id=entry_id,
            )
        except WrongContent as wrong:
            errors.update(wrong.errors)
        except evidence.EvidenceError as wrong_file:
            errors["files"] = wrong_file.message
        except TooManyEntries:
            error = _("There is no room for another one. Remove one first.")
        except HasEnded:
            error = _("The project has ended. Nothing was saved; your words are still here.")
        else:
            return _saved(request, shown, entry, _("Saved."))
    form = form_for(wanted, shown, typed=typed, errors=errors, error=error, entry_id=str(entry_id))
    return _refused(request, shown, wanted, form, typed)


@project_page
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID) -> HttpResponse:
    """Show an entry's form, and take it: 422 with what is wrong, 409 with both texts where somebody was faster."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    found = shown.entry(entry_id)
    if found is None:
        raise UnknownProjectEntry
    if not shown.reader.member and request.method == "POST":
        raise UnknownProject
    if not shown.can_change and request.method != "POST":
        return redirect("iciinsmes:project-entry-history", course_key, project_id, entry_id)
    if request.method != "POST":
        return _form_page(request, shown, found.kind, form_for(found.kind, shown, entry=found), entry=found)
    revision = whole_number(request.POST.get("revision")) or 0
    typed = read_form(found.kind, request.POST, found.content)
    errors, error, status = dict(typed.errors), "", 422
    theirs: EntryData | None = None
    if not errors and not typed.doubts:
        try:
            files = _with_files(request, shown, entry_id)
            saved = api.change_entry(
                project_id=project_id,
                user_id=shown.user_id,
                course_key=course_key,
                entry_id=entry_id,
                revision=revision,
                content={**found.content, **typed.content, **({"files": files} if files else {})},
            )
        except WrongContent as wrong:
            errors.update(wrong.errors)
        except evidence.EvidenceError as wrong_file:
            errors["files"] = wrong_file.message
        except StaleEntry as stale:
            theirs, status = stale.entry, 409
        except HasEnded:
            error = _("The project has ended. Nothing was saved; your words are still here.")
        else:
            return _saved(request, shown, saved, _("Saved."))
    form = form_for(
        found.kind,
        shown,
        entry=found,
        typed=typed,
        errors=errors,
        error=error,
        revision=theirs.revision if theirs else revision,
        theirs=theirs,
        base=_base(shown, entry_id, revision) if theirs else None,
    )
    return _form_page(request, shown, found.kind, form, entry=theirs or found, theirs=theirs, status=status)


@project_page
@require_POST
def remove(request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take an entry out, and offer the way back; one that somebody has changed meanwhile stays."""
    shown = _changeable(request, course_key, project_id)
    found = shown.entry(entry_id)
    if found is None:
        raise UnknownProjectEntry
    if not shown.can_change:
        raise UnknownProject
    try:
        api.remove_entry(
            project_id=project_id,
            user_id=shown.user_id,
            course_key=course_key,
            entry_id=entry_id,
            revision=whole_number(request.POST.get("revision")) or 0,
        )
    except StaleEntry:
        messages.warning(request, _("Somebody has changed this meanwhile, so it stays. Here is how it stands now."))
        return redirect("iciinsmes:project-entry", course_key, project_id, entry_id)
    return redirect(f"{part_url(shown, KINDS[found.kind].part)}?removed={entry_id}")


@project_page
@require_POST
def back(request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID) -> HttpResponse:
    """Bring a removed entry back."""
    shown = _changeable(request, course_key, project_id)
    if not shown.can_change:
        raise UnknownProject
    try:
        found = api.bring_back_entry(
            project_id=project_id, user_id=shown.user_id, course_key=course_key, entry_id=entry_id
        )
    except TooManyEntries:
        messages.error(request, _("There is no room for another one. Remove one first."))
        return redirect("iciinsmes:project", course_key, project_id)
    return _saved(request, shown, found, _("It is back."))


@project_page
@require_safe
def history(request: HttpRequest, course_key: CourseKey, project_id: UUID, entry_id: UUID) -> HttpResponse:
    """Show how an entry was before, who changed it and when, the newest first; removed ones have a history too."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    versions = api.versions_of(project_id=project_id, entry_id=entry_id)
    found = shown.entry(entry_id)
    removed = {each.id: each for each in api.removed_entries(project_id=project_id)} if found is None else {}
    stands = found or removed.get(entry_id)
    if stands is None:
        raise UnknownProjectEntry
    names = api.names_of(user_ids=[version.changed_by for version in versions])
    rows = []
    for before, version in zip([None, *versions], versions, strict=False):
        changes = [
            (
                str(field.label),
                words_of(field, before.content.get(field.key), shown) if before else "",
                words_of(field, version.content.get(field.key), shown),
            )
            for field in KINDS[stands.kind].fields
            if not field.own
            and field.kind is not FieldKind.FILES
            and (before.content.get(field.key) if before else None) != version.content.get(field.key)
        ]
        rows.append(
            {
                "number": version.revision,
                "who": names.get(version.changed_by or 0, ""),
                "at": version.changed_at,
                "changes": changes,
                "is_first": before is None,
            }
        )
    context = {
        **_about(shown, stands.kind),
        "rows": rows[::-1],
        "head": head_of(stands.kind, stands.content),
        "entry": stands,
        "is_removed": found is None,
    }
    return render(request, "iciinsmes/projects/history.html", context)


@project_page
@require_safe
def removed(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Show what was taken out of the project, with the way back."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    rows = [
        (each, str(KINDS[each.kind].title), head_of(each.kind, each.content), shown.name(each.changed_by))
        for each in api.removed_entries(project_id=project_id)
    ]
    context = {"shown": shown, "rows": rows, "can_change": shown.can_change, "course_key": course_key}
    return render(request, "iciinsmes/projects/removed.html", context)


def _changeable(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> api.Shown:
    """Return the project for who may enter something; 404 for readers, as for strangers."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    if not shown.reader.member:
        raise UnknownProject
    return shown


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise UnknownProjectEntry from error


def _with_files(request: HttpRequest, shown: api.Shown, entry_id: UUID) -> list[str]:
    """Keep the files that came with the form, and return the ids of all files of the entry."""
    for sent in request.FILES.getlist("files"):
        api.keep_file(
            project_id=shown.project.id,
            user_id=shown.user_id,
            course_key=shown.course_key,
            entry_id=entry_id,
            name=sent.name or "",
            size=sent.size or 0,
            content=sent,
        )
    return [str(file.id) for file in api.files_of(project_id=shown.project.id).get(str(entry_id), ())]


def _base(shown: api.Shown, entry_id: UUID, revision: int) -> Mapping[str, Any]:
    versions = api.versions_of(project_id=shown.project.id, entry_id=entry_id)
    return next((version.content for version in versions if version.revision == revision), {})


def _saved(request: HttpRequest, shown: api.Shown, entry: EntryData, words: str) -> HttpResponse:
    if QUEUED in request.headers:
        return JsonResponse({"id": str(entry.id)}, status=201)
    messages.success(request, words)
    address = part_url(shown, KINDS[entry.kind].part)
    if request.POST.get("back") == "whole":
        address = part_url(shown, KINDS[Kind.REPORT].part)
    return HttpResponseRedirect(f"{address}#entry-{entry.id}")


def _refused(request: HttpRequest, shown: api.Shown, kind: Kind, form: FormView, typed: TypedEntry) -> HttpResponse:
    if QUEUED not in request.headers:
        return _form_page(request, shown, kind, form, status=422)
    problems = {field.key: field.error for field in form.fields if field.error}
    message = form.error or " ".join(problems.values())
    return JsonResponse({"message": message, "problems": problems, "confirm": list(form.confirmed)}, status=422)


def _about(shown: api.Shown, kind: Kind) -> dict[str, Any]:
    return {
        "shown": shown,
        "project": shown.project,
        "course_key": shown.course_key,
        "kind": KINDS[kind],
        "can_change": shown.can_change,
        "part_url": part_url(shown, KINDS[kind].part),
        "person": shown.user_id,
    }


def _form_page(
    request: HttpRequest,
    shown: api.Shown,
    kind: Kind,
    form: FormView,
    *,
    entry: EntryData | None = None,
    theirs: EntryData | None = None,
    status: int = 200,
) -> HttpResponse:
    has_files = any(field.kind is FieldKind.FILES for field in KINDS[kind].fields)
    context = {
        **_about(shown, kind),
        "form": form,
        "entry": entry,
        "who": shown.name(theirs.changed_by) if theirs else "",
        "has_files": has_files,
        "rules": api.FILE_RULES,
        "files": api.files_of(project_id=shown.project.id).get(form.entry_id, ()) if has_files else (),
        "project_id": shown.project.id,
        "entry_id": form.entry_id,
    }
    return render(request, "iciinsmes/projects/entry.html", context, status=status)
