"""What early warning brings to rooms below."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies import api as companies
from iciinsmes.jobs import on_job, on_schedule
from iciinsmes.lib.personal_data import register_period, register_source
from iciinsmes.notices.api import register_kinds
from iciinsmes.platform import host
from iciinsmes.projects.api import register_sign
from iciinsmes.self_check import api as self_check

from . import notice_kinds, retirement
from .blocks import settle
from .evaluation import look_at_all
from .merging import move_watch
from .models import Watch
from .notifications import tell_coaches
from .signals import firm_acted
from .signs import signs_of_firms

#: Often enough that a month that has ended is judged early on its next day.
_LOOKS = timedelta(hours=1)
_TELLS = timedelta(hours=6)
_SETTLE = "early_warning.settle"


def connect() -> None:
    """Say what early warning brings to other rooms, and hear what happens in this one."""
    on_job(name=_SETTLE, job=_settle)
    firm_acted.connect(_settle_later, dispatch_uid="iciinsmes.early_warning.settle")
    register_kinds(notice_kinds.KINDS)
    companies.register_company_table(table=Watch, move=move_watch)
    register_sign(name="early_warning", signs=signs_of_firms)
    self_check.register_place(code="EW", place=_own_figures)
    on_schedule(name="early_warning.looks", task=look_at_all, every=_LOOKS)
    on_schedule(name="early_warning.coaches", task=tell_coaches, every=_TELLS)
    register_source(
        name="early_warning",
        words=_("Early warning: monthly figures that were typed, limits that were asked for, and alarms answered."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="early_warning",
        words=_("Monthly figures of firms and their alarms, after the last change"),
        setting="ICIINSMES_KEEP_FIGURES_DAYS",
        expire=retirement.expire,
    )
    audit_log.register_verbs({"figures_read": _("read a firm's early warning")})


def _own_figures(*, user_id: int, course_key: CourseKey) -> str:
    own = companies.company_of(user_id=user_id, course_key=course_key)
    return reverse("iciinsmes:early-warning", args=[course_key]) if own else ""


def _settle_later(company_id: int, **_more: object) -> None:
    host().defer(_SETTLE, company_id)


def _settle(company_id: str | int) -> None:
    settle(company_id=int(company_id))
