"""Telling a coach of red alarms that nobody answers, where the firm has agreed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import locked
from iciinsmes.notices import api as notices

from .data import Colour, Grain
from .labels import period_words, title_of
from .models import Alarm
from .notice_kinds import UNANSWERED

#: So long a red alarm may stay without an answer.
PATIENCE = timedelta(days=30)
_PAGE = 200


def tell_coaches() -> None:
    """Tell coaches once of each red alarm of 30 days that nobody has answered or closed.

    The days count from the alarm, or from the firm's word that the coach may be told if that came later: nobody is
    told of what was before.
    """
    before, after = timezone.now() - PATIENCE, None
    rows = Alarm.objects.filter(
        colour=Colour.RED.value,
        answered_at=None,
        closed_at=None,
        told_at=None,
        holds=True,
        raised_at__lte=before,
        watch__tells_coach=True,
        watch__tells_since__lte=before,
    ).order_by("id")
    while page := list((rows.filter(id__gt=after) if after else rows)[:_PAGE]):
        after = page[-1].pk
        for row in page:
            _tell(row)


def _tell(found: Alarm) -> None:
    with transaction.atomic():
        row = locked(Alarm.objects.select_related("watch")).filter(pk=found.pk, told_at=None).first()
        if row is None:
            return
        company_id = row.watch.company_id
        firm = companies.companies_by_id(company_ids={company_id})[company_id]
        _stays, coaching = companies.people_now(company_id=company_id)
        for user_id, course_key in coaching:
            notices.notify(
                user_id=user_id,
                kind=UNANSWERED,
                course_key=course_key,
                title=firm.name,
                address=reverse("iciinsmes:early-indicator", args=[course_key, company_id, row.indicator]),
                detail=f"{title_of(row.indicator)}: {period_words(row.period, Grain(row.grain))}",
                subject=f"alarm:{row.pk}",
            )
        if coaching:
            row.told_at = timezone.now()
            row.save(update_fields=["told_at"])
