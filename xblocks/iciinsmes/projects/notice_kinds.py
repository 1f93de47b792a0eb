"""What people are told about projects."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

LIGHT = NoticeKind(
    key="project_light",
    headline=_("“%(title)s” needs a look"),
    next_step=_("Open the page: it says why, and what you could do first."),
    reason=_("You get this mail, at most once a week, because you work on or accompany a development project."),
)
GATE_ASKED = NoticeKind(
    key="gate_asked",
    headline=_("%(actor)s asks for your decision about “%(title)s”"),
    next_step=_("Look at what is there, and decide."),
    reason=_("You get this mail because you accompany a firm in this course."),
    actor=_("A firm"),
)
GATE_WAITS = NoticeKind(
    key="gate_waits",
    headline=_("%(actor)s asks for a decision about “%(title)s”"),
    next_step=_("The request waits for you on the desk."),
    reason=_("You get this mail because you teach in this course."),
    actor=_("A firm"),
    is_quiet=True,
)
GATE_DECIDED = NoticeKind(
    key="gate_decided",
    headline=_("There is a decision about “%(title)s”"),
    next_step=_("Read what was decided, and why."),
)

KINDS = (LIGHT, GATE_ASKED, GATE_WAITS, GATE_DECIDED)
