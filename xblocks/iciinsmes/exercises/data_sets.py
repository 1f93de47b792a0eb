"""A learner's data sets: kept, shared, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from opaque_keys.edx.keys import CourseKey

from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import company_of
from iciinsmes.lib.locks import locked
from iciinsmes.toolbox import api as toolbox
from iciinsmes.toolbox.data import Table

from .data import DataSetData, DataSource
from .errors import TooMuchData, UnknownData
from .models import DataSet, DataVersion
from .permissions import may_read, may_share_with_company
from .serializers import data_set_data
from .stored_table import pack, unpack

#: Nobody needs more in one course run, and nobody may fill the database.
MAX_DATA_SETS = 50
MAX_VERSIONS = 50


def keep_data(
    *,
    owner_id: int,
    course_key: CourseKey,
    instrument: str,
    title: str,
    table: Table,
    source: DataSource,
    data_set_id: UUID | None = None,
) -> DataSetData:
    """Keep clean rows as a new data set, or as the next version of one; the same rows again are no new version.

    A data set belongs to the firm in which it was made, so what is brought in another one becomes a set of its own.

    Args:
        owner_id: the learner.
        course_key: the course run.
        instrument: key of the instrument whose columns the rows have.
        title: what the learner calls it, up to 200 characters.
        table: rows as the intake made them, at least one.
        source: how they came in.
        data_set_id: the set of which this is a new version.

    Raises:
        UnknownData: no such data set of this person and instrument.
        TooMuchData: no more can be kept.
    """
    rows = pack(table)
    with transaction.atomic():
        company = company_of(user_id=owner_id, course_key=course_key)
        company_id = company.id if company else None
        data_set = None if data_set_id is None else _own(data_set_id, owner_id, lock=True)
        if data_set is not None and (data_set.instrument != instrument or data_set.course_key != course_key):
            raise UnknownData
        if data_set is None or data_set.company_id != company_id:
            if DataSet.objects.filter(owner_id=owner_id, course_key=course_key).count() >= MAX_DATA_SETS:
                raise TooMuchData
            data_set = DataSet.objects.create(
                owner_id=owner_id,
                course_key=course_key,
                company_id=company_id,
                instrument=instrument,
                title=title,
            )
        else:
            data_set.title = title
            data_set.save(update_fields=["title", "used_at"])
        newest = data_set.versions.order_by("-number").first()
        if newest is not None and bytes(newest.rows) == rows:
            return data_set_data(data_set, newest)
        number = newest.number + 1 if newest else 1
        if number > MAX_VERSIONS:
            raise TooMuchData
        version = DataVersion.objects.create(
            data_set=data_set, number=number, rows=rows, row_count=len(table), source=source.value
        )
    return data_set_data(data_set, version)


def data_sets_of(*, owner_id: int, course_key: CourseKey, instrument: str = "") -> tuple[DataSetData, ...]:
    """Return the person's data sets in the course run, newest first; only an instrument's if named.

    One query where there are none, and two for any number of them.
    """
    rows = DataSet.objects.filter(owner_id=owner_id, course_key=course_key).order_by("-created_at", "-pk")
    return with_newest(list(rows.filter(instrument=instrument) if instrument else rows))


def with_newest(rows: Sequence[DataSet]) -> tuple[DataSetData, ...]:
    """Return data sets with their newest versions, in their order; no query for none."""
    if not rows:
        return ()
    versions = DataVersion.objects.filter(data_set__in=rows).annotate(last=Max("data_set__versions__number"))
    newest = {version.data_set_id: version for version in versions.filter(number=F("last")).defer("rows")}
    return tuple(data_set_data(row, newest[row.pk]) for row in rows)


def read_data(*, data_set_id: UUID, reader_id: int) -> tuple[DataSetData, Table]:
    """Return a data set with its newest rows for somebody who may see them; the trail keeps who besides the owner did.

    Raises:
        UnknownData: there is no such data set, or not for this person.
    """
    row = DataSet.objects.filter(pk=data_set_id).first()
    if row is None or not may_read(row, reader_id):
        raise UnknownData
    if row.owner_id != reader_id:
        audit_log.record(
            course_key=row.course_key,
            verb="data_read",
            actor_id=reader_id,
            person_id=row.owner_id,
            subject=f"data:{row.id}",
        )
    version = _newest(row)
    return data_set_data(row, version), _table(row, version)


def share_data(*, data_set_id: UUID, owner_id: int, for_company: bool, for_staff: bool) -> None:
    """Say who else may read it: colleagues of the firm, unless the owner has left it, coach and teachers.

    Raises:
        UnknownData: no such data set of this person.
    """
    row = _own(data_set_id, owner_id)
    row.for_company, row.for_staff = for_company and (row.for_company or may_share_with_company(row)), for_staff
    row.save(update_fields=["for_company", "for_staff"])


def remove_data(*, data_set_id: UUID, owner_id: int) -> None:
    """Remove a data set with all versions for good; results that were computed from it stay.

    Raises:
        UnknownData: no such data set of this person.
    """
    row = _own(data_set_id, owner_id)
    audit_log.record(
        course_key=row.course_key, verb="data_removed", actor_id=owner_id, person_id=owner_id, subject="data"
    )
    row.delete()


def own_rows(data_set_id: UUID, owner_id: int, instrument: str, course_key: CourseKey) -> tuple[DataVersion, Table]:
    """Return the newest version of the person's data set and its rows, and remember that it was used.

    Raises:
        UnknownData: no such data set of this person, instrument and course run.
    """
    row = _own(data_set_id, owner_id)
    if row.instrument != instrument or row.course_key != course_key:
        raise UnknownData
    row.save(update_fields=["used_at"])
    version = _newest(row)
    version.data_set = row
    return version, _table(row, version)


def expire_data(*, before: datetime, dry_run: bool = False) -> int:
    """Remove the data sets last used before this moment and return how many; ``dry_run`` only counts them."""
    rows = DataSet.objects.filter(used_at__lt=before)
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def _own(data_set_id: UUID, owner_id: int, *, lock: bool = False) -> DataSet:
    rows = locked(DataSet.objects) if lock else DataSet.objects.all()
    row = rows.filter(pk=data_set_id, owner_id=owner_id).first()
    if row is None:
        raise UnknownData
    return row


def _newest(row: DataSet) -> DataVersion:
    return row.versions.order_by("-number")[0]


def _table(row: DataSet, version: DataVersion) -> Table:
    return unpack(toolbox.find_instrument(name=row.instrument), bytes(version.rows))
