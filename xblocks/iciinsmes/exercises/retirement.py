"""What this room keeps about one person: handed out and removed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData, PersonalFile
from iciinsmes.lib.untrusted import BYTE_ORDER_MARK, harmless
from iciinsmes.toolbox import api as toolbox

from .models import Attempt, DataSet, DataVersion, ToolResult
from .stored_table import unpack


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the person's data sets, as tables and as files, results and attempts.

    Args:
        user_id: the person.
        course_key: only this course run; None for all.
    """
    mine = {"owner_id": user_id} if course_key is None else {"owner_id": user_id, "course_key": course_key}
    versions = DataVersion.objects.filter(**{f"data_set__{name}": value for name, value in mine.items()})
    attempts = Attempt.objects.filter(owner_id=user_id)
    if course_key is not None:
        attempts = attempts.filter(exercise__course_key=course_key)
    return PersonalData(
        tables={
            "data_sets": _data_sets(DataSet.objects.filter(**mine)),
            "tool_results": _results(ToolResult.objects.filter(**mine, revealed_at__isnull=False)),
            "exercise_attempts": _attempts(attempts),
        },
        files=(_file(row) for row in versions.select_related("data_set").defer("rows").order_by("id").iterator()),
    )


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Remove data sets, results and attempts."""
    mine = {"owner_id": user_id} if course_key is None else {"owner_id": user_id, "course_key": course_key}
    # Results take their attempts along.
    ToolResult.objects.filter(**mine).delete()
    DataSet.objects.filter(**mine).delete()


def _data_sets(rows: Any) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("created_at").iterator():
        yield {
            "course": str(row.course_key),
            "instrument": row.instrument,
            "title": row.title,
            "for_company": row.for_company,
            "for_staff": row.for_staff,
            "since": row.created_at,
        }


def _results(rows: Any) -> Iterator[Mapping[str, Any]]:
    for row in rows.order_by("created_at").iterator():
        yield {
            "course": str(row.course_key),
            "instrument": row.instrument,
            "data": row.title,
            "demo": row.is_demo,
            "options": row.options,
            "result": row.content,
            "at": row.created_at,
        }


def _attempts(rows: Any) -> Iterator[Mapping[str, Any]]:
    for row in rows.select_related("exercise").order_by("started_at").iterator():
        yield {
            "exercise": str(row.exercise.usage_key),
            "number": row.number,
            "answers": row.answers,
            "points": row.points,
            "started_at": row.started_at,
            "finished_at": row.finished_at,
        }


def _file(row: DataVersion) -> PersonalFile:
    return PersonalFile(name=f"{row.data_set.title} {row.number}.csv", open=lambda: _csv(row))


def _csv(row: DataVersion) -> IO[bytes]:
    instrument = toolbox.find_instrument(name=row.data_set.instrument)
    table = unpack(instrument, bytes(row.rows))
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(table.columns)
    for cells in zip(*table.columns.values(), strict=True):
        lines.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return io.BytesIO((BYTE_ORDER_MARK + text.getvalue()).encode())
