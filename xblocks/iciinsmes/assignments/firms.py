"""To which firm rounds belong: the one of their day, and what becomes of those handed in before there was one."""

from __future__ import annotations

from opaque_keys.edx.keys import CourseKey

from .models import Round


def follow_merge(*, gone_id: int, kept_id: int, course_key: CourseKey, **_more: object) -> None:
    """Hear `companies.signals.merged`: rounds of the firm that goes belong to the one that stays."""
    Round.objects.filter(company_id=gone_id, work__course_key=course_key).update(company_id=kept_id)


def go_along(*, user_id: int, company_id: int, course_key: CourseKey, **_more: object) -> None:
    """Hear `companies.signals.first_joined`: what a learner did before there was a firm goes along to the first one."""
    alone = Round.objects.filter(work__owner_id=user_id, work__course_key=course_key, company=None)
    alone.update(company_id=company_id)
