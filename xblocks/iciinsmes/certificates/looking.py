"""Looking at where learners stand: for the filters of the overview, and to tell once that nothing is missing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.notices import api as notices
from iciinsmes.platform import course_title, host

from .choosing import criteria_of
from .data import CertificateStandingData, Criteria
from .facts import standings
from .issuing import current_certificates
from .models import CertificateRun, CertificateStanding
from .notice_kinds import COMPLETE

_AT_ONCE = 200


def look_at_all() -> None:
    """Look at every learner of every run that has chosen its criteria, some hundred at a time."""
    for course_key in [row.course_key for row in CertificateRun.objects.order_by("id")]:
        criteria = criteria_of(course_key=course_key)
        after = 0
        learners = host().learners(course_key).order_by("pk").values_list("pk", flat=True)
        while criteria and (page := list(learners.filter(pk__gt=after)[:_AT_ONCE])):
            after = page[-1]
            _look(page, course_key, criteria)


def look_at(*, learner_ids: Collection[int], course_key: CourseKey) -> None:
    """Look at some learners of a run, because something about them was just changed."""
    criteria = criteria_of(course_key=course_key)
    if criteria is not None and learner_ids:
        _look(list(learner_ids), course_key, criteria)


def _look(ids: list[int], course_key: CourseKey, criteria: Criteria) -> None:
    found = standings(learner_ids=ids, course_key=course_key, criteria=criteria)
    with transaction.atomic():
        _keep(found, course_key)
        complete = [learner_id for learner_id, standing in found.items() if standing.is_complete]
        rows = CertificateStanding.objects.filter(course_key=course_key, learner_id__in=complete, told_at=None)
        untold = set(rows.values_list("learner_id", flat=True))
        issued = set(current_certificates(learner_ids=untold, course_key=course_key)) if untold else set()
        # Two that look at once: only who changes the rows tells.
        if untold and rows.update(told_at=timezone.now()) and untold - issued:
            notices.notify_many(
                user_ids=untold - issued,
                kind=COMPLETE,
                course_key=course_key,
                title=criteria.title or course_title(course_key),
                address=reverse("iciinsmes:certificate", args=[course_key]),
                subject="certificate",
            )


def _keep(found: dict[int, CertificateStandingData], course_key: CourseKey) -> None:
    """Write down what is new of where they stand; what is as it was costs no write."""
    now = timezone.now()
    mine = CertificateStanding.objects.filter(course_key=course_key, learner_id__in=list(found))
    known = {row.learner_id: row for row in mine}
    new, changed = [], []
    for learner_id, standing in found.items():
        open_count = len(standing.open)
        row = known.get(learner_id)
        if row is None:
            new.append(
                CertificateStanding(course_key=course_key, learner_id=learner_id, open_count=open_count, looked_at=now)
            )
        elif row.open_count != open_count:
            row.open_count, row.looked_at = open_count, now
            changed.append(row)
    CertificateStanding.objects.bulk_create(new, ignore_conflicts=True)
    CertificateStanding.objects.bulk_update(changed, ["open_count", "looked_at"])
