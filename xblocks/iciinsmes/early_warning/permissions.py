"""Who may read a firm's figures and who may write them.

As with projects they are read in the light of one course run: its members there, its coaches there, the run's staff.
"""

from __future__ import annotations

from dataclasses import dataclass

from opaque_keys.edx.keys import CourseKey

from iciinsmes.companies import api as companies

from .errors import NotAllowedHere


@dataclass(frozen=True)
class CompanyReader:
    """What a person is to a firm in a course run."""

    company_id: int
    company: str
    member: bool = False
    coach: bool = False
    staff: bool = False

    @property
    def may_read(self) -> bool:
        """Whether there is anything for this person at all."""
        return self.member or self.coach or self.staff


def reader_of(*, company_id: int, user_id: int | None, course_key: CourseKey) -> CompanyReader:
    """Return what the person is to the firm in this run.

    Raises:
        NotAllowedHere: nothing; or there is no such firm in the run.
    """
    if user_id is None:
        raise NotAllowedHere
    own = companies.company_of(user_id=user_id, course_key=course_key)
    if own is not None and own.id == company_id and companies.can_work(user_id=user_id, course_key=course_key):
        return CompanyReader(company_id, own.name, member=True)
    name = companies.company_names(company_ids={company_id}, course_key=course_key).get(company_id)
    if name is None:
        raise NotAllowedHere
    coach = companies.can_coach(user_id=user_id, company_id=company_id, course_key=course_key)
    reader = CompanyReader(company_id, name, coach=coach, staff=_is_staff(company_id, user_id, course_key))
    if not reader.may_read:
        raise NotAllowedHere
    return reader


def own_company(*, user_id: int | None, course_key: CourseKey) -> CompanyReader:
    """Return the person as a member of the own firm in this run.

    Raises:
        NotAllowedHere: the person is no learner of the run with a firm.
    """
    company = None if user_id is None else companies.company_of(user_id=user_id, course_key=course_key)
    if company is None or not companies.can_work(user_id=user_id, course_key=course_key):
        raise NotAllowedHere
    return CompanyReader(company.id, company.name, member=True)


def _is_staff(company_id: int, user_id: int, course_key: CourseKey) -> bool:
    """Tell whether it is staff who may see at least one of the firm's people; a firm without any is seen by all."""
    if not companies.can_grade(user_id=user_id, course_key=course_key):
        return False
    members = companies.member_ids(company_id=company_id, course_key=course_key)
    return not members or any(
        companies.can_grade_of(user_id=user_id, owner_id=member, course_key=course_key) for member in members
    )
