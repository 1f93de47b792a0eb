"""How far two who have assessed the same work agree, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.companies import api as companies
from iciinsmes.lib.decimals import percent, written
from iciinsmes.lib.templating import render
from iciinsmes.platform import host
from iciinsmes.review import api as review

from .permissions import grader_required, user_id_of
from .queue_filter import read_filter


@dataclass(frozen=True)
class AgreementLine:
    """One criterion as the page shows it; ``linear`` and ``quadratic`` are words where kappa is not defined."""

    title: str
    count: int
    exact: str
    adjacent: str
    linear: str
    quadratic: str
    is_reliable: bool


@never_cache
@grader_required
@require_GET
def agreement(request: HttpRequest, course_key: CourseKey) -> HttpResponse:
    """Show it for one assignment, the first without a choice; who sees only some learners sees it of theirs."""
    choices = assignments.assignments_of(course_key=course_key)
    known = dict(choices)
    asked = read_filter({"assignment": request.GET.get("assignment", "")}, course_key).block
    chosen = asked if asked in known else next(iter(known), None)
    lines = []
    if chosen is not None:
        owners = companies.limited_to(user_id=user_id_of(request), course_key=course_key)
        subjects = assignments.round_ids(usage_key=chosen, owners=owners)
        lines = [_line(each) for each in review.agreement_of(subjects=subjects)]
    context = {
        "course": host().course(course_key),
        "choices": [(str(key), title, key == chosen) for key, title in choices],
        "lines": lines,
        "has_few": any(not line.is_reliable for line in lines),
    }
    return render(request, "iciinsmes/desk/agreement.html", context)


def _line(each: review.CriterionAgreement) -> AgreementLine:
    found = each.found
    return AgreementLine(
        title=each.title,
        count=found.count,
        exact=_percent(found.exact),
        adjacent=_percent(found.adjacent),
        linear=_kappa(found.linear),
        quadratic=_kappa(found.quadratic),
        is_reliable=found.is_reliable,
    )


def _percent(share: float) -> str:
    return percent(round(share * 100))


def _kappa(value: float | None) -> str:
    return _("not defined, no variation") if value is None else written(Decimal(str(value)), digits=2)
