"""What feedback brings to rooms below."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.personal_data import register_source
from iciinsmes.review.signals import forgetting

from . import retirement
from .api import forget


def connect() -> None:
    """Say what is kept here about people, and let go what belongs to assessments that are removed."""
    forgetting.connect(_forget, dispatch_uid="iciinsmes.feedback")
    register_source(name="feedback", words=_("Comments at places of what was handed in."), keeper=retirement)


def _forget(assessment_ids: Collection[UUID], **_more: object) -> None:
    forget(assessment_ids=assessment_ids)
