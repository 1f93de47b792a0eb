"""Who may read a canvas and who may change it: its owner, and those whom the owner lets."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from iciinsmes.companies.api import can_coach, can_grade, can_grade_of, can_work, company_now

from .models import Canvas


def seen_by(user_id: int | None) -> QuerySet[Canvas]:
    """Return all canvases, each with the id of the person's present firm in its course run as ``readers_company``."""
    return Canvas.objects.annotate(
        readers_company=Subquery(company_now(user_id=user_id, course_key=OuterRef("course_key"))),
    )


def may_read(row: Canvas, user_id: int | None) -> bool:
    """Tell whether the person may read it: who may change it; if the owner lets them, coach and staff of the run.

    An owner who is staff of the course run by now may read it, and one who left the firm in which it was made, unless
    the firm goes on with it.

    Args:
        row: as `seen_by` read it for this person.
        user_id: who wants to read it.
    """
    if user_id is None:
        return False
    if may_edit(row, user_id):
        return True
    if user_id == row.owner_id and not is_companys_now(row):
        return may_take_part(row, user_id)
    if user_id == row.owner_id and can_grade(user_id=user_id, course_key=row.course_key):
        return True
    if row.shared_with_staff and can_grade_of(user_id=user_id, owner_id=row.owner_id, course_key=row.course_key):
        return True
    return (
        row.shared_with_staff
        and row.company_id is not None
        and can_coach(user_id=user_id, company_id=row.company_id, course_key=row.course_key)
    )


def may_edit(row: Canvas, user_id: int | None) -> bool:
    """Tell whether the person may change it: the owner, if shared colleagues, all of them learners of the course run.

    A canvas that was made in a firm is changed by people who are in that firm: what belongs to a firm stays with it,
    and nobody carries words from one firm to another. Args as for `may_read`.
    """
    if user_id is None or not can_work(user_id=user_id, course_key=row.course_key):
        return False
    if user_id == row.owner_id:
        return row.company_id is None or is_in_company(row)
    return row.shared_with_company and is_in_company(row)


def is_in_company(row: Canvas) -> bool:
    """Tell whether the person for whom `seen_by` read the row is in the firm in which it was made."""
    return row.company_id is not None and vars(row)["readers_company"] == row.company_id


def is_companys_now(row: Canvas) -> bool:
    """Tell whether colleagues of a firm that the person has left go on with it."""
    return row.shared_with_company and row.company_id is not None and not is_in_company(row)


def may_take_part(row: Canvas, user_id: int) -> bool:
    """Tell whether the person learns or teaches in the canvas's course run."""
    key = row.course_key
    return can_work(user_id=user_id, course_key=key) or can_grade(user_id=user_id, course_key=key)
