"""What authors chose for blocks `development_project`, and for whom a block is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from iciinsmes.authoring.kept_blocks import KeptBlocks
from iciinsmes.companies import api as companies
from iciinsmes.lib.json_data import from_json

from .data import Kind, ProjectBlockSettings, ProjectDoneWhen, ProjectPart
from .facts import ByKind
from .kinds import KINDS
from .models import BlockDone, Entry, GatePassage, GateRequest, Project, ProjectBlock

#: What a part must hold to count as filled; everywhere else one entry of any kind of the part is enough.
_NEEDED: Mapping[ProjectPart, tuple[Kind, ...]] = {
    ProjectPart.WHOLE: (Kind.CHARTER, Kind.KPI),
    ProjectPart.CUSTOMERS: (Kind.CONTACT,),
}

_BLOCKS = KeptBlocks(ProjectBlock, BlockDone, ProjectBlockSettings)

freeze_block = _BLOCKS.freeze
done_points = _BLOCKS.points
clear_block = _BLOCKS.clear


def may_be_done(*, settings: ProjectBlockSettings, entries: ByKind, passed: Collection[int], was_asked: bool) -> bool:
    """Tell whether a block with these settings is done by what the firm's project holds.

    Args:
        settings: what the author chose.
        entries: of the project, those that are not removed.
        passed: gates that the project has passed by a decision on this site.
        was_asked: whether a decision was ever asked for.
    """
    holds = frozenset(kind.value for kind, rows in entries.items() if rows)
    return _is_done(settings, holds, frozenset(passed), was_asked)


def settle(*, project_id: UUID, user_ids: Collection[int] | None = None) -> None:
    """Complete the blocks that are done by what the project holds now, for all learners of the firm in each run.

    Doing it again changes nothing. Called after each change, and when somebody opens a block: who joins the firm later
    finds done what the firm has done.

    Args:
        project_id: the project.
        user_ids: only these learners; None for all members.
    """
    row = Project.objects.filter(id=project_id).first()
    if row is None:
        return
    holds = frozenset(Entry.objects.filter(project=row, removed_at=None).values_list("kind", flat=True))
    # What came in a file was asked and decided elsewhere, or nowhere.
    passages = GatePassage.objects.filter(project=row, back_at=None, imported=False)
    passed = frozenset(passages.values_list("gate", flat=True))
    was_asked = GateRequest.objects.filter(project=row, imported=False).exists()
    for course_key in [run.course_key for run in row.runs.all()]:
        blocks = [
            block
            for block in ProjectBlock.objects.filter(course_key=course_key)
            if _is_done(from_json(ProjectBlockSettings, block.settings), holds, passed, was_asked)
        ]
        members = companies.member_ids(company_id=row.company_id, course_key=course_key)
        for user_id in members if user_ids is None else members & set(user_ids):
            if blocks and companies.can_work(user_id=user_id, course_key=course_key):
                _BLOCKS.complete(blocks, user_id=user_id)


def _is_done(settings: ProjectBlockSettings, holds: frozenset[str], passed: frozenset[int], was_asked: bool) -> bool:
    if settings.done_when is ProjectDoneWhen.GATE:
        return settings.gate in passed
    if settings.part is ProjectPart.GATES:
        return was_asked
    needed = _NEEDED.get(settings.part)
    if needed is not None:
        return holds >= {kind.value for kind in needed}
    return any(kind.value in holds for kind, declared in KINDS.items() if declared.part is settings.part)
