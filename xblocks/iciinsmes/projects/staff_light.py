"""The staff's own light (R11): what nobody has answered for too long; it is never a learner's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.platform import host, zones
from iciinsmes.waiting import api as waiting

from .course_rules import thresholds_of
from .rule_data import Finding
from .rules.staff_light import unanswered
from .working_days import calendar


def staff_light(*, user_id: int, course_key: CourseKey) -> Finding | None:
    """Return what has waited too long for the staff of a run, rounds and gates alike; None where nothing has.

    Four queries at most. Permissions are the caller's to ask; who teaches only some learners is told of theirs.

    Args:
        user_id: who reads: staff of the run.
        course_key: the run.

    Returns:
        See `rules.staff_light.unanswered`.
    """
    asked = waiting.waiting_since(course_key=course_key, limited_to=host().limited_to(user_id, course_key))
    if not asked:
        return None
    thresholds = thresholds_of(course_key=course_key)
    now = timezone.now().astimezone(zones.of_site())
    if (now.date() - asked[0].astimezone(now.tzinfo).date()).days <= thresholds.answer_working_days:
        # So few days hold no more working days than that, whatever the holidays are.
        return None
    return unanswered(asked, now, calendar_of(course_key), thresholds)


def calendar_of(course_key: CourseKey) -> Callable[[date], bool]:
    """Return what tells working days of the run's staff, in two queries at most.

    The college's country is a setting; a site of several colleges sets none, and the country of most of a run's firms
    counts there.
    """
    country, region = getattr(settings, "ICIINSMES_COUNTRY", ""), getattr(settings, "ICIINSMES_REGION", "")
    if not country:
        country, region = companies.usual_country(course_key=course_key)
    return calendar(country, region)
