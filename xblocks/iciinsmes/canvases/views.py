"""Pages of canvases: the lists, the canvas itself, and what concerns it as a whole."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import can_work, company_of, course_keys_of
from iciinsmes.lib.templating import render
from iciinsmes.platform import host, labels
from iciinsmes.toolbox.api import reader_language
from iciinsmes.toolbox.data import show

from . import api
from .errors import NoCanvas, TooManyCards
from .page import board, card_views, instrument_of, newest_of_others, place_titles
from .page_access import canvas_page, user_id_of
from .rules import areas


@never_cache
@login_required
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Lead to the canvases of the person's course run; to choose one if there are several."""
    user_id = user_id_of(request)
    keys = [key for key in course_keys_of(user_id=user_id) if can_work(user_id=user_id, course_key=key)]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if len(keys) == 1:
        response = redirect("iciinsmes:canvases", keys[0])
        response["Location"] += query
        return response
    found = [host().course(key) for key in keys]
    return render(request, "iciinsmes/canvases/courses.html", {"courses": found, "query": query})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def canvases(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """List what the learner may change, and make a new canvas."""
    user_id = user_id_of(request)
    if not can_work(user_id=user_id, course_key=course_key):
        raise Http404
    if request.method == "POST":
        try:
            made = api.create_canvas(
                owner_id=user_id,
                course_key=course_key,
                instrument=request.POST.get("instrument", ""),
                title=request.POST.get("title", ""),
                shared_with_company=request.POST.get("firm") == "1",
            )
            return redirect("iciinsmes:canvas", made.id)
        except NoCanvas:
            messages.error(request, _("Choose which canvas you want."))
        except TooManyCards:
            messages.error(request, _("You keep very many canvases. Remove one that you no longer need."))
    language = reader_language()
    chosen = request.POST.get("instrument") or request.GET.get("instrument", "")
    kinds = [(each.key, show(each.title, language), show(each.purpose, language)) for each in api.drawn_instruments()]
    titles = {key: title for key, title, _purpose in kinds}
    found = api.canvases_of(user_id=user_id, course_key=course_key)
    names = labels({each.owner_id for each in found if not each.is_own}, course_key)
    context = {
        "course": host().course(course_key),
        "canvases": [(each, titles.get(each.instrument, ""), names.get(each.owner_id, "")) for each in found],
        "kinds": kinds,
        "chosen": chosen,
        "title": request.POST.get("title", ""),
        "company": company_of(user_id=user_id, course_key=course_key),
    }
    return render(request, "iciinsmes/canvases/list.html", context, status=422 if request.method == "POST" else 200)


@canvas_page
@require_safe
def canvas(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Show a canvas, to change it or only to read it."""
    user_id = user_id_of(request)
    opened = api.open_canvas(canvas_id=canvas_id, reader_id=user_id)
    instrument = instrument_of(opened.canvas)
    language = reader_language()
    grid = areas(instrument)
    views = card_views(instrument, opened.cards, user_id)
    context = {
        "canvas": opened.canvas,
        "instrument": instrument,
        "instrument_title": show(instrument.title, language),
        "purpose": show(instrument.purpose, language),
        "computes": api.computes(opened.canvas.instrument),
        "places": board(instrument, views),
        "place_titles": place_titles(instrument, language),
        "columns": max((area.column_end for area in grid), default=1) - 1,
        "newest": newest_of_others(views),
        "back": _back(request, opened.canvas.course_key),
    }
    return render(request, "iciinsmes/canvases/canvas.html", context)


def _back(request: HttpRequest, course_key: CourseKey) -> str:
    """Return the address of the exercise that led here, if it is one of the canvas' course; else nothing."""
    try:
        usage_key = UsageKey.from_string(request.GET.get("exercise", ""))
    except InvalidKeyError:
        return ""
    return host().block_url(usage_key) if usage_key.course_key == course_key else ""


@canvas_page
@require_POST
def rename(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Give a canvas another name."""
    api.rename_canvas(canvas_id=canvas_id, user_id=user_id_of(request), title=request.POST.get("title", ""))
    return redirect("iciinsmes:canvas", canvas_id)


@canvas_page
@require_POST
def share(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Say who else may change or read it."""
    api.share_canvas(
        canvas_id=canvas_id,
        owner_id=user_id_of(request),
        for_company=request.POST.get("firm") == "1",
        for_staff=request.POST.get("staff") == "1",
    )
    messages.success(request, _("Saved who may see this canvas."))
    return redirect("iciinsmes:canvas", canvas_id)


@canvas_page
@require_POST
def remove(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Remove a canvas for good."""
    found = api.find_canvas(canvas_id=canvas_id, reader_id=user_id_of(request))
    api.remove_canvas(canvas_id=canvas_id, owner_id=user_id_of(request))
    messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
    return redirect("iciinsmes:canvases", found.course_key)
