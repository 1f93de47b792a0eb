"""What a learner does about the mentor of the newest round: ask, remind, withdraw, ask anew, print the form."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import UsageKey

from iciinsmes.companies.api import can_work_on, is_one_person
from iciinsmes.lib.templating import render
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import RequestData
from iciinsmes.mentors.errors import AnswerNotAwaited, InvalidContact, MentorsError, TooManyMentors, TooSoon
from iciinsmes.platform import host, languages

from . import api
from .data import WorkData
from .errors import UnknownAssignment
from .mentor_part import awaits_mentor, matter_of, render_mentor_part
from .sign_offs import awaits_word
from .subjects import round_subject


@login_required
@require_POST
def mentor(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Do what was asked and answer with the mentor's part; 422 keeps a form that was refused."""
    work = _work(request, usage_key)
    if not awaits_mentor(work):
        return HttpResponse(render_mentor_part(work, notice=_("Nobody waits for a mentor's word on this work now.")))
    typed = mentors.contact_from(post=request.POST)
    try:
        with transaction.atomic():
            if not awaits_word(round_id=work.rounds[-1].shared_id):
                raise AnswerNotAwaited
            notice = _do(request, work)
    except InvalidContact as error:
        if request.POST.get("do") != "ask":
            return HttpResponse(render_mentor_part(work, notice=str(error)), status=422)
        return HttpResponse(render_mentor_part(work, typed=typed, errors=error.errors), status=422)
    except TooSoon:
        notice = _("One reminder a week is enough.")
    except TooManyMentors:
        notice = _("You have asked very many people today. Try again tomorrow.")
    except MentorsError:
        work = _work(request, usage_key)
        notice = _("This has changed in the meantime. Here is how it stands now.")
    return HttpResponse(render_mentor_part(work, notice=notice))


@login_required
@require_GET
def paper(request: HttpRequest, usage_key: UsageKey) -> HttpResponse:
    """Show the newest round as a form that a mentor can sign on paper, in the reader's language."""
    work = _work(request, usage_key)
    if not work.rounds:
        raise Http404
    context = mentors.paper_context(matter=matter_of(work), language=get_language() or "")
    return render(request, "iciinsmes/mentors/paper.html", {**context, "back": host().block_url(usage_key)})


def _do(request: HttpRequest, work: WorkData) -> str:
    """Do it, and return what to tell the learner."""
    do = request.POST.get("do")
    if do == "ask":
        contact = mentors.contact_from(post=request.POST)
        # The mentor reads a copy, and it is made in the mentor's language.
        with translation.override(languages.chosen(contact.language)):
            matter = matter_of(_work(request, work.version.usage_key))
        return _told(
            mentors.request_sign_off(
                subject=round_subject(work.rounds[-1].shared_id, work.version.course_key, work.rounds[-1].company_id),
                asked_by=work.owner_id,
                contact=contact,
                matter=matter,
                together=work.rounds[-1].member_ids,
                one_person=is_one_person(company_id=work.rounds[-1].company_id),
            )
        )
    request_id = _uuid(request.POST.get("request", ""))
    if do == "remind":
        name = mentors.remind(request_id=request_id, asked_by=work.owner_id).contact.name
        return _("%(name)s gets a reminder by mail.") % {"name": name}
    if do == "renew":
        newest = work.rounds[-1]
        asked = mentors.renew(
            request_id=request_id,
            asked_by=work.owner_id,
            together=newest.member_ids,
            one_person=is_one_person(company_id=newest.company_id),
        )
        return _told(asked)
    if do == "revoke":
        name = mentors.revoke(request_id=request_id, asked_by=work.owner_id).contact.name
        return _("The link of %(name)s does not work any more.") % {"name": name}
    raise Http404


def _told(asked: RequestData) -> str:
    name = {"name": asked.contact.name}
    if asked.contact.email:
        return _("%(name)s gets a mail with a link.") % name
    return _("Show %(name)s the QR code below.") % name


def _work(request: HttpRequest, usage_key: UsageKey) -> WorkData:
    """Return the person's own work; 404 for everybody who does not learn in this course, or may not know the task."""
    user_id = request.user.id
    if user_id is None or not can_work_on(user_id=user_id, usage_key=usage_key):
        raise Http404
    try:
        return api.work_of(user_id=user_id, usage_key=usage_key)
    except UnknownAssignment as error:
        raise Http404 from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
