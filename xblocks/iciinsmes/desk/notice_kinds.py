"""What people of the staff are told of their work together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

_TEACHES = _("You get this mail because you teach in this course.")

TAKEN_OVER = NoticeKind(
    key="taken_over",
    headline=_("%(actor)s has taken over “%(title)s” from you"),
    next_step=_("What you have written is kept as your draft. Talk to each other before both of you go on."),
    reason=_TEACHES,
    actor=_("Another teacher"),
)
NOBODYS = NoticeKind(
    key="nobodys",
    headline=_("%(actor)s no longer teaches in %(title)s"),
    next_step=_("Allocate the work anew on the desk."),
    reason=_TEACHES,
    actor=_("Another teacher"),
)

KINDS = (TAKEN_OVER, NOBODYS)
