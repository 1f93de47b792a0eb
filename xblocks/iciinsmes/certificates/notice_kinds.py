"""What people are told about certificates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

COMPLETE = NoticeKind(
    key="certificate_complete",
    headline=_("Your certificate is complete: “%(title)s”"),
    next_step=_("You have done everything it asks for. Your college will issue it."),
)
ISSUED = NoticeKind(
    key="certificate_issued",
    headline=_("Your certificate is here: “%(title)s”"),
    next_step=_("Look at it, print it, and decide whether the page for checking it shows your name."),
)
REVOKED = NoticeKind(
    key="certificate_revoked",
    headline=_("Your certificate was revoked: “%(title)s”"),
    next_step=_("Read the reason, and ask your college if you do not understand it."),
)

KINDS = (COMPLETE, ISSUED, REVOKED)
