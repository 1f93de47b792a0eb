"""What best practices bring to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import register_company_table
from iciinsmes.lib.personal_data import register_period, register_source
from iciinsmes.notices.api import register_kinds

from . import notice_kinds, notifications, retirement
from .models import PracticeCase
from .signals import case_agreed, case_decided, case_ended


def connect() -> None:
    """Say what best practices bring to other rooms, and hear what happens in this one."""
    register_kinds(notice_kinds.KINDS)
    case_agreed.connect(notifications.tell_staff, dispatch_uid="iciinsmes.best_practices.staff")
    case_decided.connect(notifications.tell_firm, dispatch_uid="iciinsmes.best_practices.firm")
    case_ended.connect(notifications.take_back_all, dispatch_uid="iciinsmes.best_practices.ended")
    register_company_table(table=PracticeCase)
    register_source(
        name="best_practices",
        words=_("Best practices: cases that you have proposed or decided about, and examples that you have read."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="best_practices",
        words=_("Best-practice cases of firms, after the last change"),
        setting="ICIINSMES_KEEP_CASES_DAYS",
        expire=retirement.expire,
    )
    audit_log.register_verbs(
        {
            "case_proposed": _("proposed a best practice"),
            "case_agreed": _("agreed to a best practice as owner"),
            "case_taken_back": _("took a best practice back"),
            "case_published": _("published a best practice"),
            "case_refused": _("refused a best practice"),
        }
    )
    audit_log.register_subjects({"best_practice": _("Best practice")})
