"""Those who no longer teach in a course run: what was allocated to them is nobody's, and the others are told."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext
from opaque_keys.edx.keys import CourseKey

from iciinsmes.notices import api as notices
from iciinsmes.platform import course_title, host, zones
from iciinsmes.waiting import api as waiting

from .notice_kinds import NOBODYS

#: Hosts do not tell when somebody leaves, so it is looked for so often, and whenever somebody allocates.
EVERY = timedelta(hours=1)


def let_go_everywhere() -> None:
    """Do it in every course run in which anything is allocated."""
    for course_key in waiting.runs_with_allocations():
        let_go(course_key)


def let_go(course_key: CourseKey) -> None:
    """Do it in one course run; whoever asks second finds nothing more to do, so everybody is told once."""
    staff = host().staff_ids(course_key)
    gone = waiting.allocated_ids(course_key=course_key) - set(staff)
    names = host().names(gone)
    for user_id in sorted(gone):
        with transaction.atomic():
            firms, works = waiting.let_go(course_key=course_key, user_id=user_id)
            if firms or works:
                _tell(course_key, staff, names.get(user_id, ""), firms, works)


def _tell(course_key: CourseKey, staff: list[int], name: str, firms: int, works: int) -> None:
    for receiver in staff:
        with zones.as_read_by(receiver):
            detail = _what(firms, works)
        notices.notify(
            user_id=receiver,
            kind=NOBODYS,
            course_key=course_key,
            title=course_title(course_key),
            address=reverse("iciinsmes:desk-allocation", args=[course_key]),
            actor_name=name,
            detail=detail,
        )


def _what(firms: int, works: int) -> str:
    """Say how much is nobody's now."""
    of_works = ngettext(
        "%(count)d work that waits is allocated to nobody now.",
        "%(count)d works that wait are allocated to nobody now.",
        works,
    ) % {"count": works}
    of_firms = ngettext(
        "%(count)d firm is allocated to nobody now.", "%(count)d firms are allocated to nobody now.", firms
    ) % {"count": firms}
    return " ".join(words for count, words in ((works, of_works), (firms, of_firms)) if count)
