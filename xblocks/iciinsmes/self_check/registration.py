"""What self-checks bring to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.companies.api import register_company_table
from iciinsmes.companies.signals import first_joined
from iciinsmes.lib.personal_data import register_period, register_source
from iciinsmes.notices.api import register_kinds
from iciinsmes.support import api as support

from . import retirement
from .checks import go_along
from .models import Check
from .notice_kinds import KINDS
from .places import register_place


def connect() -> None:
    """Say what is kept here for people and firms, for how long, and what people are told."""
    first_joined.connect(go_along)
    register_kinds(KINDS)
    register_company_table(table=Check)
    register_place(code="SD", place=support.page_for)
    register_source(
        name="self_check",
        words=_("Self-checks: your answers and proofs, also those that you have not sent."),
        keeper=retirement,
    )
    register_period(
        name="self_checks",
        words=_("Self-checks, after they were sent"),
        setting="ICIINSMES_KEEP_WORKS_DAYS",
        expire=retirement.expire_sent,
    )
    register_period(
        name="self_check_drafts",
        words=_("Self-checks that were begun, after the last change"),
        setting="ICIINSMES_KEEP_DRAFTS_DAYS",
        expire=retirement.expire_drafts,
    )
