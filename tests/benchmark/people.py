"""Who the benchmark needs beside the demo's people: a learner with a long work, many who wait for an answer."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

from django.contrib.auth.models import User
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.assignments import api
from iciinsmes.assignments.data import ROUND
from iciinsmes.assignments.models import Round, Work
from iciinsmes.waiting.data import WaitingFor
from iciinsmes.waiting.models import WaitingItem
from iciinsmes_campus.learning.models import Membership
from tests import long_work

_BATCH = 1000


def learners(course_key: CourseKey, prefix: str, count: int) -> list[User]:
    """Create learners of the course run."""
    User.objects.bulk_create(
        (User(username=f"{prefix}-{number}", password="!") for number in range(count)), batch_size=_BATCH
    )
    users = list(User.objects.filter(username__startswith=f"{prefix}-").order_by("id"))
    Membership.objects.bulk_create((Membership(user=user, course_key=course_key) for user in users), batch_size=_BATCH)
    return users


def ready_to_hand_in(block: UsageKey, count: int) -> list[User]:
    """Create learners with a draft and a file."""
    users = learners(block.course_key, "ready", count)
    for user in users:
        long_work.attach(user.id, block, count=1)
        long_work.write(user.id, block)
    return users


def fill_queue(block: UsageKey, count: int, *, prefix: str = "waiting") -> None:
    """Let so many works wait for the staff, each since another minute."""
    version = api.current_task(usage_key=block)
    now = timezone.now()
    pending = enumerate(learners(block.course_key, prefix, count))
    while batch := list(islice(pending, _BATCH)):
        moments = {user.id: now - timedelta(minutes=number) for number, user in batch}
        works = Work.objects.bulk_create(
            Work(
                assignment_id=version.assignment_id,
                owner_id=user_id,
                course_key=block.course_key,
                state="handed_in",
                round_count=1,
            )
            for user_id in moments
        )
        rounds = Round.objects.bulk_create(
            Round(
                work=work,
                number=1,
                task_version_id=version.id,
                handed_in_by_id=work.owner_id,
                handed_in_at=moments[work.owner_id],
                answers={"channels": "word " * 80},
            )
            for work in works
        )
        WaitingItem.objects.bulk_create(
            WaitingItem(
                subject=row.id,
                kind=ROUND,
                course_key=block.course_key,
                owner_id=row.handed_in_by_id,
                waiting_for=WaitingFor.STAFF.value,
                since=row.handed_in_at,
                title=version.task.title,
                place=str(block),
                number=row.number,
            )
            for row in rounds
        )
