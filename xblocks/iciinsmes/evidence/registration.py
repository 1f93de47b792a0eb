"""What evidence brings to rooms below, and to whoever starts the site."""

from __future__ import annotations

from django.core import checks
from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import register_company_table
from iciinsmes.lib.personal_data import register_source

from . import retirement
from .models import EvidenceFile, EvidenceItem
from .private_storage import check_storage


def connect() -> None:
    """Say what is kept here about people, the words for what is done with it, and whether files lie where they may."""
    register_source(
        name="evidence",
        words=_("The list of the uploaded files, and links, notes and tables of drafts."),
        keeper=retirement,
    )
    for table in (EvidenceFile, EvidenceItem):
        register_company_table(table=table)
    audit_log.register_verbs({"file_opened": _("opened a file")})
    audit_log.register_subjects({"file": _("File")})
    checks.register(check_storage, checks.Tags.files)
