"""What canvases bring to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import register_company_table
from iciinsmes.lib.personal_data import register_period, register_source

from . import retirement
from .canvases import expire_canvases
from .models import Canvas


def connect() -> None:
    """Say what is kept here for people and firms, for how long, and the words for what is done with it."""
    register_source(
        name="canvases",
        words=_("Canvases: their cards and versions, and cards changed on those of colleagues."),
        keeper=retirement,
    )
    register_period(
        name="canvases",
        words=_("Canvases with their cards and versions, after the last change"),
        setting="ICIINSMES_KEEP_DATA_DAYS",
        expire=expire_canvases,
    )
    register_company_table(table=Canvas)
    audit_log.register_verbs({"canvas_read": _("read a canvas"), "canvas_removed": _("removed a canvas")})
    audit_log.register_subjects({"canvas": _("Canvas")})
