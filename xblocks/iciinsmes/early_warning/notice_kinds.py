"""What people are told about early warning."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

UNANSWERED = NoticeKind(
    key="warning_unanswered",
    headline=_("A red alarm of “%(title)s” has no answer for 30 days"),
    next_step=_("Talk with the firm: what is the cause, what will be done, and by when?"),
    reason=_("You get this mail because you accompany this firm, and the firm has agreed to it."),
)

KINDS = (UNANSWERED,)
