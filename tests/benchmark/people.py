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
from iciinsmes.companies.models import Company, CompanyCoach, CompanyRun
from iciinsmes.lib.folding import words_of
from iciinsmes.waiting.data import WaitingFor
from iciinsmes.waiting.models import WaitingItem, WaitingWord
from iciinsmes_campus.learning.models import Membership
from tests import long_work

_BATCH = 1000
_PEOPLE_OF_FIRM = 100
#: One of so many has what a filter asks for.
_RARE = 1000


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
    """Let so many more works wait for the staff, each since another minute, of a hundred learners a firm.

    One of a thousand is late, in Polish, confirmed, begun or allocated; the last one of all is alone in its firm.
    """
    if count <= 0:
        return
    version = api.current_task(usage_key=block)
    now = timezone.now()
    teacher, _new = User.objects.get_or_create(username="teacher")
    firms = _firms(block.course_key, prefix, count // _PEOPLE_OF_FIRM + 1)
    pending = enumerate(learners(block.course_key, prefix, count))
    while batch := list(islice(pending, _BATCH)):
        moments = {user.id: now - timedelta(minutes=number) for number, user in batch}
        numbers = {user.id: number for number, user in batch}
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
                company_id=firms[numbers[work.owner_id] // _PEOPLE_OF_FIRM],
                answers={"channels": "word " * 80},
            )
            for work in works
        )
        WaitingItem.objects.bulk_create(
            _item(row, numbers[row.handed_in_by_id], version.task.title, block, teacher.id) for row in rounds
        )
    items = WaitingItem.objects.filter(owner__username__startswith=f"{prefix}-").values_list("id", "owner_id")
    names = dict(User.objects.filter(username__startswith=f"{prefix}-").values_list("id", "username"))
    WaitingWord.objects.bulk_create(
        (
            WaitingWord(item_id=item_id, user_id=owner_id, course_key=block.course_key, word=word)
            for item_id, owner_id in items
            for word in words_of(names[owner_id])
        ),
        batch_size=_BATCH,
    )


def _item(row: Round, number: int, title: str, block: UsageKey, teacher_id: int) -> WaitingItem:
    return WaitingItem(
        subject=row.id,
        kind=ROUND,
        course_key=block.course_key,
        company_id=row.company_id,
        owner_id=row.handed_in_by_id,
        waiting_for=WaitingFor.STAFF.value,
        since=row.handed_in_at,
        title=title,
        place=str(block),
        number=row.number,
        late=number % _RARE == 0,
        word="confirmed" if number % _RARE == 1 else "open",
        progress="begun" if number % _RARE == 2 else "new",
        language="pl" if number % _RARE == 0 else "en",
        allocated_to_id=teacher_id if number % _RARE == 3 else None,
    )


def _firms(course_key: CourseKey, prefix: str, count: int) -> list[int]:
    """Create firms of the course run; one coach has the first ten of them."""
    coach, _new = User.objects.get_or_create(username="coach")
    names = (f"{prefix} firm {number:05}" for number in range(count))
    Company.objects.bulk_create((Company(name=name, country="DE") for name in names), batch_size=_BATCH)
    firms = list(
        Company.objects.filter(name__startswith=f"{prefix} firm").order_by("name").values_list("id", flat=True)
    )
    CompanyRun.objects.bulk_create(CompanyRun(company_id=firm, course_key=course_key) for firm in firms)
    CompanyCoach.objects.bulk_create(
        CompanyCoach(company_id=firm, user=coach, course_key=course_key) for firm in firms[:10]
    )
    return firms
