"""What people are told about threads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

QUESTION = NoticeKind(
    key="thread_question",
    headline=_("%(actor)s has written to you about “%(title)s”"),
    next_step=_("Read it and answer when you have a moment."),
    reason=_("You get this mail because you teach in this course."),
    actor=_("A learner"),
    is_quiet=True,
)
ANSWER = NoticeKind(
    key="thread_answer",
    headline=_("%(actor)s has written to you about “%(title)s”"),
    next_step=_("Read it, and answer if you like."),
    actor=_("Your teacher"),
)

KINDS = (QUESTION, ANSWER)
