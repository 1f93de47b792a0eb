"""What the learner's page of a block sends, the staff's page of a run's cycles, and the facts of a run."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import can_work_on, country_name
from iciinsmes.lib.suppression import FEWEST
from iciinsmes.lib.templating import render
from iciinsmes.platform import host

from . import api
from .cycle_page import shown_cycle
from .errors import CycleOver, UnknownReaction
from .forms import ReactionForm, RunForm
from .page import render_part
from .permissions import can_describe, can_see_reactions, page_for, user_id_of


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Keep the learner's answer; answers with the page part, 422 if something is missing, 410 if the cycle is over."""
    user_id = user_id_of(request)
    if not can_work_on(user_id=user_id, usage_key=usage_key):
        raise Http404
    form = ReactionForm(request.POST)
    is_valid, status = form.is_valid(), 200
    try:
        if is_valid:
            api.answer(user_id=user_id, usage_key=usage_key, reaction=form.reaction())
        standing = api.standing_of(user_id=user_id, usage_key=usage_key)
    except UnknownReaction as error:
        raise Http404 from error
    except CycleOver:
        standing, is_valid, status = api.standing_of(user_id=user_id, usage_key=usage_key), True, 410
    if is_valid:
        return HttpResponse(render_part(standing, is_sent=status == 200), status=status)
    return HttpResponse(render_part(standing, form=form), status=422)


@page_for(can_see_reactions)
@require_safe
def reactions(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show staff what learners have said after each cycle, as sums and texts of five people at least."""
    facts = api.facts_of(course_keys=[course_key])[course_key]
    context = {
        "course": host().course(course_key),
        "cycles": [shown_cycle(each, number) for number, each in enumerate(api.cycles_of(course_key=course_key), 1)],
        "facts": facts,
        "country": country_name(facts.country) if facts.country else "",
        "can_describe": can_describe(user_id=user_id_of(request), course_key=course_key),
        "fewest": FEWEST,
    }
    return render(request, "iciinsmes/evaluation/reactions.html", context)


@page_for(can_describe)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Take from a coordinator which college and country the run belongs to, and its last day."""
    facts = api.facts_of(course_keys=[course_key])[course_key]
    form = RunForm(request.POST if request.method == "POST" else None, facts=facts)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        api.say_facts(course_key=course_key, actor_id=user_id_of(request), **said)
        messages.success(request, _("Saved."))
        return redirect("iciinsmes:reactions", course_key)
    context = {"course": host().course(course_key), "form": form, "facts": facts}
    status = 422 if request.method == "POST" else 200
    return render(request, "iciinsmes/evaluation/about.html", context, status=status)
