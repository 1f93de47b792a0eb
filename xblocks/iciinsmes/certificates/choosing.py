"""What the certificate of a course run asks for: chosen by its coordinators, in one place for all learners."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.locks import locked

from .course_types import type_of
from .data import Criteria
from .models import CertificateRun


def criteria_of(*, course_key: CourseKey) -> Criteria | None:
    """Return what the run asks for, None where nobody has chosen yet; one query."""
    row = CertificateRun.objects.filter(course_key=course_key).first()
    return None if row is None else _data(row)


def choose_criteria(*, course_key: CourseKey, by_id: int, criteria: Criteria) -> Criteria:
    """Let the run ask for this from now on; what was issued stays as it is. The same again changes nothing.

    Args:
        course_key: the run.
        by_id: a coordinator; that is the caller's to ask.
        criteria: what is asked for; its version does not count.

    Raises:
        NoCriteria: there is no such type of course.
    """
    type_of(criteria.kind)
    wanted = to_json(criteria, without=("version",))
    with transaction.atomic():
        row, is_new = CertificateRun.objects.get_or_create(
            course_key=course_key, defaults={"criteria": wanted, "changed_by_id": by_id, "changed_at": timezone.now()}
        )
        if not is_new:
            row = locked(CertificateRun.objects).get(pk=row.pk)
            if row.criteria == wanted:
                return _data(row)
            row.criteria, row.version = wanted, row.version + 1
            row.changed_by_id, row.changed_at = by_id, timezone.now()
            row.save(update_fields=["criteria", "version", "changed_by", "changed_at"])
        audit_log.record(
            course_key=course_key, verb="criteria_chosen", actor_id=by_id, subject=f"certificate_run:{row.pk}"
        )
    return _data(row)


def _data(row: CertificateRun) -> Criteria:
    return from_json(Criteria, row.criteria, version=row.version)
