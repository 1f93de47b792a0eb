"""The colour of firms for lists that coaches read elsewhere: amber and red only."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.projects.data import FirmSign

from .data import Colour
from .labels import colour_view, title_of
from .models import Watch


def signs_of_firms(*, firms: Collection[tuple[int, CourseKey]]) -> Mapping[tuple[int, CourseKey], FirmSign]:
    """Return for firms whose early warning is amber or red how lists show it, in one query.

    Args:
        firms: firm and the run in which it is coached.
    """
    rows = Watch.objects.filter(
        company_id__in={company_id for company_id, _run in firms}, colour__in=(Colour.AMBER.value, Colour.RED.value)
    )
    by_company = {row.company_id: row for row in rows}
    return {
        (company_id, run): _sign(by_company[company_id], run) for company_id, run in firms if company_id in by_company
    }


def _sign(row: Watch, course_key: CourseKey) -> FirmSign:
    keys = [key for key, fact in row.facts.items() if fact["colour"] == row.colour]
    return FirmSign(
        light=colour_view(Colour(row.colour)),
        words=title_of(keys[0]) if keys else "",
        address=reverse("iciinsmes:early-warning-firm", args=[course_key, row.company_id]),
    )
