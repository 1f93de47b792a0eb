"""What threads bring to rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.lib.personal_data import register_source
from iciinsmes.notices.api import register_kinds

from . import notice_kinds, retirement


def connect() -> None:
    """Say what is kept here about people, and what they are told."""
    register_source(name="threads", words=_("Messages to teachers and learners."), keeper=retirement)
    register_kinds(notice_kinds.KINDS)
