"""The inbox, the page on which people choose their mails, and the link that stops them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iciinsmes.lib.templating import render

from . import api
from .kinds import closed

_MAX_DIGITS = 18


@login_required
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """List what the person was told, newest first."""
    before = _key(request.GET.get("before"))
    page = api.inbox(user_id=_user_id(request), before=before)
    return render(request, "iciinsmes/notices/inbox.html", {"page": page, "is_first": before is None})


@login_required
@require_safe
@never_cache
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a notice as read and lead to what it is about; 404 for somebody else's."""
    try:
        address = api.open_notice(user_id=_user_id(request), notice_id=notice_id)
    except api.UnknownNotice as error:
        raise Http404 from error
    if not address:
        messages.info(request, closed())
        return redirect("iciinsmes:inbox")
    # Not `redirect`, which would take an address without a slash for the name of a page.
    return HttpResponseRedirect(address)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    api.read_all(user_id=_user_id(request))
    return redirect("iciinsmes:inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep when the person wants mails."""
    user_id = _user_id(request)
    problem = ""
    if request.method == "POST":
        try:
            api.set_mails(user_id=user_id, mails=api.Mails(request.POST.get("mails", "")))
        except ValueError:
            problem = _("Choose one of these.")
        else:
            messages.success(request, _("Your choice is kept."))
            return redirect("iciinsmes:inbox-preferences")
    context = {"choices": _choices(), "chosen": api.mails_of(user_id=user_id).value, "problem": problem}
    return render(request, "iciinsmes/notices/preferences.html", context, status=422 if problem else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest) -> HttpResponse:
    """Stop somebody's mails without signing in; what allows it is in the form, by the page's script or by hand.

    Without CSRF check: nobody else's page knows the signed link.
    """
    if request.method != "POST":
        return render(request, "iciinsmes/notices/stop.html", {"asks_link": True})
    token = request.POST.get("link", "").strip().rpartition("#")[2]
    try:
        user_id = api.user_of(token)
    except api.BadStopLink:
        return render(request, "iciinsmes/notices/stop.html", {"asks_link": True, "is_wrong": True}, status=422)
    return _stopped(request, user_id, done="stop" in request.POST)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """Stop somebody's mails with one click in a mail program (RFC 8058), or by a link from an older mail.

    Programs that check mails open links on their own, and some post to them, so an empty POST only asks again. Without
    CSRF check: the signed link is what allows it, and mail programs post from elsewhere.
    """
    try:
        user_id = api.user_of(token)
    except api.BadStopLink as error:
        raise Http404 from error
    done = "stop" in request.POST or request.POST.get("List-Unsubscribe") == "One-Click"
    return _stopped(request, user_id, done=done)


def _stopped(request: HttpRequest, user_id: int, *, done: bool) -> HttpResponse:
    if done:
        api.set_mails(user_id=user_id, mails=api.Mails.NEVER)
    return render(request, "iciinsmes/notices/stop.html", {"done": done})


def _choices() -> list[tuple[str, str, str]]:
    """Return value, name and explanation of each choice."""
    return [
        (api.Mails.AT_ONCE.value, _("At once"), _("A mail for everything that waits for you.")),
        (api.Mails.DAILY.value, _("Once a day"), _("One mail in the morning with all that is new.")),
        (api.Mails.WEEKLY.value, _("Once a week"), _("One mail on Monday morning with all that is new.")),
        (api.Mails.NEVER.value, _("Never"), _("No mails. Everything is in your inbox.")),
    ]


def _user_id(request: HttpRequest) -> int:
    """Return the id of the person, who is signed in."""
    return int(request.user.pk or 0)


def _key(text: str | None) -> int | None:
    """Read the key of a page; nonsense shows the first."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else None
