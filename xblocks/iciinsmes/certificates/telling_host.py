"""Telling the host of certificates, so that it gives its own where it has some, and takes them back."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db.models import Q

from iciinsmes.platform import host

from .models import Certificate

_AWARDED, _WITHDRAWN = "awarded", "withdrawn"
#: So many are told at once; the rest an hour later.
_AT_ONCE = 100

_log = logging.getLogger(__name__)


def tell_host(certificate_id: str | int) -> None:
    """Tell the host of a certificate what it does not know yet: that it is there, or that it is revoked."""
    row = Certificate.objects.filter(pk=UUID(str(certificate_id))).first()
    if row is None or row.learner_id is None:
        return
    wanted = _AWARDED if row.revoked_at is None else _WITHDRAWN
    if wanted == row.host_knows:
        return
    if wanted == _AWARDED:
        host().award_certificate(user_id=row.learner_id, course_key=row.course_key)
    elif row.host_knows == _AWARDED and not _has_other(row):
        host().withdraw_certificate(
            user_id=row.learner_id, course_key=row.course_key, by_id=row.revoked_by_id, reason=row.reason
        )
    Certificate.objects.filter(pk=row.pk).update(host_knows=wanted)


def tell_host_of_all() -> None:
    """Tell the host what a queue has lost; one that fails does not stop the others and is tried again next time."""
    unknown = Q(host_knows="") | Q(host_knows=_AWARDED, revoked_at__isnull=False)
    rows = Certificate.objects.filter(unknown, learner__isnull=False).order_by("issued_at", "id")
    for certificate_id in list(rows.values_list("id", flat=True)[:_AT_ONCE]):
        try:
            tell_host(str(certificate_id))
        except Exception:  # noqa: BLE001 - the host's certificate is an extra, and ours is valid without it
            _log.exception("The host could not be told of certificate %s", certificate_id)


def _has_other(row: Certificate) -> bool:
    """Tell whether the learner got a new one meanwhile, which the host's stands for too."""
    return Certificate.objects.filter(course_key=row.course_key, learner_id=row.learner_id, is_current=True).exists()
