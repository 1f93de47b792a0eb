"""Allocating firms: one by one, or all of them evenly."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.platform import host, labels
from iciinsmes.waiting import api as waiting

from .leavers import let_go
from .permissions import grader_required, user_id_of
from .spreading import spread_evenly
from .staff_views import record_allocation


@dataclass(frozen=True)
class FirmLine:
    """One firm of the list: how much of it waits, whose it is, and who may have it."""

    id: int
    name: str
    waits: int
    holder_id: int | None
    choices: tuple[tuple[int, str], ...]


@never_cache
@grader_required
@require_GET
def allocation(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show the firms of the course run by name, a page at a time, with whose work each is."""
    _only_who_sees_all(request, course_key)
    let_go(course_key)
    page = companies.company_page(course_key=course_key, after=whole_number(request.GET.get("after")))
    ids = [row.company.id for row in page.rows]
    holders = waiting.company_allocations(course_key=course_key, company_ids=ids)
    waits = waiting.oldest_of_companies(course_key=course_key, company_ids=ids)
    members = companies.members_by_company(company_ids=ids, course_key=course_key)
    staff = labels(host().staff_ids(course_key), course_key)
    ordered = sorted(staff.items(), key=lambda each: each[1].casefold())
    here = reverse("iciinsmes:desk-allocation", args=[course_key])
    context = {
        "course": host().course(course_key),
        "firms": [
            FirmLine(
                id=row.company.id,
                name=row.company.name,
                waits=waits[row.company.id][0] if row.company.id in waits else 0,
                holder_id=holders.get(row.company.id),
                choices=tuple(each for each in ordered if each[0] not in members.get(row.company.id, ())),
            )
            for row in page.rows
        ],
        "staff": ordered,
        "is_first": not request.GET.get("after"),
        "first_url": here,
        "more_url": f"{here}?after={page.next_after}" if page.next_after else "",
    }
    return render(request, "iciinsmes/desk/allocation.html", context)


@never_cache
@grader_required
@require_POST
def allocate_firm(request: HttpRequest, course_key: CourseKey, company_id: int) -> HttpResponse:
    """Allocate one firm to somebody who is none of its own people, or to nobody."""
    _only_who_sees_all(request, course_key)
    to = whole_number(request.POST.get("to"))
    name = companies.company_names(company_ids=[company_id], course_key=course_key).get(company_id)
    members = companies.member_ids(company_id=company_id, course_key=course_key)
    if name is None or (to is not None and (to in members or to not in host().staff_ids(course_key))):
        raise Http404
    waiting.allocate_companies(course_key=course_key, to={company_id: to})
    record_allocation(request, course_key, None, f"company:{company_id}")
    messages.success(
        request, (_("“%(firm)s” is allocated.") if to else _("“%(firm)s” is allocated to nobody.")) % {"firm": name}
    )
    return redirect(_back(request, course_key))


@never_cache
@grader_required
@require_POST
def allocate_evenly(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Share out firms among those who are ticked, so that everybody has about the same number of works."""
    _only_who_sees_all(request, course_key)
    staff = host().staff_ids(course_key)
    ticked = {whole_number(text) for text in request.POST.getlist("to")}
    people = [user_id for user_id in staff if user_id in ticked]
    if not people:
        messages.warning(request, _("Choose who shares the work."))
        return redirect("iciinsmes:desk-allocation", course_key)
    shared = spread_evenly(course_key, people, anew=bool(request.POST.get("anew")))
    record_allocation(request, course_key, None, "queue:all")
    messages.success(
        request,
        ngettext("%(count)d firm is shared out.", "%(count)d firms are shared out.", shared.firms)
        % {"count": shared.firms},
    )
    if shared.left:
        words = ngettext(
            "%(count)d firm could be given to nobody of them.",
            "%(count)d firms could be given to nobody of them.",
            shared.left,
        )
        messages.warning(request, words % {"count": shared.left})
    return redirect("iciinsmes:desk-allocation", course_key)


def _only_who_sees_all(request: HttpRequest, course_key: CourseKey) -> None:
    """Let nobody share out firms who sees only some of the learners."""
    if companies.limited_to(user_id=user_id_of(request), course_key=course_key) is not None:
        raise Http404


def _back(request: HttpRequest, course_key: CourseKey) -> str:
    here = reverse("iciinsmes:desk-allocation", args=[course_key])
    after = whole_number(request.POST.get("after"))
    return f"{here}?after={after}" if after else here
