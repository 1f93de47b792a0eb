"""Who takes part in a course run: the coordinator's list, and enrolling, changing roles, removing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.companies.errors import UnknownPerson
from iciinsmes.platform import Role
from iciinsmes_campus.learning import api as learning

from .gradebook import read_mark
from .parts import role_name
from .permissions import Visit, coordinator_page

PAGE_SIZE = 50
STAFF_SIZE = 200


@dataclass(frozen=True)
class PersonRow:
    """One member in the list."""

    user_id: int
    name: str
    username: str
    email: str
    company: str
    role: Role
    is_self: bool
    error: str = ""


@dataclass(frozen=True)
class EnrolForm:
    """What was sent to enrol somebody, and what is wrong with it."""

    who: str = ""
    role: str = Role.LEARNER.value
    error: str = ""


@coordinator_page
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show staff and learners; a POST enrols an account by its user name or mail address."""
    if request.method != "POST":
        return _page(request, visit, EnrolForm())
    who, role = request.POST.get("who", "").strip(), _role(request.POST.get("role"))
    user_id, name, error = _find_account(visit, who)
    if error or role is None:
        form = EnrolForm(who=who, role=(role or Role.LEARNER).value, error=error or _("Choose a role."))
        return _page(request, visit, form, status=422)
    with transaction.atomic():
        learning.enrol(user_id=user_id, course_key=visit.key, role=role)
        _record("enrolled", visit, user_id, role=role.value)
    messages.success(
        request, _("%(name)s now takes part as %(role)s.") % {"name": name, "role": role_name(role).lower()}
    )
    return redirect("campus:people", visit.key)


@coordinator_page
@require_POST
def change_role(request: HttpRequest, visit: Visit, user_id: int) -> HttpResponse:
    """Give a member another role."""
    name = _member_name(visit, user_id)
    role = _role(request.POST.get("role"))
    if role is None:
        return _page(request, visit, EnrolForm(), wrong={user_id: _("Choose a role.")}, status=422)
    if user_id == visit.user_id:
        return _page(request, visit, EnrolForm(), wrong={user_id: _own_role()}, status=422)
    with transaction.atomic():
        was = _role_of(visit, user_id)
        learning.enrol(user_id=user_id, course_key=visit.key, role=role)
        if role.value != was:
            _record("role_changed", visit, user_id, was=was, role=role.value)
    messages.success(
        request, _("%(name)s now takes part as %(role)s.") % {"name": name, "role": role_name(role).lower()}
    )
    return redirect("campus:people", visit.key)


@coordinator_page
@require_POST
def remove(request: HttpRequest, visit: Visit, user_id: int) -> HttpResponse:
    """End a membership; what the person handed in and reached is kept."""
    name = _member_name(visit, user_id)
    if user_id == visit.user_id:
        return _page(request, visit, EnrolForm(), wrong={user_id: _own_role()}, status=422)
    with transaction.atomic():
        was = _role_of(visit, user_id)
        learning.leave(user_id=user_id, course_key=visit.key)
        _record("unenrolled", visit, user_id, role=was)
    messages.success(request, _("%(name)s no longer takes part. Results are kept.") % {"name": name})
    return redirect("campus:people", visit.key)


def _page(
    request: HttpRequest, visit: Visit, form: EnrolForm, *, wrong: Mapping[int, str] | None = None, status: int = 200
) -> HttpResponse:
    after = read_mark(request)
    learners = learning.members(course_key=visit.key, after=after, limit=PAGE_SIZE + 1)
    shown = learners[:PAGE_SIZE]
    # Staff are few; they stand on the first page.
    ids = {
        role: learning.members(course_key=visit.key, role=role, limit=STAFF_SIZE)
        for role in (Role.COORDINATOR, Role.TEACHER)
        if not after
    }
    ids[Role.LEARNER] = shown
    context = {
        "visit": visit,
        "course": visit.course,
        "form": form,
        "groups": [
            (role_name(role, many=True), _rows(visit, user_ids, role, wrong or {})) for role, user_ids in ids.items()
        ],
        "roles": [(role.value, role_name(role)) for role in Role],
        "after": after,
        "next_after": shown[-1] if len(learners) > PAGE_SIZE else None,
    }
    return render(request, "iciinsmes_campus/pages/people.html", context, status=status)


def _rows(visit: Visit, user_ids: tuple[int, ...], role: Role, wrong: Mapping[int, str]) -> list[PersonRow]:
    held = companies.companies_of(user_ids=user_ids, course_key=visit.key) if role == Role.LEARNER else {}
    users = get_user_model().objects.filter(pk__in=user_ids).order_by("pk")
    return [
        PersonRow(
            user_id=user.pk,
            name=user.get_full_name() or user.get_username(),
            username=user.get_username(),
            email=user.email,
            company=held[user.pk].name if user.pk in held else "",
            role=role,
            is_self=user.pk == visit.user_id,
            error=wrong.get(user.pk, ""),
        )
        for user in users
    ]


def _find_account(visit: Visit, who: str) -> tuple[int, str, str]:
    """Return user id, name and what is wrong; only one of them counts."""
    try:
        user = get_user_model().objects.get(pk=companies.find_account(who=who))
    except UnknownPerson as error:
        return 0, "", error.message
    name = user.get_full_name() or user.get_username()
    member = learning.membership_of(user_id=user.pk, course_key=visit.key)
    if member is not None:
        taken = {"name": name, "role": role_name(member.role).lower()}
        return 0, "", _("%(name)s already takes part as %(role)s. Change the role in the list below.") % taken
    return user.pk, name, ""


def _member_name(visit: Visit, user_id: int) -> str:
    """Return the name of a member of this course run, or raise Http404."""
    if learning.membership_of(user_id=user_id, course_key=visit.key) is None:
        raise Http404
    user = get_user_model().objects.get(pk=user_id)
    return user.get_full_name() or user.get_username()


def _role_of(visit: Visit, user_id: int) -> str:
    member = learning.membership_of(user_id=user_id, course_key=visit.key)
    return member.role.value if member else ""


def _record(verb: str, visit: Visit, person_id: int, **detail: str) -> None:
    """Tell the trail what the coordinator did about a person's part in the course."""
    audit_log.record(
        course_key=visit.key,
        verb=verb,
        actor_id=visit.user_id,
        person_id=person_id,
        subject="course",
        detail=detail,
    )


def _role(value: str | None) -> Role | None:
    return next((role for role in Role if role.value == value), None)


def _own_role() -> str:
    return _("You cannot change or remove yourself, so that the course always has a coordinator. Ask another one.")
