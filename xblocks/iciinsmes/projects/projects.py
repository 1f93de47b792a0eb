"""A firm's project: found, begun, taken along into the next course run, and held while somebody changes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.lib.locks import in_transaction, locked

from .data import ProjectData
from .days import today
from .errors import HasEnded, NotAllowedInProject, UnknownProject
from .evaluation import look_again
from .models import Project, ProjectRun
from .permissions import ProjectReader, can_begin, reader_of
from .serializers import project_data


def current_project(*, company_id: int) -> ProjectData | None:
    """Return the firm's project: the first that has not ended, else the last; None before its first, in one query."""
    rows = list(Project.objects.filter(company_id=company_id).order_by("number"))
    row = next((row for row in rows if row.ended_on is None), rows[-1] if rows else None)
    return project_data(row) if row else None


def project_here(*, user_id: int, course_key: CourseKey) -> ProjectData | None:
    """Return the project of the person's firm if it is worked on in this run; None before it has begun or come here.

    Raises:
        NotAllowedInProject: the person is no learner of the run with a firm.
    """
    company = companies.company_of(user_id=user_id, course_key=course_key)
    if company is None or not can_begin(user_id=user_id, course_key=course_key):
        raise NotAllowedInProject
    found = current_project(company_id=company.id)
    is_here = found is not None and ProjectRun.objects.filter(project_id=found.id, course_key=course_key).exists()
    return found if is_here else None


def open_project(*, user_id: int, course_key: CourseKey) -> ProjectData:
    """Return the project of the person's firm, begun now if there is none, and taken along into this course run.

    Args:
        user_id: a learner of the run who is in a firm.
        course_key: the run.

    Raises:
        NotAllowedInProject: the person is no such learner.
    """
    company = companies.company_of(user_id=user_id, course_key=course_key)
    if company is None or not can_begin(user_id=user_id, course_key=course_key):
        raise NotAllowedInProject
    found = current_project(company_id=company.id)
    if found is not None and ProjectRun.objects.filter(project_id=found.id, course_key=course_key).exists():
        return found

    def begin() -> ProjectData:
        companies.companies_held(user_ids=[user_id], course_key=course_key)
        row = Project.objects.filter(company_id=company.id, ended_on=None).order_by("number").first()
        if row is None and found is not None:
            # It has ended: reading goes on, the next one begins only when somebody says so.
            row = Project.objects.get(id=found.id)
        row = row or _begin(company.id, 1, company.name)
        return _take_along(row, course_key)

    return in_transaction(begin)


def begin_next(*, user_id: int, course_key: CourseKey) -> ProjectData:
    """Begin the firm's next project, after the last one has ended.

    Raises:
        NotAllowedInProject: the person is no learner of the run with a firm, or the firm still has a project.
    """
    company = companies.company_of(user_id=user_id, course_key=course_key)
    if company is None or not can_begin(user_id=user_id, course_key=course_key):
        raise NotAllowedInProject

    def begin() -> ProjectData:
        companies.companies_held(user_ids=[user_id], course_key=course_key)
        rows = list(locked(Project.objects).filter(company_id=company.id).order_by("number"))
        if any(row.ended_on is None for row in rows):
            raise NotAllowedInProject
        row = _begin(company.id, rows[-1].number + 1 if rows else 1, company.name)
        return _take_along(row, course_key)

    return in_transaction(begin)


def read_project(*, project_id: UUID, user_id: int | None, course_key: CourseKey) -> tuple[ProjectData, ProjectReader]:
    """Return a project and what the person is to it in this run.

    Raises:
        UnknownProject: there is none for this person in this run.
    """
    row = Project.objects.filter(id=project_id).first()
    reader = ProjectReader() if row is None else reader_of(row, user_id, course_key)
    if row is None or not reader.may_read:
        raise UnknownProject
    return project_data(row), reader


@contextmanager
def changing(project_id: UUID, user_id: int, course_key: CourseKey) -> Iterator[Project]:
    """Hold the project for a change by one of its members; nobody else changes it until the block is left.

    Raises:
        UnknownProject: there is none for this person in this run.
        NotAllowedInProject: the person only reads it.
        HasEnded: it has ended.
    """
    with transaction.atomic():
        row = locked(Project.objects).filter(id=project_id).first()
        reader = ProjectReader() if row is None else reader_of(row, user_id, course_key)
        if row is None or not reader.may_read:
            raise UnknownProject
        if not reader.member:
            raise NotAllowedInProject
        if row.ended_on is not None:
            raise HasEnded
        yield row


def _take_along(row: Project, course_key: CourseKey) -> ProjectData:
    """Let the project be worked on in a run from today on; its plan is counted from the day on which it came there."""
    ProjectRun.objects.get_or_create(project=row, course_key=course_key, defaults={"begins_on": today()})
    look_again(row, row.changed_at)
    return project_data(row)


def _begin(company_id: int, number: int, name: str) -> Project:
    now, day = timezone.now(), today()
    return Project.objects.create(
        company_id=company_id,
        number=number,
        title=_("Project of %(firm)s") % {"firm": name},
        started_on=day,
        looked_on=day,
        changed_at=now,
    )
