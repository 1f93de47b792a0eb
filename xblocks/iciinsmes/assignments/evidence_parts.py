"""What all views about a learner's evidence share: who may, and the list that is shown afterwards.

How refusals are answered is in `evidence.web`; work that is handed in is 410.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_work_on
from iciinsmes.evidence import api as evidence
from iciinsmes.lib.templating import render_to_string

from . import api
from .data import Task, TaskVersionData
from .errors import UnknownAssignment
from .presentation import place_of


def writer(request: HttpRequest, usage_key: UsageKey) -> tuple[int, TaskVersionData]:
    """Return the learner and the task; 404 for who does not learn here or may not know it, and for other blocks."""
    owner_id = request.user.id
    if owner_id is None or not can_work_on(user_id=owner_id, usage_key=usage_key):
        raise Http404
    try:
        return owner_id, api.current_task(usage_key=usage_key)
    except UnknownAssignment as error:
        raise Http404 from error


def closed() -> JsonResponse:
    """Answer who writes on work that is handed in."""
    return JsonResponse({"message": closed_text()}, status=410)


def closed_text() -> str:
    """Return why nothing can be changed."""
    return _("This work is already handed in. Reload the page to see it.")


def question_in(text: str | None, task: Task) -> str:
    """Return the question that the page names; one the task does not have stands for the whole work."""
    return text if text and text in {question.key for question in task.questions} else ""


def list_part(
    subject: UUID,
    version: TaskVersionData,
    question: str,
    *,
    editable: bool = True,
    problem: str = "",
) -> str:
    """Return the list of evidence at one place as HTML."""
    files = evidence.files_of(subject=subject)
    items = evidence.items_of(subject=subject)
    context = {
        "place": place_of(version.task, question, files, items),
        "usage_key": version.usage_key,
        "editable": editable,
        "problem": problem,
    }
    return render_to_string("iciinsmes/evidence/files.html", context)
