"""What becomes of each line of a sheet: compared with what is kept, without changing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from iciinsmes.assignments import api as assignments
from iciinsmes.assignments.data import ListedRound
from iciinsmes.companies.api import limited_to
from iciinsmes.lib.decimals import written
from iciinsmes.review import api as review
from iciinsmes.review.data import Readable, Rubric

from .cells import LineErrors, wanted
from .data import CellOfSheetChange, Graded, LineProblem, LineVerdict, SheetLine
from .headings import VERSION
from .permissions import may_take_out
from .versions import graded_of, shown, version_of


@dataclass(frozen=True)
class PlannedGrade:
    """A line with what becomes of it; ``before`` is the own proposal, None where there is none yet."""

    verdict: LineVerdict
    listed: ListedRound | None = None
    changes: tuple[CellOfSheetChange, ...] = ()
    problems: tuple[LineProblem, ...] = ()
    before: Graded | None = None
    after: Graded | None = None
    base_revision: int | None = None


class Planner:
    """Looks at lines part by part: it knows which rounds stand in the sheet more than once."""

    def __init__(self, *, user_id: int, course_key: CourseKey, rounds: Iterable[tuple[int, UUID | None]]) -> None:
        """Prepare for a sheet.

        Args:
            user_id: whose grades they are.
            course_key: the course run.
            rounds: number and round of all lines.
        """
        self._user_id, self._course_key = user_id, course_key
        self._numbers: dict[UUID, list[int]] = {}
        for number, round_id in rounds:
            if round_id is not None:
                self._numbers.setdefault(round_id, []).append(number)

    def plan(self, lines: Sequence[SheetLine], held: Mapping[UUID, ListedRound] | None = None) -> list[PlannedGrade]:
        """Return what becomes of these lines.

        Args:
            lines: a few hundred at most.
            held: their rounds, where the caller has locked them.
        """
        ids = {line.round_id for line in lines if line.round_id is not None}
        found = assignments.listed_by_id(round_ids=ids, course_key=self._course_key) if held is None else held
        limit = limited_to(user_id=self._user_id, course_key=self._course_key)
        owners = {each.owner_id for each in found.values()}
        seen = owners if limit is None else set(limit.filter(pk__in=owners).values_list("pk", flat=True))
        readable = review.readable(subjects=ids, user_id=self._user_id)
        return [self._line(line, found, seen, readable) for line in lines]

    def _line(
        self,
        line: SheetLine,
        found: Mapping[UUID, ListedRound],
        seen: Iterable[int],
        readable: Mapping[UUID, Readable],
    ) -> PlannedGrade:
        round_id = line.round_id
        listed = found.get(round_id) if round_id is not None else None
        if round_id is None or listed is None or listed.owner_id not in seen:
            # Of what is not the grader's to see nothing is told, not even that it exists.
            return _refused(_("There is no such round in this course run, or it is not yours to grade."))
        if self._user_id in listed.people_ids:
            return _refused(_("This is your own work. Somebody else assesses it."), listed)
        others = [number for number in self._numbers.get(round_id, ()) if number != line.number]
        if others:
            text = _("The same round stands in line %(number)s too.") % {"number": others[0]}
            return _refused(text, listed)
        known = readable.get(round_id, Readable())
        base = graded_of(shown(known))
        try:
            after = wanted(line.cells, listed.round.task.rubric, base)
        except LineErrors as error:
            return PlannedGrade(LineVerdict.REFUSED, listed, problems=error.problems)
        changes = changes_between(listed.round.task.rubric, base, after)
        if not changes:
            return PlannedGrade(LineVerdict.UNCHANGED, listed)
        reason = self._why_not(line, listed, known)
        if reason:
            return PlannedGrade(LineVerdict.REFUSED, listed, changes=changes, problems=(LineProblem("", reason),))
        own = known.own
        return PlannedGrade(
            LineVerdict.CHANGED,
            listed,
            changes=changes,
            before=None if own is None else graded_of(own),
            after=after,
            base_revision=None if own is None else own.revision,
        )

    def _why_not(self, line: SheetLine, listed: ListedRound, known: Readable) -> str:
        """Return why a line that would change something must not; empty if it may."""
        if known.released is not None:
            return _("The result is released. A sheet cannot change it.")
        if not may_take_out(listed, self._user_id, self._course_key):
            return _("The learner has kept this round to the coach of the firm.")
        if not listed.is_newest:
            return _("There is a newer round.")
        if not listed.can_be_assessed:
            return _("This work waits for its learner now, not for an assessment.")
        if line.cells.get(VERSION) != version_of(known, self._user_id):
            return _("This assessment was changed after the sheet was made, or the sheet is somebody else's.")
        return ""


def changes_between(rubric: Rubric, old: Graded, new: Graded) -> tuple[CellOfSheetChange, ...]:
    """Return what differs, cell by cell, as people read it."""
    changes = []
    for criterion in rubric.criteria:
        points = old.points.get(criterion.key), new.points.get(criterion.key)
        if points[0] != points[1]:
            changes.append(CellOfSheetChange(criterion.title, *map(_number, points)))
        comments = old.comments.get(criterion.key, ""), new.comments.get(criterion.key, "")
        if comments[0] != comments[1]:
            changes.append(CellOfSheetChange(_("Comment: %(title)s") % {"title": criterion.title}, *comments))
    if old.feedback != new.feedback:
        changes.append(CellOfSheetChange(_("Feedback"), old.feedback, new.feedback))
    return tuple(changes)


def _number(value: Decimal | None) -> str:
    return "" if value is None else written(value)


def _refused(text: str, listed: ListedRound | None = None) -> PlannedGrade:
    return PlannedGrade(LineVerdict.REFUSED, listed, problems=(LineProblem("", text),))
