"""What people do at gates: ask, ask by a link, take back, decide, go back, and begin the next project."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.mentors import api as mentors
from iciinsmes.mentors.data import RequestData, SignOff
from iciinsmes.mentors.errors import InvalidContact, MentorsError, TooManyMentors, TooSoon

from . import api
from .data import Decider, Gate, GateRequestData, GateVerdict, ProjectPart
from .errors import HasEnded, NotAllowedInProject, UnknownProject, WrongGate
from .gate_part import link_parts
from .labels import problem_words
from .page import page_context, render_part
from .page_access import project_page, user_id_of


@project_page
@require_POST
def ask(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Ask for the decision at the next gate; 422 keeps what was typed."""
    proposal = GateVerdict.STOP if request.POST.get("proposal") == GateVerdict.STOP.value else GateVerdict.GO
    try:
        asked = api.ask_for_decision(
            project_id=project_id,
            user_id=user_id_of(request),
            course_key=course_key,
            proposal=proposal,
            reason=request.POST.get("reason", ""),
            has_owner="no_owner" not in request.POST,
        )
    except WrongGate as error:
        return gates_page(request, course_key, project_id, problem=problem_words(error.problem))
    except (NotAllowedInProject, HasEnded) as error:
        raise UnknownProject from error
    if asked.verdict is not None:
        messages.success(request, _("You have decided. The project goes on."))
    else:
        messages.success(request, _("The decision is asked for."))
    return _to_gates(course_key, project_id)


@project_page
@require_POST
def withdraw(request: HttpRequest, course_key: CourseKey, project_id: UUID, request_id: UUID) -> HttpResponse:
    """Take an open request back."""
    _request(request, course_key, project_id, request_id)
    try:
        api.withdraw_request(request_id=request_id, user_id=user_id_of(request), course_key=course_key)
    except WrongGate as error:
        messages.warning(request, problem_words(error.problem))
    except (NotAllowedInProject, HasEnded) as error:
        raise UnknownProject from error
    else:
        messages.success(request, _("The request is taken back."))
    return _to_gates(course_key, project_id)


@project_page
@require_POST
def decide(request: HttpRequest, course_key: CourseKey, project_id: UUID, request_id: UUID) -> HttpResponse:
    """Decide on a request, as coach, teacher or in the place of an owner; 422 keeps what was typed."""
    _request(request, course_key, project_id, request_id)
    try:
        decider, verdict = Decider(request.POST.get("decider", "")), GateVerdict(request.POST.get("verdict", ""))
    except ValueError:
        return gates_page(request, course_key, project_id, problem=_("Choose what you decide."))
    try:
        api.decide(
            request_id=request_id,
            user_id=user_id_of(request),
            course_key=course_key,
            decider=decider,
            verdict=verdict,
            reason=request.POST.get("reason", ""),
        )
    except WrongGate as error:
        return gates_page(request, course_key, project_id, problem=problem_words(error.problem))
    except NotAllowedInProject as error:
        raise UnknownProject from error
    messages.success(request, _("Your decision is kept."))
    return _to_gates(course_key, project_id)


@project_page
@require_POST
def link(request: HttpRequest, course_key: CourseKey, project_id: UUID, request_id: UUID, decider: str) -> HttpResponse:
    """Ask somebody by a link, remind, renew or take back; answers with the part about this decider for htmx."""
    shown, row = _request(request, course_key, project_id, request_id)
    try:
        asked = Decider(decider)
    except ValueError as error:
        raise Http404 from error
    if not shown.can_change:
        raise UnknownProject
    typed, errors, notice, status = mentors.contact_from(post=request.POST), None, "", 200
    try:
        notice = _do(request, shown, row, asked)
    except InvalidContact as error:
        is_form = request.POST.get("do") == "ask"
        errors, notice, status = (error.errors, "", 422) if is_form else (None, str(error), 422)
    except TooSoon:
        notice = _("One reminder a week is enough.")
    except TooManyMentors:
        notice = _("You have asked very many people today. Try again tomorrow.")
    except (MentorsError, WrongGate):
        notice = _("This has changed in the meantime. Here is how it stands now.")
    parts = link_parts(shown, row, decider=asked, typed=typed if errors else None, errors=errors, notice=notice)
    wanted = [each for each in row.open_deciders if each in api.BY_LINK]
    if asked not in wanted or not parts:
        return HttpResponse(notice, status=409)
    return HttpResponse(parts[wanted.index(asked)][1], status=status)


@project_page
@require_POST
def back(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Go back before an earlier gate of the loop."""
    gate = whole_number(request.POST.get("gate"))
    if gate is None or gate not in set(Gate):
        raise Http404
    try:
        api.go_back(project_id=project_id, user_id=user_id_of(request), course_key=course_key, gate=Gate(gate))
    except WrongGate as error:
        return gates_page(request, course_key, project_id, problem=problem_words(error.problem))
    except (NotAllowedInProject, HasEnded) as error:
        raise UnknownProject from error
    messages.success(request, _("You have gone back. What you have entered is all still there."))
    return _to_gates(course_key, project_id)


@project_page
@require_POST
def begin_next(request: HttpRequest, course_key: CourseKey, project_id: UUID) -> HttpResponse:
    """Begin the firm's next project after the last has ended."""
    api.read_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    try:
        project = api.begin_next(user_id=user_id_of(request), course_key=course_key)
    except NotAllowedInProject:
        return redirect("iciinsmes:project-own", course_key)
    return redirect("iciinsmes:project", course_key, project.id)


def gates_page(request: HttpRequest, course_key: CourseKey, project_id: UUID, *, problem: str) -> HttpResponse:
    """Show the gates again with what is wrong; the forms hold what was typed."""
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    context = {
        **page_context(shown, ProjectPart.GATES),
        "content": render_part(
            ProjectPart.GATES,
            shown,
            request,
            problem_now=problem,
            typed={name: request.POST.get(name, "") for name in ("reason", "proposal", "verdict", "decider")},
            has_no_owner="no_owner" in request.POST,
        ),
    }
    return render(request, "iciinsmes/projects/project.html", context, status=422)


def _request(
    request: HttpRequest, course_key: CourseKey, project_id: UUID, request_id: UUID
) -> tuple[api.Shown, GateRequestData]:
    shown = api.show_project(project_id=project_id, user_id=user_id_of(request), course_key=course_key)
    rows = api.requests_among(project_id=project_id, entries=shown.entries)
    row = next((row for row in rows if row.id == request_id and row.course_key == course_key), None)
    if row is None:
        raise UnknownProject
    return shown, row


def _do(request: HttpRequest, shown: api.Shown, row: GateRequestData, decider: Decider) -> str:
    """Do it, and return what to tell the person."""
    do = request.POST.get("do")
    if do == "ask":
        return _told(
            api.ask_by_link(
                request_id=row.id,
                user_id=shown.user_id,
                course_key=shown.course_key,
                decider=decider,
                contact=mentors.contact_from(post=request.POST),
            )
        )
    sign_off = api.links_of(request=row).get(decider, SignOff())
    asked = next((each for each in sign_off.requests if str(each.id) == request.POST.get("request")), None)
    if asked is None:
        raise Http404
    name = {"name": asked.contact.name}
    if do == "remind":
        mentors.remind(request_id=asked.id, asked_by=shown.user_id)
        return _("%(name)s gets a reminder by mail.") % name
    if do == "renew":
        return _told(
            mentors.renew(
                request_id=asked.id,
                asked_by=shown.user_id,
                together=shown.members - {shown.user_id},
                one_person=shown.one_person,
            )
        )
    if do == "revoke":
        mentors.revoke(request_id=asked.id, asked_by=shown.user_id)
        return _("The link of %(name)s does not work any more.") % name
    raise Http404


def _told(asked: RequestData) -> str:
    name = {"name": asked.contact.name}
    if asked.contact.email:
        return _("%(name)s gets a mail with a link.") % name
    return _("Show %(name)s the QR code below.") % name


def _to_gates(course_key: CourseKey, project_id: UUID) -> HttpResponse:
    return redirect("iciinsmes:project-part", course_key, project_id, ProjectPart.GATES.value)
