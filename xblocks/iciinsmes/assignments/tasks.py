"""Task versions: what learners see now, and what earlier work answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from opaque_keys.edx.keys import CourseKey, UsageKey

from iciinsmes.lib.locks import locked
from iciinsmes.lib.other_languages import languages_in
from iciinsmes.review import api as review

from .data import Task, TaskVersionData
from .errors import UnknownAssignment
from .models import Assignment, Round, TaskVersion
from .serializers import frozen_content, version_data


def freeze_task(
    *, usage_key: UsageKey, course_key: CourseKey, task: Task, others: Mapping[str, Task] | None = None
) -> TaskVersionData:
    """Make ``task`` the current version of the block's assignment; calling it again with the same task changes nothing.

    Args:
        usage_key: the block.
        course_key: its course run.
        task: what the author wrote.
        others: how it reads in other languages, by code; frozen with it, because who answers has read these words.
    """
    content = frozen_content(task, others or {}, name=str(usage_key))
    wanted = hash_of(content)
    assignment = Assignment.objects.select_related("current").filter(usage_key=usage_key).first()
    if assignment is None or assignment.current is None or assignment.current.content_hash != wanted:
        assignment = _store_version(usage_key, course_key, task, others or {}, content)
    return version_data(assignment)


def current_task(*, usage_key: UsageKey) -> TaskVersionData:
    """Return the task version that learners see now.

    Raises:
        UnknownAssignment: the block was never published or opened.
    """
    assignment = Assignment.objects.select_related("current").filter(usage_key=usage_key).first()
    if assignment is None or assignment.current is None:
        raise UnknownAssignment(str(usage_key))
    return version_data(assignment)


def assignments_of(*, course_key: CourseKey) -> list[tuple[UsageKey, str]]:
    """Return key and title of each assignment of the course run that a learner has opened, by title."""
    rows = Assignment.objects.filter(course_key=course_key).order_by("title").only("usage_key", "title")
    titled = [(row.usage_key, str(row.shown_title)) for row in rows]
    return sorted(titled, key=lambda pair: pair[1].casefold())


@dataclass(frozen=True)
class AskedTask:
    """An assignment of a course run as it is asked now; ``sources`` are the keys from which its answers are filled."""

    usage_key: UsageKey
    title: str
    sources: frozenset[str]


def tasks_of(*, course_key: CourseKey) -> tuple[AskedTask, ...]:
    """Return each assignment of the course run that was published or opened, by title, in one query."""
    rows = Assignment.objects.filter(course_key=course_key).select_related("current").order_by("title", "id")
    return tuple(
        AskedTask(
            row.usage_key,
            str(row.shown_title),
            frozenset(
                question["source"] for question in row.current.content.get("questions", ()) if question.get("source")
            )
            if row.current
            else frozenset(),
        )
        for row in rows
    )


def is_in(course_key: CourseKey) -> bool:
    """Tell whether the course run has an assignment that was published or opened."""
    return Assignment.objects.filter(course_key=course_key).exists()


def round_count(*, usage_key: UsageKey) -> int:
    """Return how many rounds of the block's assignment are handed in, over all learners; one query."""
    return Round.objects.filter(work__assignment__usage_key=usage_key).count()


def hash_of(content: Mapping[str, object]) -> str:
    """Return the hash by which a task version is found: SHA-256 of the content in one canonical form."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _store_version(
    usage_key: UsageKey, course_key: CourseKey, task: Task, others: Mapping[str, Task], content: dict[str, object]
) -> Assignment:
    rubrics = {language: each.rubric for language, each in others.items() if language in languages_in(content)}
    # Before the transaction: many who open the page for the first time at once would hold each other's locks in it.
    known, _created = Assignment.objects.get_or_create(
        usage_key=usage_key, defaults={"course_key": course_key, "title": task.title}
    )
    with transaction.atomic():
        assignment = locked(Assignment.objects).get(pk=known.pk)
        version, _created = TaskVersion.objects.get_or_create(
            assignment=assignment,
            content_hash=hash_of(content),
            defaults={"content": content, "rubric_id": review.freeze_rubric(rubric=task.rubric, others=rubrics)},
        )
        assignment.title = task.title
        assignment.current = version
        assignment.save(update_fields=["title", "current"])
    return assignment
