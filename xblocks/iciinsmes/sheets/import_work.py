"""What a worker does with a sheet of grades: check its lines, save them, or undo what was saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from iciinsmes.assignments import api as assignments
from iciinsmes.audit_log import api as audit_log
from iciinsmes.companies.api import can_grade
from iciinsmes.lib.locks import in_transaction, locked
from iciinsmes.lib.long_work import go_on, leave, left_behind, take
from iciinsmes.review import api as review
from iciinsmes.review.data import Proposal, Readable
from iciinsmes.waiting import api as waiting
from iciinsmes.waiting.data import Progress

from .data import AT_WORK, Graded, ImportState, LineVerdict, SheetLine
from .models import GradeImport, GradeLine
from .planning import PlannedGrade, Planner

#: Lines that are looked at together.
_BATCH = 500


class _Stale(Exception):
    """Something has changed since the preview, so nothing is saved."""


def work_on(import_id: str) -> None:
    """Do what an import waits for; done twice, or by two, it is done once."""
    if not take(GradeImport.objects.filter(state__in=list(AT_WORK)), import_id):
        return
    row = GradeImport.objects.get(id=import_id)
    steps = {
        ImportState.CHECKING: _check,
        ImportState.SAVING: _save,
        ImportState.UNDOING: _undo,
    }
    with translation.override(row.language):
        steps[ImportState(row.state)](row)


def go_on_with_imports() -> None:
    """Do what workers have left behind that are gone."""
    for key in left_behind(GradeImport.objects.filter(state__in=list(AT_WORK))).values_list("id", flat=True):
        work_on(str(key))


def _check(row: GradeImport) -> None:
    """Look at all lines; progress is told after each part."""
    planner = _planner(row)
    done = 0
    for part in _parts(row):
        planned = planner.plan([_line(each) for each in part])
        with transaction.atomic():
            # Written anew: changing so many columns of so many rows takes databases ten times as long.
            row.lines.filter(id__in=[each.id for each in part]).delete()
            GradeLine.objects.bulk_create(map(_planned, part, planned), batch_size=_BATCH)
        done += len(part)
        if not go_on(_this(row), done=done):
            return
    leave(_this(row).filter(state=ImportState.CHECKING.value), state=ImportState.CHECKED.value)


def _save(row: GradeImport) -> None:
    """Save all lines that change something, or none: where one does not fit any more, all are looked at anew."""
    try:
        if not can_grade(user_id=row.owner_id, course_key=row.course_key):
            raise _Stale
        in_transaction(lambda: _save_all(row))
    except (_Stale, review.ManyRefused):
        if go_on(
            _this(row).filter(state=ImportState.SAVING.value), state=ImportState.CHECKING.value, was_stale=True, done=0
        ):
            _check(row)


def _save_all(row: GradeImport) -> None:
    if not _is_still(row, ImportState.SAVING):
        return
    lines = list(row.lines.filter(verdict=LineVerdict.CHANGED.value).order_by("number"))
    ids = [line.subject for line in lines if line.subject]
    # First, as everybody does: works are locked before anything else.
    held = assignments.hold_rounds(round_ids=ids, course_key=row.course_key, by_id=row.owner_id)
    planner = _planner(row)
    proposals: dict[UUID, Proposal] = {}
    for start in range(0, len(lines), _BATCH):
        part = lines[start : start + _BATCH]
        for line, planned in zip(part, planner.plan([_line(each) for each in part], held), strict=True):
            if not _is_as_shown(line, planned):
                raise _Stale
            proposals[_id(line)] = _proposal(line)
    saved = review.propose_many(assessor_id=row.owner_id, proposals=list(proposals.values()))
    for line in lines:
        line.revision = saved[_id(line)].revision
    GradeLine.objects.bulk_update(lines, ["revision"], batch_size=_BATCH)
    waiting.note_progress(subjects=ids, progress=Progress.BEGUN)
    _record(row, [line for line in lines if line.learner_id], verb="grades_imported")
    leave(_this(row), state=ImportState.SAVED.value, saved_at=timezone.now())


def _undo(row: GradeImport) -> None:
    """Bring back what was there before, line by line but for those that have changed since; all in one transaction."""
    in_transaction(lambda: _undo_all(row))


def _undo_all(row: GradeImport) -> None:
    if not _is_still(row, ImportState.UNDOING):
        return
    lines = list(row.lines.filter(verdict=LineVerdict.CHANGED.value, revision__isnull=False).order_by("number"))
    ids = [line.subject for line in lines if line.subject]
    held = assignments.hold_rounds(round_ids=ids, course_key=row.course_key, by_id=row.owner_id)
    readable = review.readable(subjects=ids, user_id=row.owner_id)
    able: list[GradeLine] = []
    for line in lines:
        reason = _why_kept(line, readable.get(_id(line), Readable()), is_there=line.subject in held)
        line.undone = "kept" if reason else "undone"
        line.problems = [["", reason]] if reason else []
        if not reason:
            able.append(line)
    fresh = {_id(line): line.revision or 0 for line in able if line.before is None}
    review.take_back(assessor_id=row.owner_id, revisions=fresh)
    restored = [_restored(line) for line in able if line.before is not None]
    review.propose_many(assessor_id=row.owner_id, proposals=restored)
    GradeLine.objects.bulk_update(lines, ["undone", "problems"], batch_size=_BATCH)
    _record(row, [line for line in able if line.learner_id], verb="import_undone")
    leave(_this(row), state=ImportState.UNDONE.value)


def _why_kept(line: GradeLine, now: Readable, *, is_there: bool) -> str:
    if not is_there:
        return _("The learner has taken this round back.")
    if now.released is not None:
        return _("The result is released. It stays.")
    if now.own is None or now.own.revision != line.revision:
        return _("It was changed after the import. It stays.")
    return ""


def _is_still(row: GradeImport, state: ImportState) -> bool:
    """Tell whether nobody else has done it, and keep everybody else from it until the transaction ends."""
    return locked(GradeImport.objects).filter(pk=row.pk, state=state.value).exists()


def _planner(row: GradeImport) -> Planner:
    rounds = row.lines.order_by("number").values_list("number", "subject")
    return Planner(user_id=row.owner_id, course_key=row.course_key, rounds=rounds)


def _parts(row: GradeImport) -> Iterator[list[GradeLine]]:
    last = 0
    while part := list(row.lines.filter(number__gt=last).order_by("number")[:_BATCH]):
        yield part
        last = part[-1].number


def _planned(row: GradeLine, plan: PlannedGrade) -> GradeLine:
    """Return a line with what becomes of it."""
    listed = plan.listed
    return GradeLine(
        sheet_id=row.sheet_id,
        number=row.number,
        cells=row.cells,
        subject=row.subject,
        verdict=plan.verdict.value,
        learner_id=listed.owner_id if listed else None,
        title=listed.title[:255] if listed else "",
        round_number=listed.round.number if listed else 0,
        rubric_id=listed.rubric_id if listed else 0,
        changes=[[each.title, each.old, each.new] for each in plan.changes],
        problems=[[each.column, each.text] for each in plan.problems],
        before=plan.before.to_json() if plan.before else None,
        after=plan.after.to_json() if plan.after else None,
        base_revision=plan.base_revision,
    )


def _is_as_shown(line: GradeLine, planned: PlannedGrade) -> bool:
    """Tell whether a line still does what its preview has said."""
    after = planned.after.to_json() if planned.after else None
    before = planned.before.to_json() if planned.before else None
    return planned.verdict is LineVerdict.CHANGED and (line.before, line.after, line.base_revision) == (
        before,
        after,
        planned.base_revision,
    )


def _proposal(line: GradeLine) -> Proposal:
    return _as_proposal(line, line.after, line.base_revision)


def _restored(line: GradeLine) -> Proposal:
    return _as_proposal(line, line.before, line.revision)


def _as_proposal(line: GradeLine, kept: Mapping[str, Any] | None, base_revision: int | None) -> Proposal:
    graded = Graded({}, {}, "") if kept is None else Graded.from_json(kept)
    return Proposal(
        subject=_id(line),
        rubric_id=line.rubric_id,
        points=graded.points,
        comments=graded.comments,
        feedback=graded.feedback,
        base_revision=base_revision,
    )


def _record(row: GradeImport, lines: Sequence[GradeLine], *, verb: str) -> None:
    audit_log.record(
        course_key=row.course_key,
        verb=verb,
        actor_id=row.owner_id,
        subject=f"sheet:{row.id}",
        detail={"lines": len(lines)},
    )
    people = [(line.learner_id, f"round:{line.subject}") for line in lines if line.learner_id]
    audit_log.record_about(course_key=row.course_key, verb=verb, actor_id=row.owner_id, people=people)


def _this(row: GradeImport) -> QuerySet[GradeImport]:
    return GradeImport.objects.filter(pk=row.pk)


def _line(row: GradeLine) -> SheetLine:
    return SheetLine(row.number, row.cells, row.subject)


def _id(line: GradeLine) -> UUID:
    if line.subject is None:
        raise ValueError(f"line {line.number} has no round")
    return line.subject
