"""What certificates bring to rooms below."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.jobs import on_job, on_schedule
from iciinsmes.lib.personal_data import register_period, register_source
from iciinsmes.notices.api import register_kinds

from . import retirement
from .issuing import JOB
from .looking import look_at_all
from .notice_kinds import KINDS
from .telling_host import tell_host, tell_host_of_all

_OFTEN = timedelta(hours=1)


def connect() -> None:
    """Say what is done from time to time, what is kept about people, what they are told, and the words of the trail."""
    on_job(name=JOB, job=tell_host)
    on_schedule(name="certificates.looks", task=look_at_all, every=_OFTEN)
    on_schedule(name="certificates.host", task=tell_host_of_all, every=_OFTEN)
    register_kinds(KINDS)
    register_source(
        name="certificates",
        words=_("Certificates that you have, sessions in which you were, and what teachers have confirmed for one."),
        keeper=retirement,
    )
    register_period(
        name="attendance",
        words=_("Who was in which session, and what teachers have confirmed for a certificate, from its day on"),
        setting="ICIINSMES_KEEP_WORKS_DAYS",
        expire=retirement.expire_attendance,
    )
    register_period(
        name="certificates",
        words=_("Certificates, after they were issued"),
        setting="ICIINSMES_KEEP_CERTIFICATES_DAYS",
        expire=retirement.expire_certificates,
    )
    audit_log.register_verbs(
        {
            "criteria_chosen": _("chose what the certificate asks for"),
            "certificate_issued": _("issued a certificate"),
            "certificate_revoked": _("revoked a certificate"),
            "certificate_corrected": _("corrected the name on a certificate"),
            "fact_confirmed": _("confirmed something for a certificate"),
            "fact_taken_back": _("took back what was confirmed for a certificate"),
            "presence_marked": _("ticked who was in a session"),
        }
    )
    audit_log.register_subjects(
        {
            "certificate": _("Certificate"),
            "certificate_run": _("Criteria of the certificate"),
            "fact": _("Criterion of the certificate"),
            "session": _("Session"),
        }
    )
