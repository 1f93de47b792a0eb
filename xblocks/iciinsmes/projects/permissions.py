"""Who may read a project and who may do what with it.

A project is read in the light of one course run: its firm's members there, its coaches there, and the run's staff.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies
from iciinsmes.subjects import Subject

from .data import PROJECT
from .models import Project, ProjectRun


@dataclass(frozen=True)
class ProjectReader:
    """What a person is to a project in a course run; nobody is several of these for the same page part.

    ``member`` works on it, ``coach`` accompanies it, ``staff`` teaches or coordinates in the run.
    """

    member: bool = False
    coach: bool = False
    staff: bool = False

    @property
    def may_read(self) -> bool:
        """Whether there is a project for this person at all."""
        return self.member or self.coach or self.staff


def reader_of(row: Project, user_id: int | None, course_key: CourseKey) -> ProjectReader:
    """Return what the person is to the project in this run; nothing where the project is not worked on in it.

    Args:
        row: the project; its firm is known.
        user_id: who asks.
        course_key: the run in whose light the project is read.
    """
    if user_id is None or not ProjectRun.objects.filter(project_id=row.pk, course_key=course_key).exists():
        return ProjectReader()
    stays, coaching = companies.people_now(company_id=row.company_id)
    coaches = [coach for coach, run in coaching if run == course_key]
    return reader_among(row, user_id, course_key, stays=stays, coaches=coaches)


def reader_among(
    row: Project,
    user_id: int,
    course_key: CourseKey,
    *,
    stays: Collection[tuple[int, CourseKey]],
    coaches: Collection[int],
) -> ProjectReader:
    """Return what the person is to a project that is worked on in this run, from what was read of its firm.

    Args:
        row: the project.
        user_id: who asks.
        course_key: the run.
        stays: who is in the firm now, and in which runs.
        coaches: user ids of who coaches the firm in this run.
    """
    here = [member for member, run in stays if run == course_key]
    return ProjectReader(
        member=user_id in here and companies.can_work(user_id=user_id, course_key=course_key),
        coach=user_id in coaches,
        staff=_is_staff_among(here, user_id, course_key),
    )


def can_begin(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may begin a project for the own firm in this run: learners who are in a firm."""
    return (
        user_id is not None
        and companies.can_work(user_id=user_id, course_key=course_key)
        and companies.company_of(user_id=user_id, course_key=course_key) is not None
    )


def can_see_all(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may see the projects of a run side by side: its teachers and coordinators."""
    return companies.can_grade(user_id=user_id, course_key=course_key)


def can_see_overview(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may see counts of the run's projects, which name no firm: who may have its reports."""
    return companies.can_download_reports(user_id=user_id, course_key=course_key)


def can_choose_rules(*, user_id: int | None, course_key: CourseKey) -> bool:
    """Tell whether the person may say by which numbers the run's projects are looked at: its coordinators."""
    return companies.can_coordinate(user_id=user_id, course_key=course_key)


def may_open_file(*, user_id: int, evidence_id: UUID, owner_id: int, subject: Subject) -> bool | None:
    """See `evidence.register_access_rule`: whoever may read the project may open what belongs to it."""
    if subject.kind != PROJECT:
        return None
    row = Project.objects.filter(id=subject.id).first()
    if row is None:
        return False
    runs = ProjectRun.objects.filter(project=row)
    return any(reader_of(row, user_id, run.course_key).may_read for run in runs)


def _is_staff_among(members: Collection[int], user_id: int, course_key: CourseKey) -> bool:
    """Tell whether it is staff who may see at least one of the firm's people; a firm without any is seen by all."""
    if not companies.can_grade(user_id=user_id, course_key=course_key):
        return False
    return not members or any(
        companies.can_grade_of(user_id=user_id, owner_id=member, course_key=course_key) for member in members
    )
