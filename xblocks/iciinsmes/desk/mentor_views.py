"""A coordinator signs for a mentor who cannot be reached, or who has signed on paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.errors import UnknownRound
from iciinsmes.companies.api import can_coordinate
from iciinsmes.lib.templating import render
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.errors import InvalidAnswer, MentorsError, OwnSignOff
from iciinsmes.platform import host

from . import labels
from .mentor_box import may_sign
from .people import people
from .permissions import grader_required, is_own, user_id_of


@never_cache
@grader_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, course_key: CourseKey, round_id: UUID) -> HttpResponse:
    """Show the form; a POST signs, and goes back to the round."""
    user_id = user_id_of(request)
    try:
        data = assignments.grading(round_id=round_id)
    except UnknownRound as error:
        raise Http404 from error
    if data.version.course_key != course_key or not can_coordinate(user_id=user_id, course_key=course_key):
        raise Http404
    if is_own(data, user_id):
        messages.warning(request, labels.own_work())
        return redirect("iciinsmes:desk-round", course_key, round_id)
    if not may_sign(data, user_id=user_id):
        messages.warning(request, _("Nobody waits for a mentor's word on this work now."))
        return redirect("iciinsmes:desk-round", course_key, round_id)
    sent = request.POST
    form = mentors.answer_from(post=sent)
    reason, on_paper = sent.get("reason", ""), "on_paper" in sent
    errors = {}
    if request.method == "POST":
        try:
            mentors.sign_for(
                subject=assignments.round_subject(data.round.shared_id, course_key, data.round.company_id),
                owner_id=data.owner_id,
                coordinator_id=user_id,
                reason=reason,
                form=form,
                on_paper=on_paper,
            )
        except InvalidAnswer as error:
            errors = error.errors
        except OwnSignOff:
            messages.warning(request, labels.own_work())
            return redirect("iciinsmes:desk-round", course_key, round_id)
        except MentorsError:
            messages.warning(request, _("Somebody was faster: this work has a mentor's word already."))
            return redirect("iciinsmes:desk-round", course_key, round_id)
        else:
            messages.success(request, _("You have signed in the mentor's place."))
            return redirect("iciinsmes:desk-round", course_key, round_id)
    context = {
        "course": host().course(course_key),
        "round_id": round_id,
        "title": data.round.task.title,
        "who": people(user_ids=[data.owner_id], course_key=course_key).name(data.owner_id),
        "form": mentors.render_sign_for(
            request=request, action="", typed=form, reason=reason, on_paper=on_paper, errors=errors
        ),
    }
    return render(request, "iciinsmes/desk/sign.html", context, status=422 if errors else 200)
