"""The queue of all course runs, and the filters that a grader keeps."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render

from .permissions import grader_required, is_part, user_id_of
from .queue_column import QueuePlace, read_place
from .queue_context import everywhere_context, rows_context
from .saved_filters import NotSaved, remove_filter, save_filter


@never_cache
@login_required
@require_GET
def everywhere(request: HttpRequest) -> HttpResponse:
    """Show what waits in all course runs that the person grades in, longest waiting first."""
    place, user_id = read_place(None, request.GET), user_id_of(request)
    if is_part(request):
        response = render(
            request, "iciinsmes/desk/rows.html", {**rows_context(place, user_id=user_id), "is_part": True}
        )
    else:
        context = everywhere_context(place, user_id=user_id, with_panel="find" in request.GET)
        response = render(request, "iciinsmes/desk/everywhere.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@never_cache
@grader_required
@require_POST
def save(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Keep what the queue of a course run is narrowed to."""
    return _save(request, read_place(course_key, request.GET))


@never_cache
@login_required
@require_POST
def save_everywhere(request: HttpRequest) -> HttpResponse:
    """Keep what the queue of all course runs is narrowed to."""
    return _save(request, read_place(None, request.GET))


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Remove one of the person's own filters, and go back to the desk of its course run."""
    place = remove_filter(filter_id, user_id_of(request))
    if place is None:
        return redirect("iciinsmes:desk")
    messages.success(request, _("The filter is removed."))
    return redirect(place.queue_url())


def _save(request: HttpRequest, place: QueuePlace) -> HttpResponse:
    try:
        save_filter(place, user_id_of(request), request.POST.get("name", ""))
    except NotSaved as refused:
        messages.warning(request, str(refused))
        return redirect(place.find_url())
    messages.success(request, _("The filter is kept. You find it above the queue."))
    return redirect(place.queue_url())
