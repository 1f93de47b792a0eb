"""What the gallery brings to rooms below."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from iciinsmes.assignments.data import WORK
from iciinsmes.assignments.signals import passed
from iciinsmes.companies.api import register_company_table
from iciinsmes.evidence.api import register_access_rule
from iciinsmes.lib.personal_data import register_source

from . import retirement
from .api import add, may_open_shown_file
from .models import GalleryEntry


def connect() -> None:
    """Take in what passes, and say what is kept here for people and firms and who may open files of what is shown."""
    passed.connect(_take_in, dispatch_uid="iciinsmes.gallery")
    register_access_rule(kind=WORK, holder=may_open_shown_file, room="gallery")
    register_source(
        name="gallery",
        words=_("What of your work is or was shown in the gallery of the course."),
        keeper=retirement,
    )
    register_company_table(table=GalleryEntry)


def _take_in(round_id: UUID, **_more: object) -> None:
    add(round_id=round_id)
