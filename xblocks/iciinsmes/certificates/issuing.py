"""Issuing certificates, revoking them, and correcting a name; checking one by its code."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json, to_json
from iciinsmes.lib.locks import locked
from iciinsmes.notices import api as notices
from iciinsmes.platform import course_title, host

from .choosing import criteria_of
from .data import CertificateData, Sheet
from .errors import (
    AlreadyIssued,
    NoCriteria,
    NoIssuer,
    NoReasonToRevoke,
    NotComplete,
    UnknownCertificate,
    UnknownLearner,
)
from .facts import standings
from .models import Certificate
from .notice_kinds import ISSUED, REVOKED
from .sheets import make_sheet

#: The job that tells the host.
JOB = "certificates.host"
MOST_REASON = 2000
#: Signs that nobody mistakes for each other when a number is read out.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def issue(*, learner_id: int, course_key: CourseKey, by_id: int) -> CertificateData:
    """Issue a certificate: what it says is frozen, with a number and a code to check it by.

    Args:
        learner_id: whom the caller may see.
        course_key: the run.
        by_id: a coordinator; that is the caller's to ask.

    Raises:
        UnknownLearner: the person does not learn in the run, or not any more.
        NoCriteria: nobody has chosen what this run asks for.
        NoIssuer: it is not written down who awards it.
        NotComplete: something is missing.
        AlreadyIssued: there is a valid one, as after a double click.
    """
    if not companies.can_work(user_id=learner_id, course_key=course_key):
        raise UnknownLearner(learner_id)
    criteria = criteria_of(course_key=course_key)
    if criteria is None:
        raise NoCriteria
    if not criteria.issuer.is_known:
        raise NoIssuer
    language = host().language(learner_id)
    with translation.override(language):
        standing = standings(learner_ids=[learner_id], course_key=course_key, criteria=criteria)[learner_id]
    if not standing.is_complete:
        raise NotComplete
    sheet = make_sheet(
        criteria=criteria,
        standing=standing,
        course_title=course_title(course_key).read_in(language),
        language=language,
    )
    now = timezone.now()
    with transaction.atomic():
        row, is_new = Certificate.objects.get_or_create(
            course_key=course_key,
            learner_id=learner_id,
            is_current=True,
            defaults={
                "number": new_number(now),
                "code": secrets.token_urlsafe(20),
                "name": host().names([learner_id])[learner_id],
                "sheet": to_json(sheet),
                "issued_by_id": by_id,
                "issued_at": now,
            },
        )
        if not is_new:
            raise AlreadyIssued
        _record(row, by_id, verb="certificate_issued")
        _tell(row, ISSUED)
        host().defer(JOB, str(row.pk))
    return certificate_data(row)


def revoke(*, certificate_id: UUID, course_key: CourseKey, by_id: int, reason: str) -> CertificateData:
    """Let a certificate be valid no more, with a reason that the holder reads; doing it again changes nothing.

    Args:
        certificate_id: of the run.
        course_key: the run.
        by_id: a coordinator; that is the caller's to ask.
        reason: 1 to `MOST_REASON` characters.

    Raises:
        UnknownCertificate: the run has none of this id.
        NoReasonToRevoke: there is none.
    """
    reason = reason.replace("\0", "").strip()[:MOST_REASON]
    if not reason:
        raise NoReasonToRevoke
    with transaction.atomic():
        row = _of_run(certificate_id, course_key)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by_id, row.reason, row.is_current = timezone.now(), by_id, reason, None
            row.save(update_fields=["revoked_at", "revoked_by", "reason", "is_current"])
            _record(row, by_id, verb="certificate_revoked")
            _tell(row, REVOKED, detail=reason)
            host().defer(JOB, str(row.pk))
    return certificate_data(row)


def correct_name(*, certificate_id: UUID, course_key: CourseKey, by_id: int) -> CertificateData:
    """Take the name that the account has now; number and day of issuing stay, and so does what stood there before.

    Raises:
        UnknownCertificate: the run has none of this id, or its holder is forgotten.
    """
    with transaction.atomic():
        row = _of_run(certificate_id, course_key)
        if row.learner_id is None:
            raise UnknownCertificate(certificate_id)
        name = host().names([row.learner_id])[row.learner_id]
        if name != row.name:
            now = timezone.now()
            row.earlier_names = [*row.earlier_names, {"name": row.name, "until": now.isoformat()}]
            row.name, row.corrected_at = name, now
            row.save(update_fields=["name", "earlier_names", "corrected_at"])
            _record(row, by_id, verb="certificate_corrected")
    return certificate_data(row)


def show_name(*, certificate_id: UUID, learner_id: int, shown: bool) -> CertificateData:
    """Let the public page of an own certificate show the name, or not any more.

    Raises:
        UnknownCertificate: it is not the person's.
    """
    row = Certificate.objects.filter(pk=certificate_id, learner_id=learner_id).first()
    if row is None:
        raise UnknownCertificate(certificate_id)
    row.shows_name = shown
    row.save(update_fields=["shows_name"])
    return certificate_data(row)


def read_certificate(*, certificate_id: UUID, reader_id: int | None) -> CertificateData:
    """Return a certificate to its holder, or to staff of the run who may see the holder's work.

    Raises:
        UnknownCertificate: there is none for this person.
    """
    row = Certificate.objects.filter(pk=certificate_id).first()
    if row is None or reader_id is None or not _may_read(row, reader_id):
        raise UnknownCertificate(certificate_id)
    return certificate_data(row)


def check(*, code: str) -> CertificateData:
    """Return the certificate of a code, for the page that anybody may open.

    Raises:
        UnknownCertificate: there is none.
    """
    row = Certificate.objects.filter(code=code).first()
    if row is None:
        raise UnknownCertificate
    return certificate_data(row)


def current_certificates(*, learner_ids: Collection[int], course_key: CourseKey) -> dict[int, CertificateData]:
    """Return each learner's valid certificate of the run, in one query."""
    rows = Certificate.objects.filter(course_key=course_key, learner_id__in=learner_ids, is_current=True)
    return {row.learner_id: certificate_data(row) for row in rows if row.learner_id is not None}


def certificates_of(*, learner_id: int, course_key: CourseKey) -> tuple[CertificateData, ...]:
    """Return all certificates of a learner in the run, also revoked ones, the newest first, in one query."""
    rows = Certificate.objects.filter(course_key=course_key, learner_id=learner_id).order_by("-issued_at", "id")
    return tuple(map(certificate_data, rows))


def check_url(certificate: CertificateData) -> str:
    """Return the whole address of the public page."""
    return host().absolute(reverse("iciinsmes:certificate-check", args=[certificate.code]))


def new_number(at: datetime) -> str:
    """Return a number that can be read out: the year and eight signs."""
    return f"{at:%Y}-" + "".join(secrets.choice(_SIGNS) for _sign in range(8))


def certificate_data(row: Certificate) -> CertificateData:
    """Return a row as it is handed out."""
    return CertificateData(
        id=row.id,
        number=row.number,
        code=row.code,
        course_key=row.course_key,
        learner_id=row.learner_id,
        name=row.name,
        sheet=from_json(Sheet, row.sheet),
        issued_at=row.issued_at,
        shows_name=row.shows_name,
        corrected_at=row.corrected_at,
        revoked_at=row.revoked_at,
        reason=row.reason,
    )


def _of_run(certificate_id: UUID, course_key: CourseKey) -> Certificate:
    row = locked(Certificate.objects).filter(pk=certificate_id, course_key=course_key).first()
    if row is None:
        raise UnknownCertificate(certificate_id)
    return row


def _may_read(row: Certificate, reader_id: int) -> bool:
    if row.learner_id == reader_id:
        return True
    if row.learner_id is None:
        return companies.can_coordinate(user_id=reader_id, course_key=row.course_key)
    return companies.can_grade_of(user_id=reader_id, owner_id=row.learner_id, course_key=row.course_key)


def _record(row: Certificate, by_id: int, *, verb: str) -> None:
    audit_log.record(
        course_key=row.course_key,
        verb=verb,
        actor_id=by_id,
        person_id=row.learner_id,
        subject=f"certificate:{row.pk}",
    )


def _tell(row: Certificate, kind: notices.NoticeKind, detail: str = "") -> None:
    if row.learner_id is not None:
        notices.notify(
            user_id=row.learner_id,
            kind=kind,
            course_key=row.course_key,
            title=row.sheet["title"],
            address=reverse("iciinsmes:certificate", args=[row.course_key]),
            detail=detail,
            subject=f"certificate:{row.pk}",
        )
