"""Grades from a sheet: kept as sent, checked, confirmed, undone."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.paging import page_of
from iciinsmes.platform import host, labels
from iciinsmes.review import api as review
from iciinsmes.review.data import Readable

from .data import CellOfSheetChange, Graded, GradeImportData, ImportState, LineData, LinePage, LineProblem, LineVerdict
from .errors import UnknownGradeImport
from .models import GradeImport, GradeLine
from .planning import changes_between
from .reading import read_sheet
from .versions import graded_of, shown

#: The job that checks, saves and undoes.
JOB = "sheets.import"
PAGE_SIZE = 50
#: Imports that are listed; older ones are of little use, and end with their time.
_LISTED = 20
_BATCH = 500


def begin_import(*, owner_id: int, course_key: CourseKey, name: str, content: bytes) -> UUID:
    """Read a sheet and keep its lines; what becomes of them is found out behind the request.

    Raises:
        UnreadableSheet: it is no sheet of grades.
    """
    sheet = read_sheet(content)
    with transaction.atomic():
        row = GradeImport.objects.create(
            course_key=course_key,
            owner_id=owner_id,
            name=name[-120:],
            language=translation.get_language() or "en",
            state=ImportState.CHECKING.value,
            total=len(sheet.lines),
            ignored=list(sheet.ignored[:50]),
        )
        lines = (
            GradeLine(sheet=row, number=line.number, cells=dict(line.cells), subject=line.round_id)
            for line in sheet.lines
        )
        GradeLine.objects.bulk_create(lines, batch_size=_BATCH)
    host().defer(JOB, str(row.id))
    return row.id


def confirm_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Have the lines that change something saved, all or none; a second click changes nothing more.

    Raises:
        UnknownGradeImport: the person has no such import.
    """
    _move(import_id, owner_id, course_key, ImportState.CHECKED, ImportState.SAVING)


def undo_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Have everything brought back that was there before, but for what has changed since; twice is once.

    Raises:
        UnknownGradeImport: the person has no such import.
    """
    _move(import_id, owner_id, course_key, ImportState.SAVED, ImportState.UNDOING)


def drop_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> None:
    """Drop a sheet that was not saved; one that was stays, because it can be undone."""
    rows = GradeImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key)
    rows.filter(state__in=[ImportState.CHECKING.value, ImportState.CHECKED.value]).delete()


def get_import(*, import_id: UUID, owner_id: int, course_key: CourseKey) -> GradeImportData:
    """Return an import with its numbers, in two queries.

    Raises:
        UnknownGradeImport: the person has no such import.
    """
    row = GradeImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key).first()
    if row is None:
        raise UnknownGradeImport
    return _data([row])[0]


def imports_of(*, owner_id: int, course_key: CourseKey) -> list[GradeImportData]:
    """Return the person's newest imports, the newest first, in two queries."""
    rows = GradeImport.objects.filter(owner_id=owner_id, course_key=course_key).order_by("-created_at", "-id")
    return _data(list(rows[:_LISTED]))


def lines_of(
    *, import_id: UUID, owner_id: int, course_key: CourseKey, verdict: LineVerdict, after: int | None = None
) -> LinePage:
    """Return a page of the lines of an import that have this verdict, in the order of the file.

    Raises:
        UnknownGradeImport: the person has no such import.
    """
    place = {"sheet_id": import_id, "sheet__owner_id": owner_id, "sheet__course_key": course_key}
    rows = GradeLine.objects.filter(**place, verdict=verdict.value)
    found, is_more = page_of(rows, "number", after=None if after is None else [after], limit=PAGE_SIZE)
    names = labels({row.learner_id for row in found if row.learner_id}, course_key)
    kept = [row.subject for row in found if row.undone == "kept" and row.subject]
    readable = review.readable(subjects=kept, user_id=owner_id)
    lines = tuple(
        LineData(
            number=row.number,
            verdict=LineVerdict(row.verdict),
            round_id=row.subject if row.learner_id else None,
            learner=names.get(row.learner_id or 0, ""),
            title=row.title,
            round_number=row.round_number,
            changes=tuple(CellOfSheetChange(*each) for each in row.changes),
            problems=tuple(LineProblem(*each) for each in row.problems),
            undone=row.undone,
            now=_now(row, readable),
        )
        for row in found
    )
    return LinePage(lines, found[-1].number if is_more else None)


def _now(row: GradeLine, readable: dict[UUID, Readable]) -> tuple[CellOfSheetChange, ...]:
    """Return what stands there now in place of what was imported, for a line that was not undone."""
    current = shown(readable.get(row.subject, Readable())) if row.subject in readable else None
    if row.undone != "kept" or row.after is None or current is None:
        return ()
    return changes_between(current.rubric, Graded.from_json(row.after), graded_of(current))


def _move(import_id: UUID, owner_id: int, course_key: CourseKey, before: ImportState, after: ImportState) -> None:
    rows = GradeImport.objects.filter(id=import_id, owner_id=owner_id, course_key=course_key)
    # One statement lets one of two clicks go on.
    if rows.filter(state=before.value).update(state=after.value):
        host().defer(JOB, str(import_id))
    elif not rows.exists():
        raise UnknownGradeImport


def _data(rows: list[GradeImport]) -> list[GradeImportData]:
    counts = {
        (sheet_id, verdict, undone): number
        for sheet_id, verdict, undone, number in GradeLine.objects.filter(sheet__in=[row.id for row in rows])
        .order_by()
        .values_list("sheet_id", "verdict", "undone")
        .annotate(number=Count("id"))
    }

    def count(row: GradeImport, *, verdict: LineVerdict | None = None, undone: str | None = None) -> int:
        return sum(
            number
            for (sheet_id, its_verdict, its_undone), number in counts.items()
            if sheet_id == row.id
            and (verdict is None or its_verdict == verdict)
            and (undone is None or its_undone == undone)
        )

    return [
        GradeImportData(
            id=row.id,
            name=row.name,
            state=ImportState(row.state),
            done=row.done,
            total=row.total,
            changed=count(row, verdict=LineVerdict.CHANGED),
            unchanged=count(row, verdict=LineVerdict.UNCHANGED),
            refused=count(row, verdict=LineVerdict.REFUSED),
            undone=count(row, undone="undone"),
            kept=count(row, undone="kept"),
            ignored=tuple(row.ignored),
            was_stale=row.was_stale,
            created_at=row.created_at,
            saved_at=row.saved_at,
        )
        for row in rows
    ]
