"""What pages show of a standing: a sign and words for each criterion, and the way to what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.companies.api import country_name
from iciinsmes.exercises.api import exercises_by_instrument
from iciinsmes.platform import host
from iciinsmes.self_check.api import blocks_of
from iciinsmes.toolbox.api import find_instrument

from .data import CertificateData, CertificateStandingData, Gap, JudgedCriterion, Missing
from .issuing import check_url
from .labels import SHORT, TITLES, count_words, gap_words


class Ways:
    """Where a learner of a run does what is missing; only what is asked for costs a query."""

    def __init__(self, learner_id: int, course_key: CourseKey) -> None:
        self.learner_id = learner_id
        self.course_key = course_key

    def to(self, gap: Gap) -> str:
        """Return the address, empty where there is nothing that the learner could do or may open yet."""
        way = _WAYS.get(gap.missing)
        return way(self, gap) if way else ""

    @cached_property
    def exercises(self) -> Mapping[str, UsageKey]:
        """Exercises by the key of their instrument."""
        return exercises_by_instrument(course_key=self.course_key)

    def open(self, usage_key: UsageKey | None) -> str:
        """Return the address of a block that the learner may open."""
        if usage_key is None or not host().may_open(self.learner_id, usage_key):
            return ""
        return host().block_url(usage_key)


def standing_view(standing: CertificateStandingData, *, ways: Ways | None = None) -> list[dict[str, Any]]:
    """Return the criteria for a page; with ways each missing thing leads to where it is done."""
    return [_row(judged, ways) for judged in standing.judged]


def cells(standing: CertificateStandingData) -> list[dict[str, Any]]:
    """Return the criteria as cells of the matrix: a sign for eyes, words for everybody."""
    return [
        {"is_met": judged.is_met, "count": count_words(judged), "title": TITLES[judged.criterion]}
        for judged in standing.judged
    ]


def heads(standing: CertificateStandingData) -> list[dict[str, Any]]:
    """Return the heads of these cells."""
    return [{"short": SHORT[each.criterion], "full": TITLES[each.criterion]} for each in standing.judged]


def certificate_view(certificate: CertificateData) -> dict[str, Any]:
    """Return a certificate for a page."""
    return {
        "data": certificate,
        "sheet": certificate.sheet,
        "country": country_name(certificate.sheet.country),
        "check_url": check_url(certificate),
        "units": certificate.sheet.units,
    }


def _row(judged: JudgedCriterion, ways: Ways | None) -> dict[str, Any]:
    return {
        "key": judged.criterion.value,
        "title": TITLES[judged.criterion],
        "is_met": judged.is_met,
        "count": count_words(judged),
        "gaps": [{"words": gap_words(gap), "url": ways.to(gap) if ways else ""} for gap in judged.gaps],
    }


def _to_tool(ways: Ways, gap: Gap) -> str:
    keys = (find_instrument(name=code).key for code in gap.what.split())
    return next((ways.open(ways.exercises[key]) for key in keys if key in ways.exercises), "")


def _to_check(ways: Ways, _gap: Gap) -> str:
    blocks = blocks_of(course_key=ways.course_key)
    return ways.open(blocks[-1]) if blocks else ""


def _to_project(ways: Ways, _gap: Gap) -> str:
    return reverse("iciinsmes:project-own", args=[ways.course_key])


_WAYS: Mapping[Missing, Callable[[Ways, Gap], str]] = {
    Missing.TOOL: _to_tool,
    Missing.OWN_DATA: lambda ways, _gap: reverse("iciinsmes:exercise-mine", args=[ways.course_key]),
    Missing.TASK: lambda ways, gap: ways.open(UsageKey.from_string(gap.what)),
    Missing.GATE: _to_project,
    Missing.NO_PROJECT: _to_project,
    Missing.SELF_CHECK: _to_check,
    Missing.TALK_AGAIN: _to_project,
}
