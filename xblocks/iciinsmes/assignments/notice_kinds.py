"""What people are told about works."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iciinsmes.notices.data import NoticeKind

HANDED_IN = NoticeKind(
    key="handed_in",
    headline=_("%(actor)s has handed in “%(title)s”"),
    next_step=_("The work waits for you on the desk."),
    reason=_("You get this mail because you teach in this course."),
    actor=_("A learner"),
    is_quiet=True,
)
SENT_BACK = NoticeKind(
    key="sent_back",
    headline=_("%(actor)s has sent “%(title)s” back to you"),
    next_step=_("Read what is missing, change your work and hand it in again."),
    actor=_("Your mentor"),
)
SIGNED = NoticeKind(
    key="signed",
    headline=_("%(actor)s has confirmed “%(title)s”"),
    next_step=_("Well done. Your work now waits for your teacher."),
    actor=_("Your mentor"),
)
PASSED = NoticeKind(
    key="passed",
    headline=_("“%(title)s” has passed"),
    next_step=_("Well done! Your teacher's feedback waits for you."),
)
REVISE = NoticeKind(
    key="revise",
    headline=_("“%(title)s” needs another round"),
    next_step=_("Your teacher has read your work. The feedback says what is missing."),
)
REOPENED = NoticeKind(
    key="reopened",
    headline=_("“%(title)s” is open for another round"),
    next_step=_("Your teacher gives you another round. Change what you like and hand it in again."),
)
EXTENDED = NoticeKind(
    key="extended",
    headline=_("You have more time for “%(title)s”"),
    next_step=_("The new date stands with the task."),
)
EXTENSION_ENDED = NoticeKind(
    key="extension_ended",
    headline=_("The later date for “%(title)s” was taken back"),
    next_step=_("The date that counts now stands with the task."),
)
WAIVED = NoticeKind(
    key="waived",
    headline=_("You need not do “%(title)s”"),
    next_step=_("It counts as done and takes no points from you."),
)
WAIVER_ENDED = NoticeKind(
    key="waiver_ended",
    headline=_("“%(title)s” is to be done after all"),
    next_step=_("What you wrote before is still there."),
)
CORRECTED = NoticeKind(
    key="corrected",
    headline=_("Your result for “%(title)s” was changed"),
    next_step=_("The new result and the earlier one stand with the task."),
)
CANCELLED = NoticeKind(
    key="cancelled",
    headline=_("A round of “%(title)s” does not count"),
    next_step=_("You can hand in again. The round and its feedback stay where they are."),
)
RESET = NoticeKind(
    key="reset",
    headline=_("“%(title)s” begins anew"),
    next_step=_("Your work on it was removed. You start with an empty page."),
)
DUE_SOON = NoticeKind(
    key="due_soon",
    headline=_("“%(title)s” is due soon"),
    next_step=_("Your draft is kept. Open it and hand it in when it is ready."),
)
LINK_EXPIRING = NoticeKind(
    key="link_expiring",
    headline=_("The link of “%(title)s” for %(actor)s ends soon"),
    next_step=_("Ask for the answer, or send a new link."),
    actor=_("Your mentor"),
)
MENTOR_ASKS_COACH = NoticeKind(
    key="mentor_asks_coach",
    headline=_("%(actor)s asks for your advice on “%(title)s”"),
    next_step=_("Have a look and answer when you have a moment."),
    reason=_("You get this mail because you accompany a firm in this course."),
    actor=_("A mentor"),
)
TEAM_HANDED_IN = NoticeKind(
    key="team_handed_in",
    headline=_("%(actor)s has handed in “%(title)s” for you too"),
    next_step=_("You did it together, so it counts for you too. You get a result of your own."),
    actor=_("A colleague"),
)
TEAM_WITHDRAWN = NoticeKind(
    key="team_withdrawn",
    headline=_("%(actor)s has taken back “%(title)s” for you too"),
    next_step=_("Your own draft is as you left it."),
    actor=_("A colleague"),
)

PROPOSED = NoticeKind(
    key="proposed",
    headline=_("%(actor)s proposes a result for “%(title)s”"),
    next_step=_("A second person releases it, as it is or changed."),
    reason=_("You get this mail because you teach in this course."),
    actor=_("Another teacher"),
    is_quiet=True,
)
BOTH_MARKED = NoticeKind(
    key="both_marked",
    headline=_("Both of you have judged “%(title)s”"),
    next_step=_("Compare what you think, and agree on the result."),
    reason=_("You get this mail because you teach in this course."),
)
NOT_RELEASED = NoticeKind(
    key="not_released",
    headline=_("The planned result of “%(title)s” was not released"),
    next_step=_("Have a look at the work, and release it by hand."),
    reason=_("You get this mail because you teach in this course."),
)

KINDS = (
    HANDED_IN,
    SENT_BACK,
    SIGNED,
    PASSED,
    REVISE,
    REOPENED,
    EXTENDED,
    EXTENSION_ENDED,
    WAIVED,
    WAIVER_ENDED,
    CORRECTED,
    CANCELLED,
    RESET,
    DUE_SOON,
    LINK_EXPIRING,
    MENTOR_ASKS_COACH,
    TEAM_HANDED_IN,
    TEAM_WITHDRAWN,
    PROPOSED,
    BOTH_MARKED,
    NOT_RELEASED,
)
