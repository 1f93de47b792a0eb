"""A work with a long life: three rounds with ten files, through the doors; for tests and for the benchmark."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from opaque_keys.edx.keys import UsageKey

from iciinsmes.assignments import api
from iciinsmes.assignments.data import RoundData
from iciinsmes.assignments.serializers import task_to_json
from iciinsmes.evidence.models import EvidenceFile
from iciinsmes.review import api as review
from iciinsmes_campus.courseware import api as courseware
from tests.drafts import draft

FILES = 10


def allow_ten_files(block: UsageKey) -> None:
    """Let an author raise the number of files, once a learner has opened the block; `disallow` takes it back."""
    task = api.current_task(usage_key=block).task
    content = task_to_json(replace(task, evidence=replace(task.evidence, max_files=FILES)))
    fields: dict[str, Any] = {"display_name": content.pop("title"), "weight": float(content.pop("weight"))}
    courseware.set_overlay(block, {**fields, "task": content})


def disallow(block: UsageKey) -> None:
    """Show the course folder's task again."""
    courseware.set_overlay(block, {})


def attach(user_id: int, block: UsageKey, *, count: int = FILES) -> None:
    """Attach stored files; how files come to be stored is tested in tests/evidence."""
    subject = draft(user_id, block)
    EvidenceFile.objects.bulk_create(
        EvidenceFile(
            owner_id=user_id,
            subject=subject.id,
            subject_kind=subject.kind,
            course_key=subject.course_key,
            name=f"list-{number}.csv",
            state="stored",
            announced_size=3,
            announced_sha256="",
            size=3,
            content_type="text/csv",
            storage_name="none",
        )
        for number in range(count)
    )


def write(user_id: int, block: UsageKey) -> int:
    """Answer every required question; return the revision of the draft."""
    task = api.current_task(usage_key=block).task
    revision = api.work_of(user_id=user_id, usage_key=block).draft.revision
    words = " ".join(f"word{revision}" for _word in range(max(question.min_words for question in task.questions)))
    answers = {question.key: words for question in task.questions if question.required}
    return api.save_draft(
        user_id=user_id, usage_key=block, answers=answers, hours=None, base_revision=revision
    ).revision


def hand_in(user_id: int, block: UsageKey, colleague_ids: Collection[int] = ()) -> RoundData:
    """Write something new and hand it in, alone or together."""
    return api.hand_in(
        user_id=user_id,
        usage_key=block,
        base_revision=write(user_id, block),
        version_id=api.current_task(usage_key=block).id,
        colleague_ids=colleague_ids,
    )


def rounds(
    user_id: int, teacher_id: int, block: UsageKey, outcomes: Sequence[str], colleague_ids: Collection[int] = ()
) -> None:
    """Hand in with ten files as often as there are outcomes; an empty outcome lets the last round wait."""
    attach(user_id, block)
    for outcome in outcomes:
        row = hand_in(user_id, block, colleague_ids)
        if outcome:
            version = api.current_task(usage_key=block)
            review.propose(
                subject=row.id,
                rubric_id=version.rubric_id,
                assessor_id=teacher_id,
                points={criterion.key: criterion.levels[-1].points for criterion in version.task.rubric.criteria},
                comments={},
                feedback=f"About round {row.number}.",
                base_revision=None,
            )
            api.release(round_id=row.id, assessor_id=teacher_id, outcome=outcome)
