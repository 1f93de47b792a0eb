"""What privacy brings to rooms below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.notices.api import register_kinds

from .retirement import ERASURE_ASKED, REASONS

_ALL_REASONS = {
    **REASONS,
    "command": _("by the administrator"),
    "retired": _("the account was removed"),
}


def connect() -> None:
    """Say what coordinators are told, and the words for what is done with personal data."""
    register_kinds([ERASURE_ASKED])
    audit_log.register_verbs(
        {
            "data_erased": _("erased personal data"),
            "data_exported": _("downloaded personal data"),
            "trail_exported": _("downloaded this trail"),
        }
    )
    audit_log.register_subjects({"privacy": _("Personal data"), "trail": _("Trail")})
    audit_log.register_details({"reason": _reason})


def _reason(detail: Mapping[str, Any]) -> str:
    return str(_ALL_REASONS.get(detail["reason"], detail["reason"]))
