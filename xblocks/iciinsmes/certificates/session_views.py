"""The teachers' pages of sessions: which there are, and who was there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.paging import page_of
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host, labels

from . import api
from .data import Presence
from .errors import UnknownSession
from .forms import REPLACED, THERE, SessionForm, as_shown, read_presences
from .page_access import teacher_page, user_id_of

#: Learners of a page: what fits onto a phone without getting lost.
_PAGE = 40


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """List the sessions of the run, and add one."""
    held = api.sessions_of(course_key=course_key)
    form = SessionForm(request.POST if request.method == "POST" else None)
    is_full = len(held) >= api.MOST_SESSIONS
    if form.is_valid() and not is_full:
        session = api.add_session(
            course_key=course_key, held_on=form.cleaned_data["held_on"], title=form.cleaned_data["title"]
        )
        messages.success(request, _("The session is listed. Tick who was there."))
        return redirect("iciinsmes:certificate-session", course_key, session.id)
    context = {"course": host().course(course_key), "sessions": held, "form": form, "is_full": is_full}
    status = 422 if form.is_bound else 200
    return render(request, "iciinsmes/certificates/sessions.html", context, status=status)


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, course_key: CourseKey, session_id: int) -> HttpResponse:
    """Show a page of learners of a session, and keep who was there or has made up for it."""
    found = api.session_of(session_id=session_id, course_key=course_key)
    user_id = user_id_of(request)
    after = whole_number(request.GET.get("after"))
    rows = api.learners_for(reader_id=user_id, course_key=course_key).exclude(pk=user_id)
    page, is_more = page_of(rows, "pk", after=None if after is None else [after], limit=_PAGE)
    ids = [user.pk for user in page]
    next_after = ids[-1] if is_more else None
    if request.method == "POST":
        changes = read_presences(request.POST, ids)
        count = api.mark(session_id=session_id, course_key=course_key, by_id=user_id, changes=changes)
        api.look_at(learner_ids=list(changes), course_key=course_key)
        saved = ngettext("Saved: %(count)s change.", "Saved: %(count)s changes.", count) % {"count": count}
        messages.success(request, saved if count else _("Saved. Nothing has changed."))
        if next_after:
            address = reverse("iciinsmes:certificate-session", args=[course_key, session_id])
            return redirect(f"{address}?after={next_after}")
        return redirect("iciinsmes:certificate-sessions", course_key)
    names = labels(ids, course_key)
    there = api.presences_in(session_id=session_id, learner_ids=ids)
    lines = [_line(each, names.get(each, ""), there.get(each)) for each in ids]
    context = {
        "course": host().course(course_key),
        "session": found,
        "lines": sorted(lines, key=lambda line: line["label"].casefold()),
        "is_first": after is None,
        "has_more": is_more,
        "can_remove": not found.count,
    }
    return render(request, "iciinsmes/certificates/session.html", context)


@teacher_page
@require_POST
def remove(request: HttpRequest, course_key: CourseKey, session_id: int) -> HttpResponse:
    """Take a session out of the list in which nobody is ticked."""
    try:
        api.remove_session(session_id=session_id, course_key=course_key)
        messages.success(request, _("The session is taken out."))
    except UnknownSession:
        messages.error(request, _("Not taken out: somebody is ticked in it."))
    return redirect("iciinsmes:certificate-sessions", course_key)


def _line(learner_id: int, label: str, presence: Presence | None) -> dict[str, Any]:
    chosen = "" if presence is None else REPLACED if presence.is_replaced else THERE
    note = presence.note if presence else ""
    return {"id": learner_id, "label": label, "chosen": chosen, "note": note, "was": as_shown(chosen, note)}
