"""The thread about a project: its members on one side, its coaches and the staff of its course runs on the other."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.notices import api as notices
from iciinsmes.notices.data import NoticeKind
from iciinsmes.platform import host
from iciinsmes.subjects import Subject
from iciinsmes.threads import api as threads
from iciinsmes.threads.data import Side, Speaker

from .data import PROJECT
from .models import Project, ProjectRun
from .permissions import ProjectReader, reader_of


def register_thread() -> None:
    """Let projects be talked about."""
    threads.register_kind(kind=PROJECT, speaker_of=speaker_of, tell=tell)


def speaker_of(user_id: int, subject: UUID) -> Speaker | None:
    """Return what the person may do in the thread of a project: who may read the project speaks about it."""
    row = Project.objects.filter(id=subject).first()
    found = None if row is None else _place_of(row, user_id)
    if row is None or found is None:
        return None
    course_key, reader = found
    members = companies.member_ids(company_id=row.company_id, course_key=course_key)
    return Speaker(
        side=Side.LEARNER if reader.member else Side.STAFF,
        subject=Subject(id=row.pk, kind=PROJECT, course_key=course_key, company_id=row.company_id),
        title=row.title,
        with_ids=tuple(sorted(members - {user_id})),
        with_coach=True,
    )


def tell(*, subject: UUID, side: Side, author_id: int) -> None:
    """Tell coaches, or the staff where nobody coaches the firm, that a member has written, and members of an answer."""
    row = Project.objects.filter(id=subject).first()
    found = None if row is None else _place_of(row, author_id)
    if row is None or found is None:
        return
    course_key, _reader = found
    members = companies.member_ids(company_id=row.company_id, course_key=course_key)
    if side is Side.STAFF:
        _notify(row, course_key, author_id, members, threads.ANSWER)
        return
    coaches = set(companies.coach_ids(company_id=row.company_id, course_key=course_key)) - members
    outsiders = {user_id for user_id in coaches if not host().roles(user_id, course_key)}
    # Who only coaches is led to the own page, from where the project is opened.
    _notify(row, course_key, author_id, outsiders, threads.QUESTION, reverse("iciinsmes:projects-coached"))
    staff = set() if coaches else set(companies.staff_of(course_key=course_key, learner_id=author_id)) - members
    _notify(row, course_key, author_id, (coaches - outsiders) | staff, threads.QUESTION)


def _notify(
    row: Project, course_key: CourseKey, author_id: int, user_ids: Collection[int], kind: NoticeKind, address: str = ""
) -> None:
    notices.notify_many(
        user_ids=set(user_ids) - {author_id},
        kind=kind,
        course_key=course_key,
        title=row.title,
        address=address or reverse("iciinsmes:thread", args=[PROJECT, row.pk]),
        actor_id=author_id,
        subject=f"thread:{row.pk}",
    )


def forget_thread(project_id: UUID) -> None:
    """Remove the thread of a project that is removed, and what people were told of it."""
    threads.forget(subjects=[project_id])
    notices.forget_subjects(subjects=[f"thread:{project_id}"])


def _place_of(row: Project, user_id: int) -> tuple[CourseKey, ProjectReader] | None:
    """Return the course run in which the person may read the project, and what the person is to it there."""
    for run in ProjectRun.objects.filter(project=row).order_by("id"):
        reader = reader_of(row, user_id, run.course_key)
        if reader.may_read:
            return run.course_key, reader
    return None
