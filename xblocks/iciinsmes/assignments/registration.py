"""What assignments bring to rooms below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import register_company_table
from iciinsmes.companies.signals import first_joined
from iciinsmes.evidence import api as evidence
from iciinsmes.exercises import api as exercises
from iciinsmes.feedback.data import FEEDBACK
from iciinsmes.jobs import on_job, on_schedule
from iciinsmes.lib.personal_data import register_period, register_source
from iciinsmes.lib.untrusted import read_uuid
from iciinsmes.notices.api import register_kinds
from iciinsmes.platform import ask_use
from iciinsmes.review import api as review

from . import extensions, mentor_signals, notice_kinds, permissions, retirement
from .data import WORK, Verb
from .mentor_notices import tell_of_expiring_links
from .models import Extension, Round
from .notifications import remind_due_soon
from .planned_releases import EVERY, RELEASE_DUE, release_due
from .rounds import go_along
from .subjects import register_subjects
from .talks import register_talks
from .tasks import is_in

#: Reminders are looked for so often; who was reminded is not reminded again within a week.
_REMINDERS = timedelta(hours=6)
#: What a queue has lost of lateness that is to be counted anew waits no longer than this.
_MENDING = timedelta(hours=1)


def connect() -> None:
    """Say what works bring to other rooms, and hear what happens in these."""
    mentor_signals.listen()
    register_subjects()
    register_talks()
    first_joined.connect(go_along)
    ask_use(is_in)
    evidence.register_access_rule(kind=WORK, holder=permissions.may_open_file)
    evidence.register_access_rule(kind=FEEDBACK, holder=permissions.may_open_feedback)
    exercises.register_access_rule(kind=WORK, holder=permissions.may_open_result)
    register_company_table(table=Round, course="work__course_key")
    register_company_table(table=Extension, course="assignment__course_key")
    register_kinds(notice_kinds.KINDS)
    on_job(name=extensions.MEND, job=extensions.mend)
    on_schedule(name=extensions.MEND, task=extensions.mend_what_is_left, every=_MENDING)
    on_schedule(name="assignments.due_soon", task=remind_due_soon, every=_REMINDERS)
    on_schedule(name="assignments.planned_releases", task=release_due, every=EVERY)
    on_job(name=RELEASE_DUE, job=release_due)
    on_schedule(name="assignments.expiring_links", task=tell_of_expiring_links, every=_REMINDERS)
    _register_personal_data()
    _register_words_of_the_trail()


def _register_personal_data() -> None:
    register_source(
        name="assignments",
        words=_("Assignments: drafts, what was handed in, results and feedback."),
        keeper=retirement,
        courses_of=retirement.courses_of,
    )
    register_period(
        name="drafts",
        words=_("Drafts and files that were never handed in, after the last save"),
        setting="ICIINSMES_KEEP_DRAFTS_DAYS",
        expire=retirement.expire_drafts,
    )
    register_period(
        name="works",
        words=_("What was handed in, with files, results and feedback, after the last change"),
        setting="ICIINSMES_KEEP_WORKS_DAYS",
        expire=retirement.expire_works,
    )


def _register_words_of_the_trail() -> None:
    audit_log.register_verbs(
        {
            "work_opened": _("opened the work"),
            Verb.HANDED_IN.value: _("handed in"),
            Verb.WITHDRAWN.value: _("took the round back"),
            Verb.OPENED.value: _("opened the round for the first time"),
            Verb.MENTOR_ASKED.value: _("asked a mentor"),
            Verb.MENTOR_REMINDED.value: _("reminded the mentor"),
            Verb.LINK_OPENED.value: _("opened the mentor's link"),
            Verb.LINK_REVOKED.value: _("made the mentor's link invalid"),
            Verb.COACH_ASKED.value: _("asked the coach"),
            Verb.CONFIRMED.value: _("confirmed the work"),
            Verb.SENT_BACK.value: _("sent the work back"),
            Verb.PASSED.value: _("released the result: passed"),
            Verb.REVISE.value: _("released the result: another round"),
            Verb.REOPENED.value: _("gave another round"),
            Verb.EXTENDED.value: _("gave more time"),
            Verb.EXTENSION_ENDED.value: _("took the later date back"),
            Verb.IN_TIME.value: _("lateness was counted anew"),
            Verb.WAIVED.value: _("said that it need not be done"),
            Verb.WAIVER_ENDED.value: _("said that it is to be done after all"),
            Verb.CORRECTED.value: _("changed the released result"),
            Verb.CANCELLED.value: _("said that the round does not count"),
            "released_alone": _("released the own result without a second person"),
            "work_reset": _("let the work begin anew"),
        }
    )
    audit_log.register_subjects(
        {"block": _("Task"), "round": _("Round"), "work": _("Work"), "extension": _("More time")}
    )
    audit_log.register_veil("round", _not_judged_by_two)
    audit_log.register_details({"round": _round, "why_alone": _why_alone})


def _round(detail: Mapping[str, Any]) -> str:
    return gettext("round %(number)s") % {"number": detail["round"]}


def _why_alone(detail: Mapping[str, Any]) -> str:
    return str(detail["why_alone"])


def _not_judged_by_two(keys: set[str]) -> set[str]:
    subjects = {found for key in keys if (found := read_uuid(key)) is not None}
    return {str(subject) for subject in review.not_marked_by_two(subjects=subjects)}
