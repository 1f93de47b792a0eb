"""The learner's own thread about a task, by the key of its block: it can be begun before anything is written."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_work_on
from iciinsmes.lib.templating import render
from iciinsmes.threads import api as threads
from iciinsmes.threads.data import MAX_TEXT
from iciinsmes.threads.web import TypedMessage, answer, posted, speaker_in

from . import api
from .data import WORK
from .errors import UnknownAssignment


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Show the learner's thread; a POST writes a message (``text``), and begins the work where there is none yet."""
    user_id = int(request.user.pk or 0)
    if not can_work_on(user_id=user_id, usage_key=usage_key):
        raise Http404
    try:
        version = api.current_task(usage_key=usage_key)
    except UnknownAssignment as error:
        raise Http404 from error
    found = api.draft_of(user_id=user_id, usage_key=usage_key)
    if found.work_id is None and (request.method != "POST" or not request.POST.get("text", "").strip()):
        context: dict[str, Any] = {
            "url": request.path,
            "title": version.task.title,
            "place": usage_key,
            "max_text": MAX_TEXT,
        }
        status = 200
        if request.method == "POST":
            context["typed_message"], status = TypedMessage(text="", problem=_("Write your message first.")), 422
        is_part = request.headers.get("HX-Request") == "true"
        name = "part" if is_part else "thread"
        return render(request, f"iciinsmes/threads/{name}.html", context, status=status)
    subject = found.subject
    if found.work_id is None:
        with transaction.atomic():
            subject = api.draft_subject(user_id=user_id, version=version, found=found).id
    speaks = speaker_in(request, WORK, subject)
    if request.method != "POST":
        return answer(request, speaks)
    return posted(request, speaks, lambda writer, text: threads.write(speaks=speaks, user_id=writer, text=text))
