"""What people are told about best practices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

WAITS = NoticeKind(
    key="case_waits",
    headline=_("The best practice “%(title)s” can be published"),
    next_step=_("Its owner has agreed. Read it, and publish or refuse it."),
    reason=_("You get this mail because you teach in this course."),
    is_quiet=True,
)
DECIDED = NoticeKind(
    key="case_decided",
    headline=_("There is a decision about your best practice “%(title)s”"),
    next_step=_("Open the page: it says whether it is in the library, and if not, why."),
)

KINDS = (WAITS, DECIDED)
