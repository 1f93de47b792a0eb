"""What this room keeps about one person as an assessor. What is said about a person's own work goes with that work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey

from iciinsmes.lib.personal_data import PersonalData
from iciinsmes.review import api as review

from .models import FeedbackFile, Remark
from .serializers import from_json, to_json


def export_person(*, user_id: int, course_key: CourseKey | None = None) -> PersonalData:
    """Return the comments in drafts of the person, without whose work they are about; released ones are with results.

    Assessments know no course run, so one course run's export has none of them. Files are handed out by `evidence`.

    Args:
        user_id: the person.
        course_key: a course run; None for everything.
    """
    return PersonalData(tables={"comments_in_drafts": _written(user_id) if course_key is None else ()})


def forget_person(*, user_id: int, course_key: CourseKey | None = None) -> None:
    """Take the person's files out of the results that were released with them: `evidence` removes the files.

    Comments stay as the result does, which is the learner's and no longer names anybody; those of drafts go with the
    draft, which `review` removes.
    """
    rows = FeedbackFile.objects.filter(owner_id=user_id)
    rows = rows if course_key is None else rows.filter(course_key=course_key)
    with transaction.atomic():
        gone = set(rows.values_list("file", flat=True))
        subjects = set(rows.values_list("assessment__subject", flat=True))
        for assessment in review.released(subjects=subjects).values():
            said = from_json(assessment.beside)
            staying = replace(said, files=tuple(file for file in said.files if file.id not in gone))
            review.keep_beside(assessment_ids=[assessment.id], beside=to_json(staying))
        rows.delete()


def _written(user_id: int) -> Iterator[Mapping[str, Any]]:
    rows = Remark.objects.filter(assessment__assessor_id=user_id).order_by("created_at", "id")
    for row in rows.iterator():
        yield {
            "written_at": row.created_at,
            "about": row.place,
            "page": row.page or None,
            "passage": row.quote,
            "text": row.text,
        }
