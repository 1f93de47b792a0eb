"""Two firms of a course run become one, with everything that rooms keep for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.db.models import ManyToOneRel, Model, QuerySet
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.locks import locked
from iciinsmes.lib.registry import Registry

from .coordination import company_in_run, record
from .data import CompanyData, MergePreview
from .errors import SameCompany
from .models import Company, CompanyCoach, CompanyMembership, CompanyRun, JoinCode
from .serializers import company_data


class MovedTable(Protocol):
    """Let rows of a course run belong to the firm that is kept."""

    def __call__(self, *, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
        """Move them, inside the transaction of the merge."""


_MOVES: Registry[MovedTable] = Registry("table with a firm")


def register_company_table(*, table: type[Model], course: str = "course_key", move: MovedTable | None = None) -> None:
    """Let what a room keeps for a firm follow the firm into another one; rooms say so in their `registration`.

    Args:
        table: has a foreign key ``company``.
        course: path to the course run.
        move: does it for a table whose rows cannot simply point to the other firm; what must stay says why there.

    Raises:
        DoubledKey: the table is registered already.
    """
    _MOVES.add(table._meta.label, move or _Update(table, course))


@dataclass(frozen=True)
class _Update:
    """Rows of a table that simply point to the other firm from now on."""

    table: type[Model]
    course: str

    def __call__(self, *, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
        rows = self.table._default_manager.filter(company_id=gone_id, **{self.course: course_key})
        rows.update(company_id=kept_id)


def merge_preview(*, gone_id: int, kept_id: int, course_key: CourseKey) -> MergePreview:
    """Return what a merge would move, without moving anything.

    Raises:
        UnknownCompany: one of the two does not take part in this run.
        SameCompany: both are the same.
    """
    gone, kept = _pair(gone_id, kept_id, course_key)
    stays = CompanyMembership.objects.filter(company_id=gone_id, course_key=course_key)
    members = stays.filter(active=True).count()
    kept_before = company_data(kept)
    return MergePreview(
        gone=company_data(gone),
        kept=kept_before,
        filled=company_data(_fill_gaps(kept, gone)),
        members=members,
        former=stays.count() - members,
        coaches=_coaches_to_move(gone_id, kept_id, course_key).count(),
        codes=JoinCode.objects.filter(company_id=gone_id, course_key=course_key).count(),
    )


def merge(*, gone_id: int, kept_id: int, course_key: CourseKey, actor_id: int) -> CompanyData:
    """Move everything of one firm in this run to the other, in one transaction, and return the firm that is kept.

    Tables move as their rooms have said (`register_company_table`). Only this run's part moves: in another run, where
    other people coordinate, the firm stays as it is. A firm of which nothing is left anywhere is deleted.

    Raises:
        UnknownCompany: one of the two does not take part in this run (any more).
        SameCompany: both are the same.
    """
    with transaction.atomic():
        # The locks are taken in the order of ids, so that two merges in opposite directions wait for each other.
        ids = (gone_id, kept_id)
        list(locked(CompanyRun.objects).filter(company_id__in=ids, course_key=course_key).order_by("id"))
        gone, kept = _pair(gone_id, kept_id, course_key)
        _fill_gaps(kept, gone).save()
        for move in _MOVES.values():
            move(gone_id=gone_id, kept_id=kept_id, course_key=course_key)
        # The trail's lines about the firm that goes stay as they were written; this one says what it was called.
        record("firm_merged", actor_id, kept_id, course_key, detail={"title": gone.name, "gone": gone_id})
        if not _is_anywhere(gone):
            gone.delete()
    return company_data(kept)


def move_coaches(*, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
    """Let coaches of the firm that goes coach the other one, each once."""
    _coaches_to_move(gone_id, kept_id, course_key).update(company_id=kept_id)
    CompanyCoach.objects.filter(company_id=gone_id, course_key=course_key).delete()


def end_run(*, gone_id: int, kept_id: int, course_key: CourseKey) -> None:
    """End that the firm that goes takes part: the other one does already."""
    CompanyRun.objects.filter(company_id=gone_id, course_key=course_key).delete()


def _pair(gone_id: int, kept_id: int, course_key: CourseKey) -> tuple[Company, Company]:
    if gone_id == kept_id:
        raise SameCompany
    return company_in_run(gone_id, course_key), company_in_run(kept_id, course_key)


def _fill_gaps(kept: Company, gone: Company) -> Company:
    """Take over what the kept firm does not say; what both say stays as the kept firm says it."""
    kept.region = kept.region or gone.region
    kept.trade = kept.trade or gone.trade
    return kept


def _is_anywhere(company: Company) -> bool:
    """Tell whether anything at all still points to the firm: in another run, or in a room that does not listen."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: company}).exists()
        for relation in Company._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    )


def _coaches_to_move(gone_id: int, kept_id: int, course_key: CourseKey) -> QuerySet[CompanyCoach]:
    """Return the coaches that the kept firm does not have yet."""
    # A list, because MySQL cannot update a table that the same statement reads.
    there = list(
        CompanyCoach.objects.filter(company_id=kept_id, course_key=course_key).values_list("user_id", flat=True)
    )
    return CompanyCoach.objects.filter(company_id=gone_id, course_key=course_key).exclude(user_id__in=there)
