"""Which assessments of many subjects somebody may read: one answer for tables and files.

What others have proposed is nobody else's to read before it is released, so that who judges second judges alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q

from .data import Readable, Rubric, rubric_from_json
from .models import Assessment
from .serializers import assessment_data

#: Subjects that are asked for at once: databases allow so many values in a statement.
BATCH = 500


def readable(*, subjects: Collection[UUID], user_id: int) -> dict[UUID, Readable]:
    """Return what the person may read of each subject: the own proposal and the released result.

    One query for 500 subjects; those about which there is nothing to read are left out.
    """
    found: dict[UUID, Readable] = {}
    rubrics: dict[int, Rubric] = {}
    ids = list(subjects)
    for start in range(0, len(ids), BATCH):
        for row in _rows(ids[start : start + BATCH], user_id):
            if row.rubric_id not in rubrics:
                rubrics[row.rubric_id] = rubric_from_json(row.rubric.content)
            data = assessment_data(row, rubrics[row.rubric_id])
            known = found.get(row.subject, Readable())
            found[row.subject] = (
                Readable(known.own, data) if row.released_at is not None else Readable(data, known.released)
            )
    return found


def _rows(subjects: Sequence[UUID], user_id: int) -> Collection[Assessment]:
    seen = Q(assessor_id=user_id, joint=False) | Q(released_at__isnull=False)
    return Assessment.objects.filter(seen, subject__in=subjects).select_related("rubric")
